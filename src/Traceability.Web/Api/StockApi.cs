using Microsoft.AspNetCore.Http.HttpResults;
using Traceability.Application.Inventory;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Web.Auth;

namespace Traceability.Web.Api;

/// <summary>Stock and what changes it.</summary>
public static class StockApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/stock").WithTags("Stock");
        group.MapGet("/", ListAsync).RequirePermission(Permission.ViewBatches).WithSummary("Stock by batch and location, earliest expiry first");
        group.MapGet("/totals", TotalsAsync).RequirePermission(Permission.ViewBatches).WithSummary("Stock of each material by what may be done with it");
        group.MapGet("/differences", DifferencesAsync).RequirePermission(Permission.ViewAudit).WithSummary("Where the book and the ledger disagree; must be empty");
        group.MapGet("/batches/{batchId:long}/at", WhereAsync).RequirePermission(Permission.ViewBatches).WithSummary("Where a batch stood at a moment");
        group.MapPost("/transfers", TransferAsync).RequirePermission(Permission.MoveInventory).WithSummary("Move a batch to another location");
        group.MapPost("/splits", SplitAsync).RequirePermission(Permission.MoveInventory).WithSummary("Divide a batch");
        group.MapPost("/merges", MergeAsync).RequirePermission(Permission.MoveInventory).WithSummary("Put batches of one material together");
        group.MapPost("/scraps", ScrapAsync).RequirePermission(Permission.AdjustInventory).WithSummary("Write material off");
        group.MapPost("/adjustments", AdjustAsync).RequirePermission(Permission.AdjustInventory).WithSummary("Bring the book to what was counted");
        group.MapPost("/samples", SampleAsync).RequirePermission(Permission.Inspect).WithSummary("Take a sample");
    }

    private static async Task<Results<Ok<Paged<StockView>>, ErrorResult>> ListAsync([AsParameters] StockQuery query, [AsParameters] ApiPage page, InventoryQueries queries, ApiActor actor, CancellationToken ct) =>
        query.Read().Failed(out var errors, out var filter) ? new ErrorResult(errors) : (await queries.StockAsync(filter, page.ToRequest(), actor, ct)).ToHttp();

    private static async Task<Results<Ok<IReadOnlyList<MaterialStock>>, ErrorResult>> TotalsAsync([AsParameters] StockQuery query, InventoryQueries queries, ApiActor actor, CancellationToken ct) =>
        query.Read().Failed(out var errors, out var filter) ? new ErrorResult(errors) : (await queries.TotalsAsync(filter, actor, ct)).ToHttp();

    private static async Task<Results<Ok<IReadOnlyList<StockDifference>>, ErrorResult>> DifferencesAsync(InventoryQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.DifferencesAsync(actor, ct)).ToHttp();

    private static async Task<Results<Ok<IReadOnlyList<StockAt>>, ErrorResult>> WhereAsync(long batchId, DateTimeOffset? at, TimeProvider clock, InventoryQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.WhereAsync(batchId, at ?? clock.GetUtcNow(), actor, ct)).ToHttp();

    private static async Task<Results<Ok<BatchTransferred>, ErrorResult>> TransferAsync(TransferBatch input, TransferBatchHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input, actor, ct)).ToHttp();

    private static async Task<Results<Ok<BatchSplit>, ErrorResult>> SplitAsync(SplitBatch input, SplitBatchHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input, actor, ct)).ToHttp();

    private static async Task<Results<Ok<BatchesMerged>, ErrorResult>> MergeAsync(MergeBatches input, MergeBatchesHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input, actor, ct)).ToHttp();

    private static async Task<Results<Ok<StockChanged>, ErrorResult>> ScrapAsync(ScrapBatch input, ScrapBatchHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input, actor, ct)).ToHttp();

    private static async Task<Results<Ok<StockChanged>, ErrorResult>> AdjustAsync(AdjustStock input, AdjustStockHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input, actor, ct)).ToHttp();

    private static async Task<Results<Ok<StockChanged>, ErrorResult>> SampleAsync(TakeSample input, TakeSampleHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input, actor, ct)).ToHttp();

    internal sealed record StockQuery(long? MaterialId, long? LocationId, long? BatchId, string? Kind, string? Status, bool? OnHold, DateOnly? ExpiringBy)
    {
        public Result<StockFilter> Read()
        {
            var check = new Check();
            var filter = new StockFilter(MaterialId, LocationId, BatchId, ApiValues.Enum<MaterialKind>(Kind, nameof(Kind), check), ApiValues.Enum<QualityStatus>(Status, nameof(Status), check), OnHold, ExpiringBy);
            return check.Failed ? check.Errors : filter;
        }
    }
}
