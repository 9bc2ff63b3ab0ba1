using Microsoft.AspNetCore.Http.HttpResults;
using Traceability.Application.Receiving;
using Traceability.Domain.Common;
using Traceability.Web.Auth;

namespace Traceability.Web.Api;

/// <summary>Taking material in.</summary>
public static class ReceivingApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/receipts").WithTags("Receiving");
        group.MapPost("/", ReceiveAsync).RequirePermission(Permission.ReceiveMaterial).WithSummary("Take a supplier's delivery in");
    }

    private static async Task<Results<Ok<MaterialReceived>, ErrorResult>> ReceiveAsync(ReceiveMaterial input, ReceiveMaterialHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input, actor, ct)).ToHttp();
}
