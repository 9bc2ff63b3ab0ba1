using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Traceability.Data.Embedded;

namespace Traceability.Testing;

/// <summary>
/// The PostgreSQL server the tests of this process use: the one named by <c>TRACEABILITY_TEST_DB</c> (connection string of a
/// superuser on a server for throw-away data), else an embedded one that all test processes of this working copy share.
/// The last process to end stops the shared server and deletes its data; one left behind by a killed run is taken up by the next.
/// </summary>
public sealed class PostgresServer
{
    /// <summary>Names the server to use instead of the embedded one.</summary>
    public const string EnvironmentVariable = "TRACEABILITY_TEST_DB";

    private static readonly Lazy<Task<PostgresServer>> Shared = new(StartAsync);

    private readonly string _superuser;

    private PostgresServer(string superuser) => _superuser = superuser;

    /// <summary>The server, started at first use.</summary>
    public static Task<PostgresServer> CurrentAsync() => Shared.Value;

    /// <summary>Connection string of the superuser to one of the server's databases.</summary>
    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(_superuser) { Database = database, IncludeErrorDetail = true }.ConnectionString;

    private static async Task<PostgresServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } given) return new PostgresServer(given);

        var folder = Path.Combine(Path.GetTempPath(), "traceability-tests-" + WorkingCopyName());
        Directory.CreateDirectory(folder);
        FileStream user;
        string connectionString;
        await using (await TurnAsync(folder))
        {
            user = new FileStream(UsersFile(folder), FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
            var server = await EmbeddedPostgres.StartAsync(OptionsFor(folder), CancellationToken.None);
            connectionString = server.SuperuserConnectionString("postgres");
            // Whoever started it may end first: the server belongs to all of them, and the last one stops it.
            await server.AbandonAsync();
        }
        AppDomain.CurrentDomain.ProcessExit += (_, _) => LeaveAsync(folder, user).GetAwaiter().GetResult();
        return new PostgresServer(connectionString);
    }

    private static async Task LeaveAsync(string folder, FileStream user)
    {
        await using var turn = await TurnAsync(folder);
        await user.DisposeAsync();
        try
        {
            await using var alone = new FileStream(UsersFile(folder), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return; // others still use it
        }
        var server = await EmbeddedPostgres.StartAsync(OptionsFor(folder), CancellationToken.None);
        await server.DisposeAsync();
        Directory.Delete(server.DataFolder, recursive: true);
    }

    /// <summary>Only one process at a time starts or stops the shared server.</summary>
    private static async Task<FileStream> TurnAsync(string folder)
    {
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, "turn"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(100);
            }
        }
    }

    private static EmbeddedPostgresOptions OptionsFor(string folder) => new() { DataFolder = Path.Combine(folder, "server"), Fast = true };

    private static string UsersFile(string folder) => Path.Combine(folder, "users");

    private static string WorkingCopyName()
    {
        var root = AppContext.BaseDirectory;
        for (var folder = root; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Traceability.sln"))) root = folder;
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Environment.UserName + "|" + root)))[..12];
    }
}
