using System.Data;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Traceability.Data.Conventions;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;

namespace Traceability.Data;

/// <summary>
/// The unit of work of one use case: opened for one actor by <see cref="TraceDatabase"/>, saved once, thrown away.
/// </summary>
public sealed class TraceDbContext(DbContextOptions<TraceDbContext> options) : DbContext(options)
{
    private static readonly JsonSerializerOptions ResponseJson = TraceJson.Options;
    private IDbContextTransaction? transaction;
    private Actor? actor;

    /// <summary>Rows of one entity type.</summary>
    public DbSet<T> Of<T>() where T : Entity => Set<T>();

    /// <summary>Starts the transaction, stamps it with the actor, and claims the actor's idempotency key.</summary>
    /// <exception cref="RequestAnsweredException">The key was used before; its answer stands.</exception>
    internal async Task BeginAsync(Actor forActor, string useCase, string? reason, DateTimeOffset now, CancellationToken ct)
    {
        actor = forActor;
        transaction = await Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        await using var command = Command("""
            select set_config('app.actor_id', @id, true), set_config('app.actor_name', @name, true), set_config('app.use_case', @use_case, true),
                   set_config('app.device', @device, true), set_config('app.request_id', @request, true), set_config('app.reason', @reason, true),
                   set_config('app.now', @now, true)
            """);
        command.Parameters.AddWithValue("id", forActor.UserId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        command.Parameters.AddWithValue("name", forActor.UserName);
        command.Parameters.AddWithValue("use_case", useCase);
        command.Parameters.AddWithValue("device", forActor.Device ?? "");
        command.Parameters.AddWithValue("request", forActor.RequestId ?? "");
        command.Parameters.AddWithValue("reason", reason ?? "");
        command.Parameters.AddWithValue("now", now.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        await command.ExecuteNonQueryAsync(ct);
        if (forActor.RequestId is null) return;

        // A concurrent claim of the same key waits here until the first one commits or rolls back.
        await using var claim = Command("insert into trace.request (request_id, actor_id, use_case, hash) values (@request, @actor, @use_case, @hash) on conflict do nothing");
        claim.Parameters.AddWithValue("request", forActor.RequestId);
        claim.Parameters.AddWithValue("actor", forActor.UserId);
        claim.Parameters.AddWithValue("use_case", useCase);
        claim.Parameters.AddWithValue("hash", (object?)forActor.RequestHash ?? DBNull.Value);
        if (await claim.ExecuteNonQueryAsync(ct) == 0) throw new RequestAnsweredException(forActor.RequestId);
    }

    /// <summary>Says why, for the audit trail of everything written from here on in this transaction.</summary>
    public async Task SetReasonAsync(string reason, CancellationToken ct)
    {
        await using var command = Command("select set_config('app.reason', @reason, true)");
        command.Parameters.AddWithValue("reason", reason);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Writes everything, computes the answer, keeps it under the caller's idempotency key and commits: all or nothing.
    /// A rule the database enforces comes back as its coded error.
    /// </summary>
    public async Task<Result<T>> SaveAsync<T>(Func<T> answer, CancellationToken ct) where T : notnull
    {
        if (transaction is null || actor is null) throw new InvalidOperationException("The context was not opened for writing.");
        try
        {
            await SaveChangesAsync(ct);
            var value = answer();
            if (actor.RequestId is not null)
            {
                await using var command = Command("update trace.request set response = @response::jsonb where request_id = @request");
                command.Parameters.AddWithValue("request", actor.RequestId);
                command.Parameters.AddWithValue("response", JsonSerializer.Serialize(value, ResponseJson));
                await command.ExecuteNonQueryAsync(ct);
            }

            await transaction.CommitAsync(ct);
            return value;
        }
        catch (Exception exception) when (ConstraintErrors.TryTranslate(exception, out var error))
        {
            return error;
        }
    }

    /// <summary>Writes what was added so far without committing, so that SQL can refer to it.</summary>
    /// <returns>The coded error of a rule the database enforces, or null.</returns>
    public async Task<Error?> FlushAsync(CancellationToken ct)
    {
        try
        {
            await SaveChangesAsync(ct);
            return null;
        }
        catch (Exception exception) when (ConstraintErrors.TryTranslate(exception, out var error))
        {
            return error;
        }
    }

    /// <summary>Loads one record and locks its row until the end of the transaction; null when there is none.</summary>
    public async Task<T?> LockAsync<T>(long id, CancellationToken ct) where T : Entity
    {
        var table = Model.FindEntityType(typeof(T))!.GetTableName();
        // The row version is a system column, which "select *" leaves out.
        var columns = typeof(T).IsSubclassOf(typeof(EditableEntity)) ? "*, xmin" : "*";
#pragma warning disable EF1002 // The table's name comes from the model, not from input.
        return await Set<T>().FromSqlRaw($"select {columns} from trace.{table} where id = {{0}} for no key update", id).AsTracking().SingleOrDefaultAsync(ct);
#pragma warning restore EF1002
    }

    /// <summary>A command on this context's connection and transaction.</summary>
    public NpgsqlCommand Command(string sql) =>
        new(sql, (NpgsqlConnection)Database.GetDbConnection(), (NpgsqlTransaction?)Database.CurrentTransaction?.GetDbTransaction());

    public override async ValueTask DisposeAsync()
    {
        if (transaction is not null) await transaction.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UseEnumTexts();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.MapDomain();
        // Set by the database: what the genealogy index reads to be exact to the last commit.
        modelBuilder.Entity<ActivityLine>().Property<ulong>("Xid").HasColumnType("xid8").ValueGeneratedOnAdd();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(TraceDbContext).Assembly, t => t.Namespace == "Traceability.Data.Configurations");
        modelBuilder.NameColumns();
    }
}

/// <summary>The idempotency key has been used before; the stored answer must be given instead of doing it again.</summary>
public sealed class RequestAnsweredException(string requestId) : Exception("The request has been answered before.")
{
    public string RequestId { get; } = requestId;
}

/// <summary>How answers are written as JSON, on the wire and in the idempotency table alike.</summary>
public static class TraceJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
