using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Traceability.Application.Dossiers;

namespace Traceability.Documents.Rendering;

/// <summary>
/// How a rendering process is started: Node's permission model on, reading limited to the renderer's own folder, nothing to
/// write, no other programs, a bare environment. The network is taken away inside (renderer/lockdown.mjs).
/// </summary>
internal static class RendererSandbox
{
    /// <summary>First Node version with everything the worker needs (permission model, <c>--disable-warning</c>).</summary>
    private static readonly Version Oldest = new(20, 12);

    /// <summary>The renderer folder, checked, with a trailing separator: the permission model then means the folder and all in it.</summary>
    public static string Folder(DocumentsOptions options)
    {
        var folder = Path.GetFullPath(options.RendererFolder ?? Path.Combine(AppContext.BaseDirectory, "renderer"));
        if (!File.Exists(Path.Combine(folder, "worker.mjs")))
            throw new DocumentRenderingException(DocumentFailure.NotAvailable, $"The document renderer is missing: there is no worker.mjs in {folder}.");
        return Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
    }

    /// <summary>Asks Node for its version.</summary>
    public static async Task<Version> NodeVersionAsync(DocumentsOptions options, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(options.NodePath, ["--version"]) { RedirectStandardOutput = true, UseShellExecute = false };
        Bare(start);
        using var process = Start(start);
        var answer = (await process.StandardOutput.ReadToEndAsync(cancellation)).Trim();
        await process.WaitForExitAsync(cancellation);
        if (!Version.TryParse(answer.TrimStart('v'), out var version))
            throw new DocumentRenderingException(DocumentFailure.NotAvailable, $"'{options.NodePath} --version' answered '{answer}'.");
        if (version < Oldest)
            throw new DocumentRenderingException(DocumentFailure.NotAvailable, $"Node {version} is too old for the document renderer: it needs {Oldest} or later.");
        return version;
    }

    /// <summary>Starts a worker.</summary>
    public static Process StartWorker(DocumentsOptions options, Version node)
    {
        var folder = Folder(options);
        var start = new ProcessStartInfo(options.NodePath)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The switch lost its prefix when the model became stable; the old name is what Node 20 and 22 both know.
        start.ArgumentList.Add(node.Major <= 22 ? "--experimental-permission" : "--permission");
        start.ArgumentList.Add("--disable-warning=ExperimentalWarning");
        start.ArgumentList.Add($"--allow-fs-read={folder}");
        start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"--max-old-space-size={options.MemoryMegabytes}"));
        start.ArgumentList.Add(Path.Combine(folder, "worker.mjs"));
        if (options.AllowProbes) start.ArgumentList.Add("--probes");
        Bare(start);
        return Start(start);
    }

    /// <summary>No settings or secrets of the server reach the worker, and none of Node's own (NODE_OPTIONS could undo the walls).</summary>
    private static void Bare(ProcessStartInfo start)
    {
        string[] kept = ["PATH", "SystemRoot", "LD_LIBRARY_PATH"];
        foreach (var name in start.Environment.Keys.ToList())
        {
            if (!kept.Contains(name, StringComparer.OrdinalIgnoreCase)) start.Environment.Remove(name);
        }
        start.Environment["TZ"] = "UTC";
        start.Environment["LANG"] = "C.UTF-8";
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new DocumentRenderingException(DocumentFailure.NotAvailable, $"{start.FileName} did not start.");
        }
        catch (Win32Exception e)
        {
            throw new DocumentRenderingException(DocumentFailure.NotAvailable, $"{start.FileName} could not be started: {e.Message}", e);
        }
    }
}
