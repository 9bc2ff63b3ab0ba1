using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Traceability.Application.Batches;
using Traceability.Application.Dossiers;
using Traceability.Application.Labels;
using Traceability.Application.Quality;
using Traceability.Application.Receiving;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;
using Traceability.Web.Auth;

namespace Traceability.Web.Api;

/// <summary>Batches, their papers, their labels and what quality decides about them.</summary>
public static class BatchesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/batches").WithTags("Batches");
        group.MapGet("/", ListAsync).RequirePermission(Permission.ViewBatches).WithSummary("Batches, newest first");
        group.MapGet("/{id:long}", FindAsync).RequirePermission(Permission.ViewBatches).WithSummary("One batch");
        group.MapGet("/by-code/{code}", FindByCodeAsync).RequirePermission(Permission.ViewBatches).WithSummary("One batch by its printed code");
        group.MapGet("/{id:long}/moves", MovesAsync).RequirePermission(Permission.ViewBatches).WithSummary("Every in and out of the batch with the balance after it");
        group.MapGet("/{id:long}/related", RelatedAsync).RequirePermission(Permission.ViewBatches).WithSummary("What it was made of and became, who used it, where it went");
        group.MapGet("/{id:long}/operations", OperationsAsync).RequirePermission(Permission.ViewProduction).WithSummary("Operation reports the batch took part in");
        group.MapGet("/{id:long}/quality", QualityAsync).RequirePermission(Permission.ViewQuality).WithSummary("Inspections, decisions and holds");
        group.MapGet("/{id:long}/files", FilesAsync).RequirePermission(Permission.ViewBatches).WithSummary("Papers of the batch");
        group.MapPost("/{id:long}/files", AddFileAsync).RequirePermission(Permission.ViewBatches).WithSummary("Put a paper on the batch (content in base64)");
        group.MapPost("/{id:long}/certificate", CertificateAsync).RequirePermission(Permission.ViewBatches).WithSummary("File the supplier's certificate (content in base64)");
        group.MapPost("/{id:long}/decisions", DecideAsync).RequirePermission(Permission.ReleaseBatches).WithSummary("Release, reject, override or concede");
        group.MapGet("/{id:long}/label", LabelAsync).RequirePermission(Permission.PrintLabels).WithSummary("The batch's label as PDF");
        group.MapGet("/labels", LabelsAsync).RequirePermission(Permission.PrintLabels).WithSummary("Labels of several batches as one PDF");
    }

    private static async Task<Results<Ok<Paged<BatchRow>>, ErrorResult>> ListAsync([AsParameters] BatchQuery query, [AsParameters] ApiPage page, BatchQueries queries, ApiActor actor, CancellationToken ct) =>
        query.Read().Failed(out var errors, out var filter) ? new ErrorResult(errors) : TypedResults.Ok(await queries.ListAsync(filter, page.ToRequest(), actor, ct));

    private static async Task<Results<Ok<BatchView>, ErrorResult>> FindAsync(long id, BatchQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.FindAsync(id, actor, ct)).OrNotFound(BatchErrors.NotFound);

    private static async Task<Results<Ok<BatchView>, ErrorResult>> FindByCodeAsync(string code, BatchQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.FindIdAsync(code, actor, ct) is { } id ? await queries.FindAsync(id, actor, ct) : null).OrNotFound(BatchErrors.NotFound);

    private static async Task<Ok<Paged<MoveView>>> MovesAsync(long id, [AsParameters] ApiPage page, BatchHistoryQueries queries, ApiActor actor, CancellationToken ct) =>
        TypedResults.Ok(await queries.MovesAsync(id, page.ToRequest(), actor, ct));

    private static async Task<Ok<IReadOnlyList<RelatedView>>> RelatedAsync(long id, BatchHistoryQueries queries, ApiActor actor, CancellationToken ct) =>
        TypedResults.Ok(await queries.RelatedAsync(id, actor, ct));

    private static async Task<Ok<IReadOnlyList<BatchOperationView>>> OperationsAsync(long id, BatchHistoryQueries queries, ApiActor actor, CancellationToken ct) =>
        TypedResults.Ok(await queries.OperationsAsync(id, actor, ct));

    private static async Task<Ok<BatchQualityView>> QualityAsync(long id, BatchQueries queries, ApiActor actor, CancellationToken ct) =>
        TypedResults.Ok(await queries.QualityAsync(id, actor, ct));

    private static async Task<Ok<IReadOnlyList<FileView>>> FilesAsync(long id, BatchQueries queries, ApiActor actor, CancellationToken ct) =>
        TypedResults.Ok(await queries.FilesAsync(id, actor, ct));

    private static async Task<Results<Ok<BatchFileAdded>, ErrorResult>> AddFileAsync(long id, BatchFileBody body, AddBatchFileHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(new AddBatchFile(id, body.Kind, body.File), actor, ct)).ToHttp();

    private static async Task<Results<Ok<CertificateFiled>, ErrorResult>> CertificateAsync(long id, CertificateBody body, FileCertificateHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(new FileCertificate(id, body.Number, body.File), actor, ct)).ToHttp();

    private static async Task<Results<Ok<BatchDecided>, ErrorResult>> DecideAsync(long id, DecisionBody body, DecideBatchHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(new DecideBatch(id, body.Kind, body.Reason, body.InspectionId, body.SecondUserName, body.SecondPassword), actor, ct)).ToHttp();

    private static Task<Results<FileContentHttpResult, ErrorResult>> LabelAsync(long id, string? size, int? copies, LabelQueries labels, ILabelRenderer renderer, TimeProvider clock, ApiActor actor, CancellationToken ct) =>
        RenderAsync([id], size, copies, labels, renderer, clock, actor, ct);

    private static Task<Results<FileContentHttpResult, ErrorResult>> LabelsAsync(long[] ids, string? size, int? copies, LabelQueries labels, ILabelRenderer renderer, TimeProvider clock, ApiActor actor, CancellationToken ct) =>
        RenderAsync(ids, size, copies, labels, renderer, clock, actor, ct);

    private static async Task<Results<FileContentHttpResult, ErrorResult>> RenderAsync(long[] ids, string? size, int? copies, LabelQueries labels, ILabelRenderer renderer, TimeProvider clock, ApiActor actor, CancellationToken ct)
    {
        var check = new Check();
        var wanted = ApiValues.Enum<LabelSize>(size, "Size", check) ?? LabelSize.Large;
        if (check.Failed) return new ErrorResult(check.Errors);
        var found = await labels.BatchesAsync(ids, copies ?? 1, actor, ct);
        if (!found.IsSuccess) return new ErrorResult(found.Errors);
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? DocumentLanguage.Chinese : DocumentLanguage.English;
        var pdf = await renderer.RenderAsync(found.Value, wanted, language, clock.GetUtcNow(), ct);
        // Without a file name the browser shows it, ready to print.
        return TypedResults.File(pdf.Content, "application/pdf");
    }

    internal sealed record BatchQuery(string? Status, string? Kind, string? Origin, bool? OnHold, int? ExpiresWithin, bool? InStock, long? MaterialId, long? SupplierId, long? WorkOrderId)
    {
        public Result<BatchFilter> Read()
        {
            var check = new Check();
            var filter = new BatchFilter(ApiValues.Enum<QualityStatus>(Status, nameof(Status), check), ApiValues.Enum<MaterialKind>(Kind, nameof(Kind), check), OnHold, ExpiresWithin, InStock,
                MaterialId, SupplierId, WorkOrderId, ApiValues.Enum<BatchOrigin>(Origin, nameof(Origin), check));
            return check.Failed ? check.Errors : filter;
        }
    }

    internal sealed record BatchFileBody(BatchFileKind Kind, FileInput File);

    internal sealed record CertificateBody(string Number, FileInput File);

    internal sealed record DecisionBody(DecisionKind Kind, string? Reason = null, long? InspectionId = null, string? SecondUserName = null, string? SecondPassword = null);
}
