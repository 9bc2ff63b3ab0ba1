using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Traceability.Data.Embedded;

/// <summary>The files of one cluster: the data themselves, the superuser's password, the port and the settings.</summary>
internal sealed class PostgresCluster(string folder, PostgresPrograms programs, ServerAccount account, EmbeddedPostgresOptions options)
{
    public const string Superuser = "postgres";

    private const string SettingsFile = "traceability.conf";

    /// <summary>PostgreSQL's own data directory.</summary>
    public string DataDirectory { get; } = Path.Combine(folder, "cluster");

    public string LogFolder { get; } = Path.Combine(folder, "log");

    /// <summary>What the server says before its own log files are open.</summary>
    public string StartLog => Path.Combine(LogFolder, "start.log");

    private string PasswordFile => Path.Combine(folder, "password");

    private string PortFile => Path.Combine(folder, "port");

    public string Password => File.ReadAllText(PasswordFile).Trim();

    /// <summary>Creates the cluster unless it exists. A crash in between leaves nothing that would be taken for a cluster.</summary>
    public async Task EnsureCreatedAsync(CancellationToken ct)
    {
        ServerAccount.CreateOpenFolder(LogFolder);
        await account.OwnAsync(LogFolder, ct);
        var versionFile = Path.Combine(DataDirectory, "PG_VERSION");
        if (File.Exists(versionFile))
        {
            var version = (await File.ReadAllTextAsync(versionFile, ct)).Trim();
            if (version != PostgresPrograms.MajorVersion)
            {
                throw new EmbeddedPostgresException(
                    $"The data in {folder} were written by PostgreSQL {version}, but version {PostgresPrograms.MajorVersion} is installed. "
                    + "Restore a backup into an empty data folder.");
            }
            return;
        }

        options.Log($"creating the database cluster in {DataDirectory}");
        if (Directory.Exists(DataDirectory))
            throw new EmbeddedPostgresException($"{DataDirectory} exists but holds no PostgreSQL data; it is left alone. Move it away to start afresh.");
        var password = RandomNumberGenerator.GetHexString(40, lowercase: true);
        var partial = DataDirectory + ".partial";
        if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        Directory.CreateDirectory(partial);
        // initdb reads the password as the server's account, which may not read the file kept for good.
        var handover = Path.Combine(folder, "password.handover");
        await WritePrivateAsync(handover, password, ct);
        try
        {
            await account.OwnAsync(partial, ct);
            await account.OwnAsync(handover, ct);
            await CommandRunner.RequireAsync(account.Program(programs.InitDb,
                [
                    "-D", partial, "-U", Superuser, $"--pwfile={handover}", "--auth=scram-sha-256", "--encoding=UTF8",
                    // PostgreSQL's own C.UTF-8: sorts and indexes the same on every operating system and after its updates.
                    "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--data-checksums",
                    .. options.Fast ? ["--no-sync"] : Array.Empty<string>(),
                ]), ct);
        }
        finally
        {
            File.Delete(handover);
        }
        await File.AppendAllTextAsync(Path.Combine(partial, "postgresql.conf"), $"\ninclude_if_exists '{SettingsFile}'\n", ct);
        // The password before the data: data without their password would be lost to us.
        await WritePrivateAsync(PasswordFile, password, ct);
        Directory.Move(partial, DataDirectory);
    }

    /// <summary>Writes the settings the next start uses; the account they belong to reads them.</summary>
    public async Task WriteSettingsAsync(int port, CancellationToken ct)
    {
        var durability = options.Fast ? "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n" : "";
        var path = Path.Combine(DataDirectory, SettingsFile);
        await File.WriteAllTextAsync(path, $"""
            # Written at every start; settings of your own belong into postgresql.conf, below the line that includes this file.
            listen_addresses = '127.0.0.1'
            port = {port.ToString(CultureInfo.InvariantCulture)}
            unix_socket_directories = ''
            max_connections = 200
            shared_buffers = 256MB
            max_wal_size = 2GB
            jit = off
            timezone = 'UTC'
            log_timezone = 'UTC'
            logging_collector = on
            log_directory = '../log'
            log_filename = 'postgres-%a.log'
            log_truncate_on_rotation = on
            log_rotation_age = 1d
            log_rotation_size = 0
            {durability}
            """, ct);
        await account.OwnAsync(path, ct);
        await File.WriteAllTextAsync(PortFile, port.ToString(CultureInfo.InvariantCulture), ct);
    }

    /// <summary>The port to start on: the one asked for, else the remembered one while it is free, else a free one.</summary>
    public int ChoosePort()
    {
        if (options.Port is { } wanted)
        {
            return IsFree(wanted) ? wanted : throw new EmbeddedPostgresException($"Port {wanted} for the database is taken by another program.");
        }
        if (RememberedPort() is { } remembered)
        {
            if (IsFree(remembered)) return remembered;
            options.Log($"port {remembered} is taken by another program; the database moves to another port");
        }
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Whether nothing listens on the port.</summary>
    public static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException refused) when (refused.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }

    private int? RememberedPort() =>
        File.Exists(PortFile) && int.TryParse(File.ReadAllText(PortFile), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    private static async Task WritePrivateAsync(string path, string text, CancellationToken ct)
    {
        // Created private, not made private afterwards: no moment in which another account could open it.
        var create = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.Delete(path);
        await using var file = new StreamWriter(new FileStream(path, create));
        await file.WriteAsync(text.AsMemory(), ct);
    }
}
