using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Traceability.Data.Embedded;
using Xunit;

namespace Traceability.Application.Tests.Embedded;

/// <summary>The product's own database server through everything that happens to it: kills, restarts, taken ports.</summary>
public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "traceability-embedded-" + Guid.NewGuid().ToString("N")[..12]);
    private readonly List<string> _log = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private EmbeddedPostgresOptions Options => new()
    {
        DataFolder = _folder,
        Log = line => { lock (_log) _log.Add(line); },
    };

    public void Dispose()
    {
        var real = EmbeddedPostgres.ResolveDataFolder(_folder);
        if (Directory.Exists(real)) Directory.Delete(real, recursive: true);
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_new_cluster_has_the_promised_settings()
    {
        await using var server = await EmbeddedPostgres.StartAsync(Options, Ct);

        Assert.Equal("UTF8", await ScalarAsync(server, "SHOW server_encoding"));
        Assert.Equal("on", await ScalarAsync(server, "SHOW data_checksums"));
        Assert.Equal("on", await ScalarAsync(server, "SHOW fsync"));
        Assert.Equal("off", await ScalarAsync(server, "SHOW jit"));
        Assert.Equal("127.0.0.1", await ScalarAsync(server, "SHOW listen_addresses"));
        Assert.Equal("256MB", await ScalarAsync(server, "SHOW shared_buffers"));
        Assert.Equal("200", await ScalarAsync(server, "SHOW max_connections"));
        Assert.Equal("C.UTF-8", await ScalarAsync(server, "SELECT datlocale FROM pg_database WHERE datname = 'postgres'"));
        Assert.Equal("scram-sha-256", await ScalarAsync(server, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(server.DataFolder, "password")));
        }
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        await using var server = await EmbeddedPostgres.StartAsync(Options, Ct);
        var wrong = new NpgsqlConnectionStringBuilder(server.SuperuserConnectionString("postgres")) { Password = "guess", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Ct));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task A_second_start_finds_the_data_on_the_same_port()
    {
        int port;
        await using (var first = await EmbeddedPostgres.StartAsync(Options, Ct))
        {
            port = first.Port;
            await ExecuteAsync(first, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (42)");
        }
        await using var second = await EmbeddedPostgres.StartAsync(Options, Ct);

        Assert.Equal(port, second.Port);
        Assert.Equal(42, await ScalarAsync(second, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task Disposal_stops_the_server()
    {
        var server = await EmbeddedPostgres.StartAsync(Options, Ct);
        var process = server.ProcessId;
        await server.DisposeAsync();
        await server.DisposeAsync(); // harmless twice

        await UntilAsync(() => !IsAlive(process)); // the process table may show it a moment longer
    }

    [Fact]
    public async Task A_second_product_on_the_same_data_is_told()
    {
        await using var first = await EmbeddedPostgres.StartAsync(Options, Ct);
        var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => EmbeddedPostgres.StartAsync(Options, Ct));
        Assert.Contains("already runs", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_moves_the_server_to_another()
    {
        int port;
        await using (var first = await EmbeddedPostgres.StartAsync(Options, Ct)) port = first.Port;
        using var intruder = new TcpListener(IPAddress.Loopback, port);
        intruder.Start();

        await using var second = await EmbeddedPostgres.StartAsync(Options, Ct);

        Assert.NotEqual(port, second.Port);
        Assert.Equal(1, await ScalarAsync(second, "SELECT 1"));
    }

    [Fact]
    public async Task A_killed_server_is_started_again_with_everything_acknowledged()
    {
        await using var server = await EmbeddedPostgres.StartAsync(Options, Ct);
        var (killed, port) = (server.ProcessId, server.Port);
        await ExecuteAsync(server, "CREATE TABLE acknowledged (n int)");
        var written = 0;
        for (; written < 200; written++) await ExecuteAsync(server, $"INSERT INTO acknowledged VALUES ({written})");
        Kill(killed);

        await UntilAsync(() => server.ProcessId != killed);

        Assert.Equal(port, server.Port);
        Assert.Equal((long)written, await ScalarAsync(server, "SELECT count(*) FROM acknowledged"));
    }

    [Fact]
    public async Task A_server_left_running_by_a_killed_product_is_taken_up()
    {
        var left = await EmbeddedPostgres.StartAsync(Options, Ct);
        var process = left.ProcessId;
        await ExecuteAsync(left, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
        await left.AbandonAsync();

        await using var next = await EmbeddedPostgres.StartAsync(Options, Ct);

        Assert.Equal(process, next.ProcessId);
        Assert.Equal(7, await ScalarAsync(next, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task Product_and_server_killed_together_recover_at_the_next_start()
    {
        var left = await EmbeddedPostgres.StartAsync(Options, Ct);
        await ExecuteAsync(left, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
        await left.AbandonAsync();
        Kill(left.ProcessId);

        await using var next = await EmbeddedPostgres.StartAsync(Options, Ct);

        Assert.NotEqual(left.ProcessId, next.ProcessId);
        Assert.Equal(7, await ScalarAsync(next, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task A_process_number_used_by_another_program_does_not_block_the_start()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Only Linux tells which folder a process works in.");
        string pidFile, stale;
        await using (var first = await EmbeddedPostgres.StartAsync(Options, Ct))
        {
            pidFile = Path.Combine(first.DataFolder, "cluster", "postmaster.pid");
            var lines = await File.ReadAllLinesAsync(pidFile, Ct);
            lines[0] = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
            stale = string.Join('\n', lines) + "\n";
        }
        await File.WriteAllTextAsync(pidFile, stale, Ct);

        await using var second = await EmbeddedPostgres.StartAsync(Options, Ct);

        Assert.Equal(1, await ScalarAsync(second, "SELECT 1"));
    }

    private static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill(); // SIGKILL
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<bool> reached)
    {
        var patience = Stopwatch.StartNew();
        while (!reached())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(60), "waited 60 s in vain");
            await Task.Delay(100, Ct);
        }
    }

    private static async Task ExecuteAsync(EmbeddedPostgres server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.SuperuserConnectionString("postgres"));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<object?> ScalarAsync(EmbeddedPostgres server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.SuperuserConnectionString("postgres"));
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct);
    }
}
