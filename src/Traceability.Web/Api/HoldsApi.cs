using Microsoft.AspNetCore.Http.HttpResults;
using Traceability.Application.Holds;
using Traceability.Domain.Common;
using Traceability.Domain.Holds;
using Traceability.Web.Auth;

namespace Traceability.Web.Api;

/// <summary>Holds: what stops batches.</summary>
public static class HoldsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/holds").WithTags("Quality");
        group.MapGet("/", ListAsync).RequirePermission(Permission.ViewQuality).WithSummary("Holds, newest first");
        group.MapGet("/{id:long}", FindAsync).RequirePermission(Permission.ViewQuality).WithSummary("One hold");
        group.MapGet("/{id:long}/batches", BatchesAsync).RequirePermission(Permission.ViewQuality).WithSummary("Batches of a hold");
        group.MapPost("/", PlaceAsync).RequirePermission(Permission.PlaceHolds).WithSummary("Stop batches by id or printed code; scope downstream: one batch and everything made of it");
        group.MapPost("/{id:long}/release", ReleaseAsync).RequirePermission(Permission.ReleaseHolds).WithSummary("Let all or some batches of a hold go");
    }

    private static async Task<Results<Ok<Paged<HoldRow>>, ErrorResult>> ListAsync(bool? open, string? cause, [AsParameters] ApiPage page, HoldQueries queries, ApiActor actor, CancellationToken ct)
    {
        var check = new Check();
        var by = ApiValues.Enum<HoldCause>(cause, "Cause", check);
        return check.Failed ? new ErrorResult(check.Errors) : TypedResults.Ok(await queries.ListAsync(open, by, page.ToRequest(), actor, ct));
    }

    private static async Task<Results<Ok<HoldView>, ErrorResult>> FindAsync(long id, HoldQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.FindAsync(id, actor, ct)).OrNotFound(HoldErrors.NotFound);

    private static async Task<Ok<Paged<HeldBatchRow>>> BatchesAsync(long id, bool? held, [AsParameters] ApiPage page, HoldQueries queries, ApiActor actor, CancellationToken ct) =>
        TypedResults.Ok(await queries.BatchesAsync(id, held, page.ToRequest(), actor, ct));

    private static async Task<Results<Ok<HoldPlaced>, ErrorResult>> PlaceAsync(PlaceHold input, PlaceHoldHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input, actor, ct)).ToHttp();

    private static async Task<Results<Ok<HoldReleased>, ErrorResult>> ReleaseAsync(long id, ReleaseBody body, ReleaseHoldHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(new ReleaseHold(id, body.Reason, body.BatchIds), actor, ct)).ToHttp();

    internal sealed record ReleaseBody(string Reason, IReadOnlyList<long>? BatchIds = null);
}
