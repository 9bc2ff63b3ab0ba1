using Traceability.Domain.Common;
using Traceability.Web.Components;

namespace Traceability.Web.Api;

/// <summary>The caller of an endpoint as an actor: bind it as a parameter.</summary>
public sealed record ApiActor(Actor Value)
{
    internal const string RequestIdItem = "traceability.request_id";
    internal const string RequestHashItem = "traceability.request_hash";

    public static async ValueTask<ApiActor?> BindAsync(HttpContext context)
    {
        var visitor = await context.RequestServices.GetRequiredService<IVisitorSource>().VisitorAsync(context.User, context.RequestAborted);
        if (visitor.Actor is not { } actor) throw new InvalidOperationException("The endpoint has no policy: nobody is signed in.");
        return new ApiActor(actor with
        {
            Source = CaptureSource.Api,
            Device = context.Connection.RemoteIpAddress?.ToString(),
            RequestId = context.Items[RequestIdItem] as string,
            RequestHash = context.Items[RequestHashItem] as string,
        });
    }

    public static implicit operator Actor(ApiActor actor) => actor.Value;
}

/// <summary>Paging and sorting of a list endpoint, from the query string.</summary>
public sealed record ApiPage(int? Page, int? Size, string? Search, string? Sort, bool? Descending)
{
    public PageRequest ToRequest() => new(Page ?? 1, Size ?? 25, Search, Sort, Descending ?? false);
}
