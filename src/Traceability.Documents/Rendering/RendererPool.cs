using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Traceability.Application.Dossiers;

namespace Traceability.Documents.Rendering;

/// <summary>
/// Keeps the rendering processes: started when needed, lent to one document at a time, replaced when they die, when a document
/// takes too long or its caller gives up, and after so many documents.
/// </summary>
internal sealed class RendererPool(IOptions<DocumentsOptions> settings, ILogger<RendererPool> log) : IAsyncDisposable
{
    private readonly DocumentsOptions options = settings.Value;
    private readonly SemaphoreSlim slots = new(settings.Value.Workers);
    private readonly Stack<RendererProcess> idle = new();
    private readonly SemaphoreSlim versionGate = new(1);
    private Version? node;
    private bool disposed;

    /// <summary>Ids of the processes waiting for work.</summary>
    internal IReadOnlyList<int> IdleProcesses
    {
        get
        {
            lock (idle) return [.. idle.Select(worker => worker.Id)];
        }
    }

    /// <summary>Sets a document.</summary>
    /// <exception cref="DocumentRenderingException">It could not be made.</exception>
    public async Task<RenderedDocument> PrintAsync(JsonObject document, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var (head, body) = await AskAsync(new JsonObject { ["kind"] = "print", ["document"] = document }, cancellation);
        var content = body ?? throw new DocumentRenderingException(DocumentFailure.Failed, "The renderer sent no file.");
        var pages = head.GetProperty("pages").GetInt32();
        log.LogInformation("Rendered {Pages} pages, {Bytes} bytes in {Elapsed} ms ({Passes} layout passes)",
            pages, content.Length, watch.ElapsedMilliseconds, head.GetProperty("passes").GetInt32());
        return new RenderedDocument(content, Convert.ToHexStringLower(SHA256.HashData(content)), pages);
    }

    /// <summary>Sends a request to a free process, within the time limit.</summary>
    internal async Task<(JsonElement Head, byte[]? Body)> AskAsync(JsonObject request, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        await slots.WaitAsync(cancellation);
        RendererProcess? worker = null;
        var keep = false;
        // Waiting for a free process does not count: the limit is about one document, not about the queue.
        using var limit = new CancellationTokenSource(options.TimeLimit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            worker = await TakeAsync(either.Token);
            var answer = await worker.AskAsync(request, either.Token);
            keep = true;
            return answer;
        }
        catch (DocumentRenderingException e) when (e.Failure is DocumentFailure.Refused or DocumentFailure.Failed)
        {
            keep = true;
            throw;
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new DocumentRenderingException(DocumentFailure.TimedOut, $"The document took longer than {options.TimeLimit.TotalSeconds:0.#} s; its process was stopped.", e);
        }
        finally
        {
            await GiveBackAsync(worker, keep);
            slots.Release();
        }
    }

    private async Task<RendererProcess> TakeAsync(CancellationToken cancellation)
    {
        while (true)
        {
            RendererProcess? worker;
            lock (idle) idle.TryPop(out worker);
            if (worker is null) return await RendererProcess.StartAsync(options, await NodeAsync(cancellation), log, cancellation);
            if (worker.Alive) return worker;
            log.LogWarning("Renderer {ProcessId} had died while idle and is replaced", worker.Id);
            await worker.DisposeAsync();
        }
    }

    private async Task GiveBackAsync(RendererProcess? worker, bool keep)
    {
        if (worker is null) return;
        if (keep && worker.Alive && worker.Answered < options.DocumentsPerWorker && !disposed)
        {
            lock (idle) idle.Push(worker);
            return;
        }
        await worker.DisposeAsync();
    }

    private async Task<Version> NodeAsync(CancellationToken cancellation)
    {
        await versionGate.WaitAsync(cancellation);
        try
        {
            return node ??= await RendererSandbox.NodeVersionAsync(options, cancellation);
        }
        finally
        {
            versionGate.Release();
        }
    }

    /// <summary>Stops every process.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        List<RendererProcess> rest;
        lock (idle)
        {
            rest = [.. idle];
            idle.Clear();
        }
        foreach (var worker in rest) await worker.DisposeAsync();
    }
}
