using Microsoft.AspNetCore.Http.HttpResults;
using Traceability.Application.Production;
using Traceability.Domain.Common;
using Traceability.Domain.Production;
using Traceability.Web.Auth;

namespace Traceability.Web.Api;

/// <summary>Bills of materials by version.</summary>
public static class BomsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/boms").WithTags("Bills of materials");
        group.MapGet("/", ListAsync).RequirePermission(Permission.ViewMasterData).WithSummary("Versions of bills of materials");
        group.MapGet("/{id:long}", GetAsync).RequirePermission(Permission.ViewMasterData).WithSummary("One version with its lines");
        group.MapPost("/", SaveAsync).RequirePermission(Permission.EditBomsAndRoutings).WithSummary("Write a draft: a new version, or the draft with the given id");
        group.MapPost("/{id:long}/activate", ActivateAsync).RequirePermission(Permission.EditBomsAndRoutings).WithSummary("Make a draft the valid version");
        group.MapPost("/{id:long}/copy", CopyAsync).RequirePermission(Permission.EditBomsAndRoutings).WithSummary("Start the next version from this one");
        group.MapDelete("/{id:long}", DeleteAsync).RequirePermission(Permission.EditBomsAndRoutings).WithSummary("Throw a draft away");
    }

    private static async Task<Results<Ok<Paged<RecipeRow>>, ErrorResult>> ListAsync([AsParameters] ApiPage page, string? status, long? materialId, BomQueries queries, ApiActor actor, CancellationToken ct) =>
        ApiEnum.Read<VersionStatus>(status, "status") is var read && read.Failed(out var errors) ? new ErrorResult(errors) : (await queries.ListAsync(page.ToRequest(), read.Value.Value, materialId, actor, ct)).ToHttp();

    private static async Task<Results<Ok<BomView>, ErrorResult>> GetAsync(long id, BomQueries queries, ApiActor actor, CancellationToken ct) => (await queries.GetAsync(id, actor, ct)).ToHttp();

    private static async Task<Results<Ok<BomSaved>, ErrorResult>> SaveAsync(SaveBom input, SaveBomHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(input, actor, ct)).ToHttp();

    private static async Task<Results<Ok<BomSaved>, ErrorResult>> ActivateAsync(long id, ActivateBomHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(new ActivateBom(id), actor, ct)).ToHttp();

    private static async Task<Results<Ok<BomSaved>, ErrorResult>> CopyAsync(long id, CopyBomHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(new CopyBom(id), actor, ct)).ToHttp();

    private static async Task<Results<Ok<Done>, ErrorResult>> DeleteAsync(long id, DeleteBomDraftHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(new DeleteBomDraft(id), actor, ct)).ToHttp();
}
