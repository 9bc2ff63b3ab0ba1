using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Traceability.Data.Migrations;

namespace Traceability.Testing;

/// <summary>A database of its own for one test class: a copy of the migrated template, dropped on disposal.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Password of the product's role on the test server.</summary>
    public const string ApplicationPassword = "application-of-the-tests";

    /// <summary>Advisory lock of whoever looks for the template or makes it.</summary>
    private const long TemplateLock = 0x7472_6163_6574_6D70;

    private static readonly Lazy<Task<string>> Template = new(EnsureTemplateAsync);

    private readonly PostgresServer _server;

    private TestDatabase(PostgresServer server, string name) => (_server, Name) = (server, name);

    /// <summary>Name of the database on the server.</summary>
    public string Name { get; }

    /// <summary>Connection as the owner, who may change the schema and look at everything.</summary>
    public string OwnerConnectionString => _server.ConnectionString(Name);

    /// <summary>Connection as the role the product itself uses.</summary>
    public string AppConnectionString => new NpgsqlConnectionStringBuilder(OwnerConnectionString)
    {
        Username = DatabaseSetup.ApplicationRole,
        Password = ApplicationPassword,
    }.ConnectionString;

    /// <summary>A new database with the current schema and nothing in it but what the migrations put there.</summary>
    public static async Task<TestDatabase> CreateAsync()
    {
        var server = await PostgresServer.CurrentAsync();
        var template = await Template.Value;
        return await CreateAsync(server, $"TEMPLATE {template}");
    }

    /// <summary>A new database without any schema, for tests of the migrations themselves.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync() =>
        await CreateAsync(await PostgresServer.CurrentAsync(), "TEMPLATE template0 ENCODING 'UTF8'");

    /// <summary>Drops the database; connections still open to it are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var pooled in new[] { OwnerConnectionString, AppConnectionString })
        {
            await using var connection = new NpgsqlConnection(pooled);
            NpgsqlConnection.ClearPool(connection);
        }
        await ExecuteAsync(_server, $"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
    }

    private static async Task<TestDatabase> CreateAsync(PostgresServer server, string from)
    {
        var name = "test_" + Guid.NewGuid().ToString("N");
        await ExecuteAsync(server, $"CREATE DATABASE {name} {from}");
        return new TestDatabase(server, name);
    }

    /// <summary>Makes the template of this schema unless some test process did already. Named after the migrations' content, so
    /// that a changed schema never meets an old template.</summary>
    private static async Task<string> EnsureTemplateAsync()
    {
        var server = await PostgresServer.CurrentAsync();
        var name = "traceability_template_" + SchemaFingerprint();
        await using var connection = new NpgsqlConnection(Unpooled(server, "postgres"));
        await connection.OpenAsync();
        await using (var turn = new NpgsqlCommand($"SELECT pg_advisory_lock({TemplateLock})", connection) { CommandTimeout = 600 })
            await turn.ExecuteNonQueryAsync();

        // Marked as a template only when it is complete: one without the mark is what a killed process left.
        await using var complete = new NpgsqlCommand($"SELECT datistemplate FROM pg_database WHERE datname = '{name}'", connection);
        if (await complete.ExecuteScalarAsync() is true) return name;
        await RunAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await RunAsync($"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'");
        await DatabaseSetup.MigrateAsync(Unpooled(server, name), ApplicationPassword, CancellationToken.None);
        await RunAsync($"ALTER DATABASE {name} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false");
        return name;

        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
            await command.ExecuteNonQueryAsync();
        }
    }

    private static string SchemaFingerprint()
    {
        var text = new StringBuilder();
        foreach (var file in SqlMigration.Files) text.Append(file).Append('\n').Append(SqlMigration.Read(file)).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    private static string Unpooled(PostgresServer server, string database) =>
        new NpgsqlConnectionStringBuilder(server.ConnectionString(database)) { Pooling = false }.ConnectionString;

    private static async Task ExecuteAsync(PostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
