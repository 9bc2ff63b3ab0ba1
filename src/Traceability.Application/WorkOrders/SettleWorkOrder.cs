using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.Operations;
using Traceability.Domain.WorkOrders;

namespace Traceability.Application.WorkOrders;

public sealed record WorkOrderSettled(long Id, WorkOrderStatus Status);

/// <summary>Says that production of an order is over.</summary>
public sealed record CompleteWorkOrder(long Id);

public sealed class CompleteWorkOrderHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<WorkOrderSettled>> HandleAsync(CompleteWorkOrder input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.PlanWorkOrders) is { } forbidden) return forbidden;
        await using var db = await database.BeginAsync(actor, "orders.complete", ct);
        if (await db.LockOrderAsync(input.Id, actor, ct) is not { } order) return WorkOrderErrors.NotFound;
        var steps = await db.Of<WorkOrderStep>().AsNoTracking().Where(s => s.WorkOrderId == order.Id).ToListAsync(ct);
        var running = await db.Of<OperationReport>().AnyAsync(r => r.WorkOrderId == order.Id && r.Status == ReportStatus.Started, ct);
        var now = clock.GetUtcNow();
        if (order.Complete(steps, running, now) is { } refused) return refused;
        foreach (var run in await db.Of<Run>().Where(r => r.WorkOrderId == order.Id && r.EndedAt == null).ToListAsync(ct)) run.EndedAt = now;
        return await db.SaveAsync(() => new WorkOrderSettled(order.Id, order.Status), ct);
    }
}

/// <summary>Settles an order for good; refused, batch by batch, while issued material is neither consumed, returned nor scrapped.</summary>
public sealed record CloseWorkOrder(long Id);

public sealed class CloseWorkOrderHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<WorkOrderSettled>> HandleAsync(CloseWorkOrder input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.PlanWorkOrders) is { } forbidden) return forbidden;
        await using var db = await database.BeginAsync(actor, "orders.close", ct);
        if (await db.LockOrderAsync(input.Id, actor, ct) is not { } order) return WorkOrderErrors.NotFound;
        var open = (await db.IssuedToAsync(order.Id, ct)).Where(i => i.Open > 0).ToList();
        var ids = open.Select(o => o.BatchId).ToList();
        var codes = await db.Of<Batch>().Where(b => ids.Contains(b.Id)).ToDictionaryAsync(b => b.Id, b => b.Code, ct);
        var errors = order.Close([.. open.Select(o => (codes[o.BatchId], o.Open))], clock.GetUtcNow());
        return errors.Count > 0 ? errors : await db.SaveAsync(() => new WorkOrderSettled(order.Id, order.Status), ct);
    }
}

/// <summary>Gives an order up on which nothing was reported and nothing issued is open.</summary>
public sealed record CancelWorkOrder(long Id, string Reason);

public sealed class CancelWorkOrderHandler(TraceDatabase database)
{
    public async Task<Result<WorkOrderSettled>> HandleAsync(CancelWorkOrder input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.PlanWorkOrders) is { } forbidden) return forbidden;
        if (new Check().Reason(input.Reason) is { Failed: true } form) return form.Errors;
        await using var db = await database.BeginAsync(actor, "orders.cancel", ct, input.Reason.Trim());
        if (await db.LockOrderAsync(input.Id, actor, ct) is not { } order) return WorkOrderErrors.NotFound;
        var reported = await db.Of<OperationReport>().AnyAsync(r => r.WorkOrderId == order.Id && r.Status != ReportStatus.Reversed, ct);
        var open = (await db.IssuedToAsync(order.Id, ct)).Any(i => i.Open > 0);
        return order.Cancel(reported, open) is { } refused ? refused : await db.SaveAsync(() => new WorkOrderSettled(order.Id, order.Status), ct);
    }
}
