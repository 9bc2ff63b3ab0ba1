using Microsoft.AspNetCore.Http.HttpResults;
using Traceability.Application.Quality;
using Traceability.Domain.Common;
using Traceability.Domain.Quality;
using Traceability.Web.Auth;

namespace Traceability.Web.Api;

/// <summary>Inspections and their results.</summary>
public static class InspectionsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/inspections").WithTags("Quality");
        group.MapGet("/", ListAsync).RequirePermission(Permission.ViewQuality).WithSummary("Inspections, newest first");
        group.MapGet("/{id:long}", FindAsync).RequirePermission(Permission.ViewQuality).WithSummary("One inspection with limits, results and verdicts");
        group.MapGet("/compare", CompareAsync).RequirePermission(Permission.ViewQuality).WithSummary("Values of one characteristic over the batches of a material");
        group.MapPost("/", OpenAsync).RequirePermission(Permission.Inspect).WithSummary("Open an inspection by hand");
        group.MapPost("/{id:long}/results", RecordAsync).RequirePermission(Permission.Inspect).WithSummary("Enter or correct results; a failed characteristic holds the batch at once");
        group.MapPost("/{id:long}/conclusion", ConcludeAsync).RequirePermission(Permission.Inspect).WithSummary("Compute the verdict and close the inspection for ever");
    }

    private static async Task<Results<Ok<Paged<InspectionRow>>, ErrorResult>> ListAsync(string? status, string? kind, bool? mine, long? batchId, long? materialId, [AsParameters] ApiPage page, InspectionQueries queries, ApiActor actor, CancellationToken ct)
    {
        var check = new Check();
        var filter = new InspectionFilter(ApiValues.Enum<InspectionStatus>(status, "Status", check), ApiValues.Enum<InspectionKind>(kind, "Kind", check), mine ?? false, batchId, materialId);
        return check.Failed ? new ErrorResult(check.Errors) : TypedResults.Ok(await queries.ListAsync(filter, page.ToRequest(), actor, ct));
    }

    private static async Task<Results<Ok<InspectionView>, ErrorResult>> FindAsync(long id, InspectionQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.FindAsync(id, actor, ct)).OrNotFound(InspectionErrors.NotFound);

    private static async Task<Results<Ok<IReadOnlyList<CharacteristicPoint>>, ErrorResult>> CompareAsync(long materialId, string kind, string characteristic, InspectionQueries queries, ApiActor actor, CancellationToken ct)
    {
        var check = new Check();
        var when = ApiValues.Enum<InspectionKind>(kind, "Kind", check);
        return when is null ? new ErrorResult(check.Failed ? check.Errors : [CommonErrors.Required.On("Kind")]) : TypedResults.Ok(await queries.CompareAsync(materialId, when.Value, characteristic, actor, ct));
    }

    private static async Task<Results<Ok<InspectionOpened>, ErrorResult>> OpenAsync(OpenInspection input, OpenInspectionHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input, actor, ct)).ToHttp();

    private static async Task<Results<Ok<ResultsRecorded>, ErrorResult>> RecordAsync(long id, ResultsBody body, RecordResultsHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(new RecordResults(id, body.Results), actor, ct)).ToHttp();

    private static async Task<Results<Ok<InspectionConcluded>, ErrorResult>> ConcludeAsync(long id, ConclusionBody body, ConcludeInspectionHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(new ConcludeInspection(id, body.Note, body.SampleQuantity), actor, ct)).ToHttp();

    internal sealed record ResultsBody(IReadOnlyList<ResultInput> Results);

    internal sealed record ConclusionBody(string? Note = null, decimal? SampleQuantity = null);
}
