using Microsoft.AspNetCore.Http.HttpResults;
using Traceability.Application.Production;
using Traceability.Domain.Common;
using Traceability.Domain.Production;
using Traceability.Web.Auth;

namespace Traceability.Web.Api;

/// <summary>Routings by version.</summary>
public static class RoutingsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/routings").WithTags("Routings");
        group.MapGet("/", ListAsync).RequirePermission(Permission.ViewMasterData).WithSummary("Versions of routings");
        group.MapGet("/{id:long}", GetAsync).RequirePermission(Permission.ViewMasterData).WithSummary("One version with its steps and parameters");
        group.MapPost("/", SaveAsync).RequirePermission(Permission.EditBomsAndRoutings).WithSummary("Write a draft: a new version, or the draft with the given id");
        group.MapPost("/{id:long}/activate", ActivateAsync).RequirePermission(Permission.EditBomsAndRoutings).WithSummary("Make a draft the valid version");
        group.MapPost("/{id:long}/copy", CopyAsync).RequirePermission(Permission.EditBomsAndRoutings).WithSummary("Start the next version from this one");
        group.MapDelete("/{id:long}", DeleteAsync).RequirePermission(Permission.EditBomsAndRoutings).WithSummary("Throw a draft away");
    }

    private static async Task<Results<Ok<Paged<RecipeRow>>, ErrorResult>> ListAsync([AsParameters] ApiPage page, string? status, long? materialId, RoutingQueries queries, ApiActor actor, CancellationToken ct) =>
        ApiEnum.Read<VersionStatus>(status, "status") is var read && read.Failed(out var errors) ? new ErrorResult(errors) : (await queries.ListAsync(page.ToRequest(), read.Value.Value, materialId, actor, ct)).ToHttp();

    private static async Task<Results<Ok<RoutingView>, ErrorResult>> GetAsync(long id, RoutingQueries queries, ApiActor actor, CancellationToken ct) => (await queries.GetAsync(id, actor, ct)).ToHttp();

    private static async Task<Results<Ok<RoutingSaved>, ErrorResult>> SaveAsync(SaveRouting input, SaveRoutingHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(input, actor, ct)).ToHttp();

    private static async Task<Results<Ok<RoutingSaved>, ErrorResult>> ActivateAsync(long id, ActivateRoutingHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(new ActivateRouting(id), actor, ct)).ToHttp();

    private static async Task<Results<Ok<RoutingSaved>, ErrorResult>> CopyAsync(long id, CopyRoutingHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(new CopyRouting(id), actor, ct)).ToHttp();

    private static async Task<Results<Ok<Done>, ErrorResult>> DeleteAsync(long id, DeleteRoutingDraftHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(new DeleteRoutingDraft(id), actor, ct)).ToHttp();
}
