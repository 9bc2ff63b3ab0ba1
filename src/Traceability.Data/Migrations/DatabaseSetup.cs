using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Traceability.Data.Migrations;

/// <summary>Brings a database to the current schema, as its owner; the application itself connects as a role without DDL.</summary>
public static class DatabaseSetup
{
    /// <summary>The role the application connects as.</summary>
    public const string ApplicationRole = "traceability_app";

    /// <summary>Creates the application's role where it is missing (or sets its password) and runs all pending migrations.</summary>
    /// <param name="ownerConnectionString">A login that owns the database and may create roles.</param>
    /// <param name="applicationPassword">Password the application's role gets; null leaves an existing role as it is.</param>
    /// <returns>Names of the migrations that were run.</returns>
    public static async Task<IReadOnlyList<string>> MigrateAsync(string ownerConnectionString, string? applicationPassword, CancellationToken ct)
    {
        await using var source = new NpgsqlDataSourceBuilder(ownerConnectionString).Build();
        await EnsureRoleAsync(source, applicationPassword, ct);
        var options = new DbContextOptionsBuilder<TraceDbContext>()
            .UseNpgsql(source, npgsql => npgsql.MigrationsHistoryTable("migration_history", "public").CommandTimeout(600))
            // There is no generated model snapshot: the migrations are SQL, and a test compares model and schema instead.
            .ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options;
        await using var db = new TraceDbContext(options);
        var pending = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
        await db.Database.MigrateAsync(ct);
        return pending;
    }

    /// <summary>
    /// The role belongs to the server, not to the database, and no lock an ordinary owner can take reaches across databases: of
    /// two that set it at the same moment one is refused, and simply tries again.
    /// </summary>
    private static async Task EnsureRoleAsync(NpgsqlDataSource source, string? password, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await SetRoleAsync(source, password, ct);
                return;
            }
            catch (PostgresException overtaken) when (attempt < 20 && overtaken.SqlState
                is PostgresErrorCodes.InternalError or PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), ct);
            }
        }
    }

    private static async Task SetRoleAsync(NpgsqlDataSource source, string? password, CancellationToken ct)
    {
        // Two first starts on one database wait for one another here.
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var locked = new NpgsqlCommand("select pg_advisory_xact_lock(7240711)", connection, transaction)) await locked.ExecuteNonQueryAsync(ct);
        await using (var exists = new NpgsqlCommand("select count(*) from pg_roles where rolname = $1", connection, transaction))
        {
            exists.Parameters.AddWithValue(ApplicationRole);
            var known = (long)(await exists.ExecuteScalarAsync(ct))! > 0;
            var verb = known ? "alter" : "create";
            if (!known || password is not null)
            {
                // Role statements take no parameters; the literal is quoted by the server itself.
                await using var quote = new NpgsqlCommand("select case when $1::text is null then 'nologin' else 'login password ' || quote_literal($1) end", connection, transaction);
                quote.Parameters.Add(new NpgsqlParameter { Value = (object?)password ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
                var attributes = (string)(await quote.ExecuteScalarAsync(ct))!;
                await using var role = new NpgsqlCommand($"{verb} role {ApplicationRole} nosuperuser nocreatedb nocreaterole {attributes}", connection, transaction);
                await role.ExecuteNonQueryAsync(ct);
            }
        }

        await transaction.CommitAsync(ct);
    }
}
