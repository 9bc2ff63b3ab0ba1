using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Application.WorkOrders;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Operations;
using Traceability.Domain.Production;
using Traceability.Domain.WorkOrders;

namespace Traceability.Application.Operations;

/// <summary>The operators' side: what is there to do, and the form of one operation.</summary>
public sealed class OperationQueries(TraceDatabase database, WorkOrderQueries orders)
{
    /// <summary>
    /// Operations that can be worked on: of released and running orders, not finished, nothing before them missing that may not
    /// be skipped. Earliest planned start first.
    /// </summary>
    public async Task<Result<Paged<ReadyOperation>>> ReadyAsync(PageRequest page, long? workCenterId, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewProduction) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var rows = from step in db.Of<WorkOrderStep>()
                   join order in db.Of<WorkOrder>() on step.WorkOrderId equals order.Id
                   join material in db.Of<Material>() on order.MaterialId equals material.Id
                   join unit in db.Of<Unit>() on material.UnitId equals unit.Id
                   join center in db.Of<WorkCenter>() on step.WorkCenterId equals center.Id
                   where order.PlantId == actor.PlantId && (order.Status == WorkOrderStatus.Released || order.Status == WorkOrderStatus.InProgress) && step.Status != StepStatus.Finished
                       && (workCenterId == null || step.WorkCenterId == workCenterId)
                       && !db.Of<WorkOrderStep>().Any(e => e.WorkOrderId == order.Id && e.Number < step.Number && e.Status == StepStatus.Open && e.SkipRule == SkipRule.Refuse)
                   select new ReadyOperation
                   {
                       Id = step.Id,
                       Number = step.Number,
                       Name = step.Name,
                       NameEn = step.NameEn,
                       IsKeyPoint = step.IsKeyPoint,
                       Status = step.Status,
                       WorkOrderId = order.Id,
                       OrderCode = order.Code,
                       MaterialCode = material.Code,
                       MaterialName = material.Name,
                       MaterialNameEn = material.NameEn,
                       Quantity = order.Quantity,
                       Good = db.Of<OperationReport>().Where(r => r.WorkOrderStepId == step.Id && r.Status == ReportStatus.Finished).Sum(r => r.GoodQuantity),
                       UnitCode = unit.Code,
                       Decimals = unit.Decimals,
                       WorkCenterId = center.Id,
                       WorkCenterCode = center.Code,
                       WorkCenterName = center.Name,
                       WorkCenterNameEn = center.NameEn,
                       PlannedStart = order.PlannedStart,
                       PlannedEnd = order.PlannedEnd,
                       IsRunning = db.Of<OperationReport>().Any(r => r.WorkOrderStepId == step.Id && r.Status == ReportStatus.Started),
                   };
        return await rows.Matching(page.Text, r => r.OrderCode, r => r.MaterialCode, r => r.MaterialName, r => r.Name, r => r.NameEn).Sorted(page, nameof(ReadyOperation.PlannedStart)).ToPageAsync(page, ct);
    }

    /// <summary>The form of one operation: parameters with limits, issued batches (earliest expiry first), outputs so far, machines.</summary>
    public async Task<Result<OperationForm>> FormAsync(long stepId, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewProduction) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var head = await (from step in db.Of<WorkOrderStep>()
                          join order in db.Of<WorkOrder>() on step.WorkOrderId equals order.Id
                          join material in db.Of<Material>() on order.MaterialId equals material.Id
                          join unit in db.Of<Unit>() on material.UnitId equals unit.Id
                          join center in db.Of<WorkCenter>() on step.WorkCenterId equals center.Id
                          join place in db.Of<Location>() on center.LocationId equals place.Id
                          where step.Id == stepId && order.PlantId == actor.PlantId
                          select new { step, order, material, unit, center, place }).SingleOrDefaultAsync(ct);
        if (head is null) return OperationErrors.StepNotFound;
        var steps = await db.Of<WorkOrderStep>().Where(s => s.WorkOrderId == head.order.Id).OrderBy(s => s.Number).ToListAsync(ct);
        var parameters = await db.Of<WorkOrderParameter>().Where(p => p.WorkOrderStepId == stepId).OrderBy(p => p.Sequence)
            .Select(p => new StepParameter(p.Id, p.Code, p.Name, p.NameEn, p.Unit, p.LowerLimit, p.UpperLimit, p.IsRequired)).ToListAsync(ct);
        var equipment = await db.Of<Equipment>().Where(e => e.WorkCenterId == head.center.Id && e.IsActive).OrderBy(e => e.Code)
            .Select(e => new EquipmentChoice(e.Id, e.Code, e.Name, e.NameEn, e.Status == EquipmentStatus.Available)).ToListAsync(ct);
        var running = await (from report in db.Of<OperationReport>()
                             join person in db.Of<Person>() on report.OperatorId equals person.Id
                             join e in db.Of<Equipment>() on report.EquipmentId equals e.Id into machines
                             from machine in machines.DefaultIfEmpty()
                             where report.WorkOrderStepId == stepId && report.Status == ReportStatus.Started
                             orderby report.OperatorId == actor.PersonId descending, report.Id
                             select new RunningReport(report.Id, report.StartedAt, person.Name, machine.Code)).FirstOrDefaultAsync(ct);
        var good = await db.Of<OperationReport>().Where(r => r.WorkOrderStepId == stepId && r.Status == ReportStatus.Finished).SumAsync(r => r.GoodQuantity, ct);
        var issued = await OrderMaterialQueries.LoadIssuedAsync(db, head.order.Id, ct);
        var last = head.step.Number == steps[^1].Number;
        var usedHere = await db.Of<WorkOrderMaterial>().Where(m => m.WorkOrderId == head.order.Id && (m.StepNumber == head.step.Number || (last && m.StepNumber == null))).Select(m => m.MaterialId).ToListAsync(ct);
        var outputs = await orders.OutputsAsync(head.order.Id, actor, ct);
        if (!outputs.IsSuccess) return outputs.As<OperationForm>();
        return new OperationForm(head.step.Id, head.step.Number, head.step.Name, head.step.NameEn, head.step.IsKeyPoint, head.step.EquipmentRequired, head.step.SkipRule, head.step.Status,
            new Ref(head.center.Id, head.center.Code, head.center.Name, head.center.NameEn), new Ref(head.place.Id, head.place.Code, head.place.Name, head.place.NameEn),
            head.order.Id, head.order.Code, head.order.Status, new Ref(head.material.Id, head.material.Code, head.material.Name, head.material.NameEn), head.material.Tracking == Tracking.Serial,
            head.order.Quantity, good, head.unit.Code, head.unit.Decimals, last,
            [.. steps.Where(s => s.Number < head.step.Number && s.Status == StepStatus.Open).Select(s => new OpenEarlierStep(s.Number, s.Name, s.NameEn, s.SkipRule))],
            parameters, [.. issued.Where(i => i.Open > 0)], outputs.Value, equipment, running, usedHere);
    }
}
