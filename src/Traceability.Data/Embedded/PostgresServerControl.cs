using Npgsql;

namespace Traceability.Data.Embedded;

/// <summary>Starts, takes up and stops the server of one cluster with <c>pg_ctl</c>.</summary>
internal sealed class PostgresServerControl(
    PostgresPrograms programs, ServerAccount account, PostgresCluster cluster, EmbeddedPostgresOptions options)
{
    /// <summary>Returns process and port of the server once it answers.</summary>
    /// <param name="keepPort">The port it must have, or null where any will do.</param>
    public async Task<(int ProcessId, int Port)> StartOrAttachAsync(int? keepPort, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.StartTimeout);
        try
        {
            while (true)
            {
                if (PostmasterProcess.Running(cluster.DataDirectory) is { } running)
                {
                    options.Log($"taking up the database server that still runs (process {running.ProcessId}, port {running.Port})");
                    if (await AnswersAsync(running.Port, limit.Token)) return running;
                    await Task.Delay(200, limit.Token); // on its way up or down: look again
                    continue;
                }
                if (PostmasterProcess.RemoveStaleFile(cluster.DataDirectory))
                    options.Log("removed the postmaster.pid of a server that is gone");
                if (await TryStartAsync(keepPort, limit.Token) is { } started) return started;
                await Task.Delay(500, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new EmbeddedPostgresException(
                $"The database server did not come up within {options.StartTimeout.TotalSeconds:0} s. {await StartLogAsync(CancellationToken.None)}");
        }
    }

    /// <summary>Stops the server cleanly, if it runs.</summary>
    public async Task StopAsync()
    {
        if (PostmasterProcess.Running(cluster.DataDirectory) is null) return;
        var (exitCode, output) = await CommandRunner.RunAsync(
            account.Program(programs.PgCtl, "stop", "-D", cluster.DataDirectory, "-m", "fast", "-w", "-t", "120"), CancellationToken.None);
        // Died by itself between the look and the stop: stopped all the same.
        if (exitCode != 0 && PostmasterProcess.Running(cluster.DataDirectory) is not null)
            throw new EmbeddedPostgresException($"The database server could not be stopped: {output.Trim()}");
    }

    /// <returns>Null when the attempt failed for a passing reason and is worth repeating.</returns>
    private async Task<(int ProcessId, int Port)?> TryStartAsync(int? keepPort, CancellationToken ct)
    {
        if (keepPort is { } kept && !PostgresCluster.IsFree(kept))
            throw new EmbeddedPostgresException($"port {kept} has been taken by another program");
        var port = keepPort ?? cluster.ChoosePort();
        await cluster.WriteSettingsAsync(port, ct);
        File.Delete(cluster.StartLog);
        var timeout = ((int)options.StartTimeout.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var (exitCode, output) = await CommandRunner.RunAsync(
            account.Program(programs.PgCtl, "start", "-D", cluster.DataDirectory, "-l", cluster.StartLog, "-w", "-t", timeout), ct);
        if (exitCode == 0 && PostmasterProcess.Running(cluster.DataDirectory) is { } running) return running;

        var said = await StartLogAsync(ct);
        // The killed server's last processes are still letting go of the data, or somebody took the port this very moment.
        if (said.Contains("pre-existing shared memory block", StringComparison.Ordinal)
            || said.Contains("lock file \"postmaster.pid\" already exists", StringComparison.Ordinal)
            || (keepPort is null && options.Port is null && said.Contains("could not bind", StringComparison.Ordinal)))
        {
            return null;
        }
        throw new EmbeddedPostgresException($"The database server did not start: {output.Trim()} {said}");
    }

    private async Task<bool> AnswersAsync(int port, CancellationToken ct)
    {
        var target = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = PostgresCluster.Superuser,
            Password = cluster.Password,
            Database = "postgres",
            Pooling = false,
            Timeout = 5,
        };
        try
        {
            await using var connection = new NpgsqlConnection(target.ConnectionString);
            await connection.OpenAsync(ct);
            return true;
        }
        catch (NpgsqlException refused) when (refused is not PostgresException { SqlState: PostgresErrorCodes.InvalidPassword })
        {
            return false;
        }
    }

    private async Task<string> StartLogAsync(CancellationToken ct)
    {
        if (!File.Exists(cluster.StartLog)) return "";
        var lines = await File.ReadAllLinesAsync(cluster.StartLog, ct);
        return $"{string.Join(" | ", lines.TakeLast(8))} (more in {cluster.LogFolder})";
    }
}
