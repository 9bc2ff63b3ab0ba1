using Npgsql;

namespace Traceability.Data.Embedded;

/// <summary>
/// The product's own PostgreSQL server: created in a folder of its own, reachable from this machine only, stopped with the product.
/// It survives what happens on a shop floor: after the product or the server was killed the next start takes up a server that
/// still runs, or starts it again and has it recover; a server that dies while the product is up is started again on the same port.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private readonly EmbeddedPostgresOptions _options;
    private readonly PostgresServerControl _control;
    private readonly PostgresCluster _cluster;
    private readonly FileStream _claim;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly EventHandler _atExit;
    private Task _watch = Task.CompletedTask;
    private Task? _stopped;

    private EmbeddedPostgres(
        EmbeddedPostgresOptions options, string folder, PostgresServerControl control, PostgresCluster cluster, FileStream claim)
    {
        (_options, DataFolder, _control, _cluster, _claim) = (options, folder, control, cluster, claim);
        _atExit = (_, _) => DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Where data, password and logs really are.</summary>
    public string DataFolder { get; }

    /// <summary>The server's process (the postmaster).</summary>
    public int ProcessId { get; private set; }

    /// <summary>The port on 127.0.0.1; stays the same until disposal.</summary>
    public int Port { get; private set; }

    /// <summary>Where the data of an installation with this data folder are, whether or not it runs.</summary>
    public static string ResolveDataFolder(string dataFolder) => ServerAccount.Reachable(dataFolder);

    /// <summary>Starts the server, or takes up the one that still runs on these data. Returns when it answers.</summary>
    /// <exception cref="EmbeddedPostgresException">It could not be started; the message says why.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, CancellationToken ct)
    {
        var programs = PostgresPrograms.Find(options.ProgramsFolder, options.Log);
        var folder = ResolveDataFolder(options.DataFolder);
        if (folder != Path.GetFullPath(options.DataFolder)) options.Log($"the database is kept in {folder}, where its unprivileged account can reach it");
        ServerAccount.CreateOpenFolder(folder);
        var claim = Claim(folder);
        try
        {
            var account = await ServerAccount.ForAsync(Path.Combine(folder, "cluster"), ct);
            var cluster = new PostgresCluster(folder, programs, account, options);
            var server = new EmbeddedPostgres(options, folder, new PostgresServerControl(programs, account, cluster, options), cluster, claim);
            await server.StartAsync(ct);
            return server;
        }
        catch
        {
            await claim.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connection string of the superuser to a database of this server.</summary>
    public string SuperuserConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = PostgresCluster.Superuser,
        Password = _cluster.Password,
        Database = database,
    }.ConnectionString;

    /// <summary>Stops the server cleanly: open transactions are rolled back, everything committed is on disk.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate) return new ValueTask(_stopped ??= StopAsync());
    }

    /// <summary>Lets go of the server the way a killed product does: it runs on, unwatched. For tests, also where several test processes share it.</summary>
    internal async Task AbandonAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= _atExit;
        await _stopping.CancelAsync();
        await _watch;
        await _claim.DisposeAsync();
    }

    private async Task StartAsync(CancellationToken ct)
    {
        await _cluster.EnsureCreatedAsync(ct);
        (ProcessId, Port) = await _control.StartOrAttachAsync(keepPort: null, ct);
        // Whoever ends this process in an orderly way without disposing must not leave the server behind.
        AppDomain.CurrentDomain.ProcessExit += _atExit;
        _watch = Task.Run(() => WatchAsync(_stopping.Token), CancellationToken.None);
    }

    /// <summary>Starts the server again when it dies. On the same port: the product's connection strings name it.</summary>
    private async Task WatchAsync(CancellationToken ct)
    {
        var pause = TimeSpan.FromMilliseconds(500);
        while (true)
        {
            try
            {
                await Task.Delay(pause, ct);
                if (PostmasterProcess.IsServerOf(ProcessId, _cluster.DataDirectory)) continue;
                _options.Log($"the database server (process {ProcessId}) has died; starting it again");
                (ProcessId, _) = await _control.StartOrAttachAsync(keepPort: Port, ct);
                _options.Log($"the database server runs again (process {ProcessId})");
                pause = TimeSpan.FromMilliseconds(500);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Whatever keeps it down (disk full, port taken) may pass: keep trying, ever less often, and say so each time.
                pause = TimeSpan.FromSeconds(Math.Min(30, pause.TotalSeconds * 2));
                _options.Log($"the database server could not be started again, next try in {pause.TotalSeconds:0} s: {failure.Message}");
            }
        }
    }

    private async Task StopAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= _atExit;
        await _stopping.CancelAsync();
        await _watch;
        try
        {
            await _control.StopAsync();
        }
        finally
        {
            await _claim.DisposeAsync();
            _stopping.Dispose();
        }
    }

    /// <summary>Two products on one data folder would stop each other's server: the second is told.</summary>
    private static FileStream Claim(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "in-use"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (taken is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new EmbeddedPostgresException($"The data in {folder} are in use: the product already runs on them.", taken);
        }
    }
}
