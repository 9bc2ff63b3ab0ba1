using Microsoft.EntityFrameworkCore;
using Npgsql;
using Traceability.Domain.Common;

namespace Traceability.Data;

/// <summary>
/// The door to the database: a writing context for one actor and one use case, or a reading context. Contexts are never
/// pooled: a pooled one could carry the previous user's actor.
/// </summary>
public sealed class TraceDatabase(NpgsqlDataSource source, TimeProvider clock)
{
    private readonly DbContextOptions<TraceDbContext> options = new DbContextOptionsBuilder<TraceDbContext>()
        .UseNpgsql(source, npgsql => npgsql.MaxBatchSize(200))
        .Options;

    /// <summary>The connections everything else (COPY, LISTEN, health) uses.</summary>
    public NpgsqlDataSource Source => source;

    /// <summary>Opens a transaction stamped with who does what; dispose without saving rolls everything back.</summary>
    /// <param name="useCase">Dotted name of the use case as the audit trail shows it, e.g. <c>receiving.receive</c>.</param>
    /// <param name="reason">Why, where the use case asks for it; kept with every audited change.</param>
    public async Task<TraceDbContext> BeginAsync(Actor actor, string useCase, CancellationToken ct, string? reason = null)
    {
        var db = new TraceDbContext(options);
        try
        {
            await db.BeginAsync(actor, useCase, reason, clock.GetUtcNow(), ct);
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>A context that tracks nothing, for queries.</summary>
    public TraceDbContext Read()
    {
        var db = new TraceDbContext(options);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return db;
    }

    /// <summary>The stored answer of a request that was done before.</summary>
    /// <returns>Null when the key is unknown; otherwise whose it is, for what content, and the answer.</returns>
    public async Task<AnsweredRequest?> FindAnswerAsync(string requestId, CancellationToken ct)
    {
        await using var command = source.CreateCommand("select actor_id, hash, response from trace.request where request_id = $1");
        command.Parameters.AddWithValue(requestId);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new AnsweredRequest(reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2))
            : null;
    }
}

/// <summary>What is remembered of a request: who sent it, the hash of its content, and the JSON it was answered with.</summary>
public sealed record AnsweredRequest(long ActorId, string? Hash, string? Response);
