using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.Production;
using Traceability.Domain.WorkOrders;

namespace Traceability.Application.WorkOrders;

/// <summary>
/// Hands an order to production: freezes the active bill of materials (scaled to the order), routing and parameter limits,
/// and opens the order's run. Everything that is missing is named at once.
/// </summary>
public sealed record ReleaseWorkOrder(long Id);

public sealed record WorkOrderReleased(long Id, string Code, int BomVersion, int RoutingVersion);

public sealed class ReleaseWorkOrderHandler(TraceDatabase database, TimeProvider clock, ILogger<ReleaseWorkOrderHandler> log)
{
    public async Task<Result<WorkOrderReleased>> HandleAsync(ReleaseWorkOrder input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.PlanWorkOrders) is { } forbidden) return forbidden;
        var now = clock.GetUtcNow();
        await using var db = await database.BeginAsync(actor, "orders.release", ct);
        if (await db.LockOrderAsync(input.Id, actor, ct) is not { } order) return WorkOrderErrors.NotFound;
        var bom = await db.Of<Bom>().AsNoTracking().SingleOrDefaultAsync(b => b.MaterialId == order.MaterialId && b.Status == VersionStatus.Active, ct);
        var routing = await db.Of<Routing>().AsNoTracking().SingleOrDefaultAsync(r => r.MaterialId == order.MaterialId && r.Status == VersionStatus.Active, ct);
        var run = new Run { PlantId = order.PlantId, Grain = RunGrain.Order, WorkOrderId = order.Id, Label = order.Code, StartedAt = now };
        await db.AddAsync(run, ct);
        var errors = order.Release(bom, routing, run, now);
        if (errors.Count > 0) return errors;

        var steps = await db.Of<RoutingStep>().AsNoTracking().Where(s => s.RoutingId == routing!.Id).OrderBy(s => s.Number).ToListAsync(ct);
        var lines = await db.Of<BomLine>().AsNoTracking().Where(l => l.BomId == bom!.Id).OrderBy(l => l.Sequence).ToListAsync(ct);
        var lost = lines.Where(l => l.StepNumber is { } number && steps.All(s => s.Number != number)).ToList();
        if (lost.Count > 0) return lost.Select(l => WorkOrderErrors.BomStepUnknown.With(l.StepNumber)).ToList();

        foreach (var line in lines)
        {
            await db.AddAsync(new WorkOrderMaterial { WorkOrderId = order.Id, Sequence = line.Sequence, MaterialId = line.MaterialId, Quantity = bom!.Scale(line.Quantity, order.Quantity), StepNumber = line.StepNumber }, ct);
        }

        var stepIds = steps.Select(s => s.Id).ToList();
        var parameters = await db.Of<RoutingParameter>().AsNoTracking().Where(p => stepIds.Contains(p.RoutingStepId)).OrderBy(p => p.Sequence).ToListAsync(ct);
        foreach (var step in steps)
        {
            var copy = WorkOrderStep.From(step, order.Id);
            await db.AddAsync(copy, ct);
            foreach (var parameter in parameters.Where(p => p.RoutingStepId == step.Id)) await db.AddAsync(WorkOrderParameter.From(parameter, copy.Id), ct);
        }

        var saved = await db.SaveAsync(() => new WorkOrderReleased(order.Id, order.Code, bom!.Version, routing!.Version), ct);
        if (saved.IsSuccess) log.LogInformation("Order {Order} released", order.Code);
        return saved;
    }
}
