using Traceability.Data;

namespace Traceability.Application.Common;

/// <summary>A request that was answered before.</summary>
/// <param name="Hash">SHA-256 of the content it came with.</param>
/// <param name="Response">The JSON it was answered with.</param>
public sealed record PastRequest(string? Hash, string? Response);

/// <summary>What was answered under which idempotency key.</summary>
public sealed class RequestLog(TraceDatabase database)
{
    /// <summary>The past request of this key, or null.</summary>
    public async Task<PastRequest?> FindAsync(string requestId, CancellationToken ct) =>
        await database.FindAnswerAsync(requestId, ct) is { } found ? new PastRequest(found.Hash, found.Response) : null;

    /// <summary>True when a use case stopped because its key had been used.</summary>
    public bool IsAnswered(Exception exception) => exception is RequestAnsweredException;
}
