using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Traceability.Data.Embedded;

/// <summary>
/// The operating-system account the server runs under. PostgreSQL refuses to run as root, so root hands the server over to an
/// unprivileged account; everybody else runs it as themselves.
/// </summary>
internal sealed class ServerAccount
{
    /// <summary>Where root puts what the unprivileged account cannot reach at its own place.</summary>
    private const string SharedRoot = "/var/lib/traceability";

    /// <summary>Looked for in this order: a dedicated account if an administrator made one, else the one every system has.</summary>
    private static readonly string[] CandidateNames = ["traceability", "nobody"];

    private readonly (uint User, uint Group)? _switchTo;

    private ServerAccount((uint, uint)? switchTo) => _switchTo = switchTo;

    /// <summary>Whether the server runs under another account than this process.</summary>
    public bool Switches => _switchTo is not null;

    /// <summary>Finds the account for a cluster: the owner of an existing one, so that its files stay readable, else the default.</summary>
    public static async Task<ServerAccount> ForAsync(string cluster, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess) return new ServerAccount(null);
        if (!OperatingSystem.IsLinux())
            throw new EmbeddedPostgresException("PostgreSQL cannot run as root on this system: start the product as an ordinary user.");

        if (Directory.Exists(cluster))
        {
            var owner = (await CommandRunner.RequireAsync(new ProcessStartInfo("stat") { ArgumentList = { "-c", "%u %g", cluster } }, ct))
                .Split(' ', StringSplitOptions.TrimEntries);
            var user = uint.Parse(owner[0], CultureInfo.InvariantCulture);
            if (user != 0) return new ServerAccount((user, uint.Parse(owner[1], CultureInfo.InvariantCulture)));
        }

        var accounts = (await File.ReadAllLinesAsync("/etc/passwd", ct)).Select(line => line.Split(':')).Where(fields => fields.Length >= 4).ToList();
        var chosen = CandidateNames.Select(name => accounts.Find(fields => fields[0] == name)).FirstOrDefault(fields => fields is not null)
            ?? throw new EmbeddedPostgresException(
                "PostgreSQL refuses to run as root and no unprivileged account was found: create one named 'traceability'.");
        return new ServerAccount((
            uint.Parse(chosen[2], CultureInfo.InvariantCulture), uint.Parse(chosen[3], CultureInfo.InvariantCulture)));
    }

    /// <summary>The folder itself, or a stand-in under <c>/var/lib/traceability</c> when the server's account cannot get to it.</summary>
    public static string Reachable(string folder)
    {
        folder = Path.GetFullPath(folder);
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess || EveryoneCanReach(folder)) return folder;
        // Named after the place it stands in for: two installations never share data, one always finds its own again.
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16];
        return Path.Combine(SharedRoot, name);
    }

    /// <summary>Creates a folder, and those above it that are missing, that every account may enter whatever this process's umask is.</summary>
    public static void CreateOpenFolder(string folder)
    {
        if (Directory.Exists(folder)) return;
        if (Path.GetDirectoryName(folder) is { } parent) CreateOpenFolder(parent);
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
                | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }
    }

    /// <summary>Gives files or folders, with all they contain, to the server's account.</summary>
    public async Task OwnAsync(string path, CancellationToken ct)
    {
        if (_switchTo is not { } account) return;
        await CommandRunner.RequireAsync(
            new ProcessStartInfo("chown") { ArgumentList = { "-R", $"{account.User}:{account.Group}", path } }, ct);
    }

    /// <summary>A start of one of PostgreSQL's programs under the server's account.</summary>
    public ProcessStartInfo Program(string program, params IEnumerable<string> arguments)
    {
        // The working folder is one every account may stand in; programs complain about a current folder they cannot read.
        var start = new ProcessStartInfo(_switchTo is null ? program : "setpriv") { WorkingDirectory = Path.GetPathRoot(program) };
        if (_switchTo is { } account)
        {
            foreach (var argument in new[] { $"--reuid={account.User}", $"--regid={account.Group}", "--clear-groups", "--", program })
                start.ArgumentList.Add(argument);
        }
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // Settings of the person who starts the product must not leak into the server.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    private static bool EveryoneCanReach(string folder)
    {
        if (OperatingSystem.IsWindows()) return true;
        for (var parent = Path.GetDirectoryName(folder); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (Directory.Exists(parent) && !File.GetUnixFileMode(parent).HasFlag(UnixFileMode.OtherExecute)) return false;
        }
        return !Directory.Exists(folder) || File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherExecute);
    }
}
