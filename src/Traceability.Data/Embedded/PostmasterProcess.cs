using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Traceability.Data.Embedded;

/// <summary>What is running on a data directory, told by <c>postmaster.pid</c> and, on Linux, by the processes themselves.</summary>
internal static class PostmasterProcess
{
    /// <summary>The living server on this data directory and its port, or null when there is none (the file may be stale).</summary>
    public static (int ProcessId, int Port)? Running(string dataDirectory)
    {
        if (Read(dataDirectory) is not { } noted) return null;
        return IsServerOf(noted.ProcessId, dataDirectory) ? noted : null;
    }

    /// <summary>Whether this process is a PostgreSQL process of the data directory; a recycled process number is not.</summary>
    public static bool IsServerOf(int processId, string dataDirectory)
    {
        // A server's working folder is its data directory. A dead process nobody has collected yet has none.
        if (OperatingSystem.IsLinux()) return WorkingFolder(processId) == dataDirectory;
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited && process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            return false; // no process has this number
        }
        catch (Win32Exception)
        {
            return false; // a process of another account, so not a server of ours
        }
    }

    /// <summary>
    /// Removes a <c>postmaster.pid</c> whose number now belongs to another program: PostgreSQL itself would take that program for a
    /// running server and refuse to start. It is kept while any process of the old server lives, because the file guards the data
    /// against two servers at once; where the number is simply unused PostgreSQL clears the file itself.
    /// </summary>
    public static bool RemoveStaleFile(string dataDirectory)
    {
        if (!OperatingSystem.IsLinux() || Read(dataDirectory) is not { } noted) return false;
        if (!Directory.Exists($"/proc/{noted.ProcessId}") || IsServerOf(noted.ProcessId, dataDirectory)) return false;
        if (AnyIn(dataDirectory)) return false;
        File.Delete(PidFile(dataDirectory));
        return true;
    }

    private static bool AnyIn(string dataDirectory) => Directory.EnumerateDirectories("/proc")
        .Select(Path.GetFileName)
        .Any(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && WorkingFolder(id) == dataDirectory);

    private static (int ProcessId, int Port)? Read(string dataDirectory)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(PidFile(dataDirectory));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        // Line 1 is the process, line 4 the port; a server that is just starting has not written them all.
        return lines.Length >= 4
            && int.TryParse(lines[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id)
            && int.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? (Math.Abs(id), port)
            : null;
    }

    private static string PidFile(string dataDirectory) => Path.Combine(dataDirectory, "postmaster.pid");

    private static string? WorkingFolder(int processId)
    {
        try
        {
            return new FileInfo($"/proc/{processId}/cwd").LinkTarget;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null; // it ended just now, or it is another account's and so not a server of ours
        }
    }
}
