using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Traceability.Application.Users;
using Traceability.Data.Embedded;
using Traceability.Data.Migrations;

namespace Traceability.Application.Setup;

/// <summary>
/// The database of this installation, ready to be used: its server runs (the embedded one for as long as this object lives), it
/// exists and has the current schema.
/// </summary>
public sealed class ProductDatabase : IAsyncDisposable
{
    private const string EmbeddedName = "traceability";

    /// <summary>Comment on the database while it is being filled; one that still bears it was left half-filled.</summary>
    private const string FillingMark = "traceability: first start under way";

    private readonly EmbeddedPostgres? _server;
    private readonly NpgsqlDataSource _owner;

    private ProductDatabase(EmbeddedPostgres? server, NpgsqlDataSource owner) => (_server, _owner) = (server, owner);

    /// <summary>Login of the product's own role, which has no DDL.</summary>
    public required string ApplicationConnectionString { get; init; }

    /// <summary>Names of the migrations that were run now.</summary>
    public IReadOnlyList<string> Migrated { get; private set; } = [];

    /// <summary>Starts or finds the server, makes the database where it is missing and migrates it.</summary>
    /// <exception cref="ProductDatabaseException">It cannot be used; the message says why.</exception>
    public static async Task<ProductDatabase> OpenAsync(ProductDatabaseOptions options, CancellationToken ct)
    {
        if (options is { Reset: true, Owner: not null })
        {
            throw new ProductDatabaseException(
                $"--reset is refused because {ProductDatabaseOptions.OwnerVariable} names a server of your own. Drop and create the database there yourself.");
        }

        EmbeddedPostgres? server = null;
        NpgsqlDataSource? source = null;
        try
        {
            if (options.Owner is null) server = await StartServerAsync(options, ct);
            var owner = server?.SuperuserConnectionString(EmbeddedName) ?? options.Owner!;
            await EnsureExistsAsync(owner, options, ct);
            var password = ApplicationPassword(options, owner);
            source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(owner) { MaxPoolSize = 4 });
            var database = new ProductDatabase(server, source)
            {
                ApplicationConnectionString = new NpgsqlConnectionStringBuilder(owner)
                {
                    Username = DatabaseSetup.ApplicationRole,
                    Password = password,
                    ApplicationName = "Traceability",
                    MaxPoolSize = 80,
                }.ConnectionString,
            };
            if (await database.IsHalfFilledAsync(ct))
            {
                options.Log("the first start was interrupted; starting it over");
                await database.ExecuteAsync("drop schema if exists trace, accounts, audit cascade; drop table if exists public.migration_history", ct);
            }
            database.Migrated = await DatabaseSetup.MigrateAsync(owner, password, ct);
            if (database.Migrated.Count > 0) options.Log($"database schema brought up to date ({database.Migrated.Count} migrations)");
            return database;
        }
        catch (Exception failure)
        {
            if (source is not null) await source.DisposeAsync();
            if (server is not null) await server.DisposeAsync();
            if (failure is EmbeddedPostgresException or NpgsqlException) throw new ProductDatabaseException(failure.Message, failure);
            throw;
        }
    }

    /// <summary>Whether nobody can sign in yet: the installation is new.</summary>
    public async Task<bool> IsNewAsync(CancellationToken ct)
    {
        await using var command = _owner.CreateCommand("select not exists (select 1 from accounts.account)");
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Fills a new database. What an interrupted filling leaves is thrown away at the next start.</summary>
    public async Task FillAsync(Func<CancellationToken, Task> fill, CancellationToken ct)
    {
        await MarkAsync($"'{FillingMark}'", ct);
        await fill(ct);
        // So much at once: the planner should know before the first question, not when autovacuum comes by.
        await ExecuteAsync("analyze", ct);
        await MarkAsync("null", ct);
    }

    /// <summary>Creates the first administrator of an empty installation.</summary>
    /// <returns>Null when somebody can sign in already.</returns>
    public Task<FirstAdministrator?> CreateFirstAdministratorAsync(CancellationToken ct) => FirstAdministrator.CreateAsync(_owner, ct);

    /// <summary>Stops the embedded server, if that is what is used.</summary>
    public async ValueTask DisposeAsync()
    {
        await _owner.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    private static async Task<EmbeddedPostgres> StartServerAsync(ProductDatabaseOptions options, CancellationToken ct)
    {
        var server = await EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresOptions { DataFolder = Path.Combine(options.DataFolder, "postgres"), Log = options.Log }, ct);
        if (!options.Reset) return server;
        try
        {
            options.Log("throwing away all data");
            await using var maintenance = NpgsqlDataSource.Create(
                new NpgsqlConnectionStringBuilder(server.SuperuserConnectionString("postgres")) { Pooling = false });
            await using var drop = maintenance.CreateCommand($"drop database if exists {EmbeddedName} with (force)");
            await drop.ExecuteNonQueryAsync(ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static async Task EnsureExistsAsync(string owner, ProductDatabaseOptions options, CancellationToken ct)
    {
        var target = new NpgsqlConnectionStringBuilder(owner) { Pooling = false };
        try
        {
            await using var connection = new NpgsqlConnection(target.ConnectionString);
            await connection.OpenAsync(ct);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            var name = target.Database ?? EmbeddedName;
            options.Log($"creating the database {name}");
            target.Database = "postgres";
            await using var maintenance = NpgsqlDataSource.Create(target);
            // The name comes from the administrator's own connection string; quoted all the same.
            await using var create = maintenance.CreateCommand($"create database \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
            await create.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>
    /// Derived from the owner's password, so that nothing more has to be kept or configured, and several instances on one server
    /// agree on it; the product's role learns nothing about the owner's from its own.
    /// </summary>
    private static string ApplicationPassword(ProductDatabaseOptions options, string owner)
    {
        if (options.ApplicationPassword is { Length: > 0 } given) return given;
        return new NpgsqlConnectionStringBuilder(owner).Password is { Length: > 0 } secret
            ? Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "traceability application role"u8))
            : throw new ProductDatabaseException(
                $"The connection string in {ProductDatabaseOptions.OwnerVariable} has no password to derive the application's from: "
                + $"set {ProductDatabaseOptions.ApplicationPasswordVariable} to the password its role is to have.");
    }

    private async Task<bool> IsHalfFilledAsync(CancellationToken ct)
    {
        await using var command = _owner.CreateCommand(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()");
        return await command.ExecuteScalarAsync(ct) is FillingMark;
    }

    private Task MarkAsync(string literal, CancellationToken ct) =>
        ExecuteAsync($"do $$ begin execute format('comment on database %I is %L', current_database(), {literal}::text); end $$", ct);

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = _owner.CreateCommand(sql);
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync(ct);
    }
}
