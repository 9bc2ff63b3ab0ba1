using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Data.Ledger;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.WorkOrders;

namespace Traceability.Application.WorkOrders;

/// <summary>Brings left-over issued material of an order back to the warehouse (also to quarantine).</summary>
/// <param name="FromLocationId">Line-side location it stands at.</param>
/// <param name="ToLocationId">Warehouse or quarantine location.</param>
public sealed record ReturnMaterial(long WorkOrderId, long BatchId, long FromLocationId, long ToLocationId, decimal Quantity, long ReasonCodeId, string? Note = null);

public sealed record MaterialMoved(long ActivityId);

public sealed class ReturnMaterialHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<MaterialMoved>> HandleAsync(ReturnMaterial input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.IssueMaterial) is { } forbidden) return forbidden;
        var form = new Check().Id(input.BatchId, nameof(input.BatchId)).Id(input.FromLocationId, nameof(input.FromLocationId)).Id(input.ToLocationId, nameof(input.ToLocationId))
            .Id(input.ReasonCodeId, nameof(input.ReasonCodeId)).Quantity(input.Quantity, nameof(input.Quantity)).OptionalText(input.Note, nameof(input.Note), 500);
        if (form.Failed) return form.Errors;
        await using var db = await database.BeginAsync(actor, "orders.return", ct, input.Note);
        if (await db.LockOrderAsync(input.WorkOrderId, actor, ct) is not { } order) return WorkOrderErrors.NotFound;
        if (order.Status is WorkOrderStatus.Closed or WorkOrderStatus.Cancelled) return WorkOrderErrors.Closed.With(order.Code);
        if (!await db.Of<ReasonCode>().AnyAsync(r => r.Id == input.ReasonCodeId && r.Kind == ReasonKind.Return && r.IsActive, ct)) return CommonErrors.Unknown.On(nameof(input.ReasonCodeId));
        var target = await db.Of<Location>().AsNoTracking().SingleOrDefaultAsync(l => l.Id == input.ToLocationId && l.PlantId == order.PlantId, ct);
        if (target is null) return CommonErrors.Unknown.On(nameof(input.ToLocationId));
        if (target.Kind is not (LocationKind.Warehouse or LocationKind.Quarantine)) return IssueErrors.NotToWarehouse.On(nameof(input.ToLocationId)).With(target.Code);
        if (await db.MoreThanOpenAsync(order.Id, input.BatchId, input.FromLocationId, input.Quantity, ct) is { } more) return more;

        var posted = await db.PostAsync(new Posting(ActivityKind.Return, [Posting.In(input.BatchId, input.FromLocationId, input.Quantity), Posting.Out(input.BatchId, target.Id, input.Quantity)])
        {
            WorkOrderId = order.Id,
            ReasonCodeId = input.ReasonCodeId,
            Reason = input.Note,
            Document = order.Code,
        }, actor, clock.GetUtcNow(), ct);
        return posted.IsSuccess ? await db.SaveAsync(() => new MaterialMoved(posted.Value.Id), ct) : posted.As<MaterialMoved>();
    }
}

/// <summary>Writes issued material off that can neither be used nor returned (spilled, dirty, residue of line clearance).</summary>
public sealed record ScrapIssuedMaterial(long WorkOrderId, long BatchId, long LocationId, decimal Quantity, long ReasonCodeId, string? Note = null);

public sealed class ScrapIssuedMaterialHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<MaterialMoved>> HandleAsync(ScrapIssuedMaterial input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ReportOperations) is { } forbidden) return forbidden;
        var form = new Check().Id(input.BatchId, nameof(input.BatchId)).Id(input.LocationId, nameof(input.LocationId)).Id(input.ReasonCodeId, nameof(input.ReasonCodeId))
            .Quantity(input.Quantity, nameof(input.Quantity)).OptionalText(input.Note, nameof(input.Note), 500);
        if (form.Failed) return form.Errors;
        await using var db = await database.BeginAsync(actor, "orders.scrap_issued", ct, input.Note);
        if (await db.LockOrderAsync(input.WorkOrderId, actor, ct) is not { } order) return WorkOrderErrors.NotFound;
        if (order.Status is WorkOrderStatus.Closed or WorkOrderStatus.Cancelled) return WorkOrderErrors.Closed.With(order.Code);
        if (!await db.Of<ReasonCode>().AnyAsync(r => r.Id == input.ReasonCodeId && r.Kind == ReasonKind.Scrap && r.IsActive, ct)) return CommonErrors.Unknown.On(nameof(input.ReasonCodeId));
        if (await db.MoreThanOpenAsync(order.Id, input.BatchId, input.LocationId, input.Quantity, ct) is { } more) return more;

        var posted = await db.PostAsync(new Posting(ActivityKind.Scrap, [Posting.In(input.BatchId, input.LocationId, input.Quantity)])
        {
            WorkOrderId = order.Id,
            ReasonCodeId = input.ReasonCodeId,
            Reason = input.Note,
            Document = order.Code,
        }, actor, clock.GetUtcNow(), ct);
        return posted.IsSuccess ? await db.SaveAsync(() => new MaterialMoved(posted.Value.Id), ct) : posted.As<MaterialMoved>();
    }
}

internal static class OpenMaterial
{
    /// <summary>The refusal when more of a batch is asked for than is open at the order there, or null.</summary>
    public static async Task<Error?> MoreThanOpenAsync(this TraceDbContext db, long orderId, long batchId, long locationId, decimal quantity, CancellationToken ct)
    {
        var open = (await db.IssuedToAsync(orderId, ct)).SingleOrDefault(i => i.BatchId == batchId && i.LocationId == locationId)?.Open ?? 0;
        if (quantity <= open) return null;
        var code = await db.Of<Batch>().Where(b => b.Id == batchId).Select(b => b.Code).SingleOrDefaultAsync(ct);
        return code is null ? BatchErrors.NotFound.On("BatchId") : IssueErrors.MoreThanOpen.On("Quantity").With(code, open, quantity);
    }
}
