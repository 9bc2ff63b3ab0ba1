using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace Traceability.Documents.Tests;

/// <summary>Reads PDF files with the tools of poppler-utils; tests that need them are skipped where they are not installed.</summary>
internal static class Poppler
{
    private static readonly Lazy<bool> Installed = new(() =>
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pdfinfo", ["-v"]) { RedirectStandardError = true, RedirectStandardOutput = true });
            process?.WaitForExit();
            return process is not null;
        }
        catch (Win32Exception)
        {
            return false;
        }
    });

    public static void Require() => Assert.SkipUnless(Installed.Value, "poppler-utils is not installed.");

    public static string Info(string file, params string[] arguments) => Run("pdfinfo", [.. arguments, file]);

    public static string Fonts(string file) => Run("pdffonts", [file]);

    public static string Text(string file, params string[] arguments) => Run("pdftotext", [.. arguments, "-layout", file, "-"]);

    public static string Attachment(string file)
    {
        var target = file + ".attached";
        Run("pdfdetach", ["-save", "1", "-o", target, file]);
        return File.ReadAllText(target);
    }

    private static string Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, StandardOutputEncoding = System.Text.Encoding.UTF8 })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
