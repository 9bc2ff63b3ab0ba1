using System.Diagnostics;

namespace Traceability.Data.Embedded;

/// <summary>Runs a short-lived program and collects what it says.</summary>
internal static class CommandRunner
{
    /// <summary>Runs to the end; a cancelled wait kills the program.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start, CancellationToken ct)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        using var process = Process.Start(start) ?? throw new EmbeddedPostgresException($"{start.FileName} did not start.");
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            if (!process.HasExited) process.Kill();
            throw;
        }
    }

    /// <summary>Runs to the end and returns the output.</summary>
    /// <exception cref="EmbeddedPostgresException">The program reported failure.</exception>
    public static async Task<string> RequireAsync(ProcessStartInfo start, CancellationToken ct)
    {
        var (exitCode, output) = await RunAsync(start, ct);
        return exitCode == 0
            ? output
            : throw new EmbeddedPostgresException($"{start.FileName} {string.Join(' ', start.ArgumentList)} failed ({exitCode}): {output.Trim()}");
    }
}
