using System.Buffers.Binary;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Traceability.Application.Dossiers;

namespace Traceability.Documents.Rendering;

/// <summary>
/// One rendering process. It answers one request at a time and is good until something goes wrong: after an exception other
/// than <see cref="DocumentFailure.Refused"/> and <see cref="DocumentFailure.Failed"/> its state is unknown and it is thrown away.
/// </summary>
internal sealed class RendererProcess : IAsyncDisposable
{
    /// <summary>Largest answer taken; a longer one is a fault, not a document.</summary>
    private const int MaximumFrame = 256 * 1024 * 1024;

    private readonly Process process;
    private readonly ILogger log;
    private readonly Task errors;

    private RendererProcess(Process process, ILogger log)
    {
        this.process = process;
        this.log = log;
        errors = PassOnErrorsAsync();
    }

    /// <summary>Answers given so far.</summary>
    public int Answered { get; private set; }

    public int Id => process.Id;

    public bool Alive => !process.HasExited;

    /// <summary>Starts a process and waits until it is ready for its first document.</summary>
    public static async Task<RendererProcess> StartAsync(DocumentsOptions options, Version node, ILogger log, CancellationToken cancellation)
    {
        var worker = new RendererProcess(RendererSandbox.StartWorker(options, node), log);
        try
        {
            using var ready = JsonDocument.Parse(await worker.ReadAsync(cancellation));
            log.LogInformation("Renderer {ProcessId} is ready on Node {Version}", worker.Id, ready.RootElement.GetProperty("node").GetString());
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a request and returns the head of the answer and the file, if one came.</summary>
    public async Task<(JsonElement Head, byte[]? Body)> AskAsync(JsonObject request, CancellationToken cancellation)
    {
        await WriteAsync(JsonSerializer.SerializeToUtf8Bytes(request), cancellation);
        using var answer = JsonDocument.Parse(await ReadAsync(cancellation));
        var head = answer.RootElement.Clone();
        var body = head.TryGetProperty("bytes", out _) ? await ReadAsync(cancellation) : null;
        Answered++;
        if (head.GetProperty("ok").GetBoolean()) return (head, body);

        var refused = head.GetProperty("code").GetString() == "refused";
        var message = head.GetProperty("message").GetString();
        log.LogError("The renderer answered: {Detail}", head.GetProperty("detail").GetString());
        throw new DocumentRenderingException(refused ? DocumentFailure.Refused : DocumentFailure.Failed, $"The document could not be set: {message}");
    }

    /// <summary>Kills the process if it still runs; waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        await errors;
        process.Dispose();
    }

    private async Task WriteAsync(byte[] data, CancellationToken cancellation)
    {
        var head = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(head, data.Length);
        try
        {
            var pipe = process.StandardInput.BaseStream;
            await pipe.WriteAsync(head, cancellation);
            await pipe.WriteAsync(data, cancellation);
            await pipe.FlushAsync(cancellation);
        }
        catch (IOException e)
        {
            throw await DiedAsync(e);
        }
    }

    private async Task<byte[]> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var pipe = process.StandardOutput.BaseStream;
            var head = new byte[4];
            await pipe.ReadExactlyAsync(head, cancellation);
            var length = BinaryPrimitives.ReadInt32BigEndian(head);
            if (length is < 0 or > MaximumFrame)
                throw new DocumentRenderingException(DocumentFailure.ProcessDied, $"The renderer announced {length} bytes.");
            var data = new byte[length];
            await pipe.ReadExactlyAsync(data, cancellation);
            return data;
        }
        catch (IOException e)
        {
            // EndOfStreamException is one of these: the pipe closed in the middle of an answer.
            throw await DiedAsync(e);
        }
    }

    private async Task<DocumentRenderingException> DiedAsync(IOException cause)
    {
        // The pipe closes a moment before the process is gone; its exit code is worth the wait, but not for ever.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return new DocumentRenderingException(DocumentFailure.ProcessDied, "The renderer closed its pipes.", cause);
        }
        return new DocumentRenderingException(DocumentFailure.ProcessDied, $"The renderer ended with code {process.ExitCode}.", cause);
    }

    private async Task PassOnErrorsAsync()
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            log.LogWarning("Renderer: {Line}", line);
        }
    }
}
