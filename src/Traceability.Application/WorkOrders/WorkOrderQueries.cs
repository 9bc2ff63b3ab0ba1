using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Operations;
using Traceability.Domain.Production;
using Traceability.Domain.WorkOrders;

namespace Traceability.Application.WorkOrders;

/// <summary>Which orders a list shows.</summary>
public sealed record WorkOrderFilter(WorkOrderStatus? Status = null, long? MaterialId = null, DateTimeOffset? PlannedFrom = null, DateTimeOffset? PlannedTo = null);

/// <summary>Orders, their progress, output and history.</summary>
public sealed class WorkOrderQueries(TraceDatabase database)
{
    public async Task<Result<Paged<WorkOrderRow>>> ListAsync(PageRequest page, WorkOrderFilter filter, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewProduction) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var rows = from order in db.Of<WorkOrder>()
                   join material in db.Of<Material>() on order.MaterialId equals material.Id
                   join unit in db.Of<Unit>() on material.UnitId equals unit.Id
                   join person in db.Of<Person>() on order.ResponsiblePersonId equals person.Id into people
                   from responsible in people.DefaultIfEmpty()
                   where order.PlantId == actor.PlantId && (filter.Status == null || order.Status == filter.Status) && (filter.MaterialId == null || order.MaterialId == filter.MaterialId)
                       && (filter.PlannedFrom == null || order.PlannedStart >= filter.PlannedFrom) && (filter.PlannedTo == null || order.PlannedStart < filter.PlannedTo)
                   select new WorkOrderRow
                   {
                       Id = order.Id,
                       Code = order.Code,
                       MaterialId = material.Id,
                       MaterialCode = material.Code,
                       MaterialName = material.Name,
                       MaterialNameEn = material.NameEn,
                       Quantity = order.Quantity,
                       Produced = (from a in db.Of<Activity>() join l in db.Of<ActivityLine>() on a.Id equals l.ActivityId where a.WorkOrderId == order.Id && a.Kind == ActivityKind.Produce && l.Direction == LineDirection.Output select l.Quantity).Sum(),
                       UnitCode = unit.Code,
                       Decimals = unit.Decimals,
                       Status = order.Status,
                       PlannedStart = order.PlannedStart,
                       PlannedEnd = order.PlannedEnd,
                       ResponsibleName = responsible.Name,
                       StepCount = db.Of<WorkOrderStep>().Count(s => s.WorkOrderId == order.Id),
                       FinishedSteps = db.Of<WorkOrderStep>().Count(s => s.WorkOrderId == order.Id && s.Status == StepStatus.Finished),
                       CreatedAt = order.CreatedAt,
                   };
        return await rows.Matching(page.Text, r => r.Code, r => r.MaterialCode, r => r.MaterialName, r => r.MaterialNameEn).Sorted(page, nameof(WorkOrderRow.Id), fallbackDescending: true).ToPageAsync(page, ct);
    }

    public async Task<Result<WorkOrderView>> GetAsync(long id, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewProduction) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var head = await (from order in db.Of<WorkOrder>()
                          join material in db.Of<Material>() on order.MaterialId equals material.Id
                          join unit in db.Of<Unit>() on material.UnitId equals unit.Id
                          join person in db.Of<Person>() on order.ResponsiblePersonId equals person.Id into people
                          from responsible in people.DefaultIfEmpty()
                          where order.Id == id && order.PlantId == actor.PlantId
                          select new
                          {
                              order,
                              material,
                              unit,
                              responsible,
                              BomVersion = db.Of<Bom>().Where(b => b.Id == order.BomId).Select(b => (int?)b.Version).FirstOrDefault(),
                              RoutingVersion = db.Of<Routing>().Where(r => r.Id == order.RoutingId).Select(r => (int?)r.Version).FirstOrDefault(),
                          }).SingleOrDefaultAsync(ct);
        if (head is null) return WorkOrderErrors.NotFound;
        var steps = await (from step in db.Of<WorkOrderStep>()
                           join center in db.Of<WorkCenter>() on step.WorkCenterId equals center.Id
                           where step.WorkOrderId == id
                           orderby step.Number
                           select new { step, center }).ToListAsync(ct);
        var reports = await db.Of<OperationReport>().Where(r => r.WorkOrderId == id && r.Status != ReportStatus.Reversed).ToListAsync(ct);
        var outputs = await OutputsOf(db, id).ToListAsync(ct);
        var o = head.order;
        return new WorkOrderView(o.Id, o.Version, o.Code, new Ref(head.material.Id, head.material.Code, head.material.Name, head.material.NameEn), o.Quantity, head.unit.Code, head.unit.Decimals, o.Status,
            head.responsible is null ? null : new Ref(head.responsible.Id, head.responsible.Code, head.responsible.Name, head.responsible.NameEn), o.PlannedStart, o.PlannedEnd, o.LineCode,
            head.BomVersion, head.RoutingVersion, o.CreatedAt, o.ReleasedAt, o.CompletedAt, o.ClosedAt, o.Note, outputs.Sum(x => x.Produced),
            [.. steps.Select(s => Progress(s.step, s.center, [.. reports.Where(r => r.WorkOrderStepId == s.step.Id)]))]);
    }

    /// <summary>The batches the order made, newest first.</summary>
    public async Task<Result<IReadOnlyList<OutputView>>> OutputsAsync(long id, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewProduction) is { } forbidden) return forbidden;
        await using var db = database.Read();
        if (!await db.Of<WorkOrder>().AnyAsync(o => o.Id == id && o.PlantId == actor.PlantId, ct)) return WorkOrderErrors.NotFound;
        return await OutputsOf(db, id).Take(500).ToListAsync(ct);
    }

    private static StepProgress Progress(WorkOrderStep step, WorkCenter center, IReadOnlyList<OperationReport> reports) =>
        new(step.Id, step.Number, step.Name, step.NameEn, new Ref(center.Id, center.Code, center.Name, center.NameEn), step.Status, step.SkipRule, step.IsKeyPoint,
            reports.Sum(r => r.GoodQuantity), reports.Sum(r => r.ScrapQuantity), reports.Sum(r => r.ReworkQuantity), reports.Count, reports.Any(r => r.HasOutOfLimits),
            reports.Count == 0 ? null : reports.Min(r => r.StartedAt), reports.Count == 0 ? null : reports.Max(r => r.FinishedAt));

    private static IQueryable<OutputView> OutputsOf(TraceDbContext db, long orderId) =>
        from batch in db.Of<Batch>()
        where batch.WorkOrderId == orderId && batch.Origin == BatchOrigin.Produced
        orderby batch.Id descending
        select new OutputView(batch.Id, batch.Code, batch.QualityStatus, batch.HoldCount > 0,
            (from l in db.Of<ActivityLine>() join a in db.Of<Activity>() on l.ActivityId equals a.Id where l.BatchId == batch.Id && a.Kind == ActivityKind.Produce && l.Direction == LineDirection.Output select l.Quantity).Sum(),
            db.Of<Stock>().Where(s => s.BatchId == batch.Id).Sum(s => s.Quantity), batch.ProducedOn, batch.ExpiresOn);
}
