using System.Security.Cryptography;
using System.Text;
using Traceability.Application.Common;
using Traceability.Domain.Common;
using Traceability.Web.Auth;

namespace Traceability.Web.Api;

/// <summary>
/// Honours <c>Idempotency-Key</c> on every POST: the claim and the answer are written in the transaction of the effect, so the
/// same key has its effect once, and a repetition gets the first answer. The same key with other content is refused.
/// </summary>
public sealed class IdempotencyMiddleware(RequestDelegate next, RequestLog requests)
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";
    private const int MaxKeyLength = 150;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.Request.Headers[Header].ToString() is not { Length: > 0 } key || context.User.AccountId() is not { } account)
        {
            await next(context);
            return;
        }

        if (key.Length > MaxKeyLength)
        {
            await new ErrorResult([CommonErrors.TooLong.On(Header).With(MaxKeyLength)]).ExecuteAsync(context);
            return;
        }

        // A key belongs to its account: two programs may choose the same one.
        var requestId = $"{account}:{key}";
        context.Request.EnableBuffering(bufferThreshold: 64 * 1024);
        var hash = await HashAsync(context.Request, context.RequestAborted);
        context.Items[ApiActor.RequestIdItem] = requestId;
        context.Items[ApiActor.RequestHashItem] = hash;
        if (await TryReplayAsync(context, requestId, hash)) return;
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && requests.IsAnswered(exception))
        {
            // The same request came in twice at once, and the other one was first.
            if (!await TryReplayAsync(context, requestId, hash)) throw;
        }
    }

    private async Task<bool> TryReplayAsync(HttpContext context, string requestId, string hash)
    {
        var answer = await requests.FindAsync(requestId, context.RequestAborted);
        if (answer is null) return false;
        if (answer.Hash != hash)
        {
            await new ErrorResult([CommonErrors.IdempotencyMismatch.On(Header)]).ExecuteAsync(context);
            return true;
        }

        context.Response.Headers[ReplayedHeader] = "true";
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(answer.Response ?? "{}", context.RequestAborted);
        return true;
    }

    private static async Task<string> HashAsync(HttpRequest request, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path}{request.QueryString}\n"));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, ct)) > 0) hash.AppendData(buffer, 0, read);
        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
