using System.Runtime.CompilerServices;

namespace Traceability.Web.Tests.Localization;

/// <summary>The web project's source files, found from where this file was compiled.</summary>
internal static class SourceTree
{
    public static string Web([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Traceability.Web"));

    /// <summary>Files of the project itself; build output and node modules left out.</summary>
    public static IEnumerable<string> Files(string pattern, string folder = "") =>
        Directory.EnumerateFiles(Path.Combine(Web(), folder), pattern, SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"));

    public static string Relative(string file) => Path.GetRelativePath(Web(), file).Replace('\\', '/');
}
