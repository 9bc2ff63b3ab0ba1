using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Operations;
using Traceability.Domain.WorkOrders;

namespace Traceability.Application.Operations;

/// <summary>Which reports a list shows.</summary>
public sealed record ReportFilter(ReportStatus? Status = null, long? WorkOrderId = null, long? OperatorId = null, long? EquipmentId = null, bool OutOfLimitsOnly = false, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>Operation reports as they stand: lists, one report, and all of an order for its dossier.</summary>
public sealed class ReportQueries(TraceDatabase database)
{
    public async Task<Result<Paged<ReportRow>>> ListAsync(PageRequest page, ReportFilter filter, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewProduction) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var rows = from report in db.Of<OperationReport>()
                   join order in db.Of<WorkOrder>() on report.WorkOrderId equals order.Id
                   join step in db.Of<WorkOrderStep>() on report.WorkOrderStepId equals step.Id
                   join material in db.Of<Material>() on order.MaterialId equals material.Id
                   join unit in db.Of<Unit>() on material.UnitId equals unit.Id
                   join person in db.Of<Person>() on report.OperatorId equals person.Id
                   join e in db.Of<Equipment>() on report.EquipmentId equals e.Id into machines
                   from machine in machines.DefaultIfEmpty()
                   where report.PlantId == actor.PlantId && (filter.Status == null || report.Status == filter.Status) && (filter.WorkOrderId == null || report.WorkOrderId == filter.WorkOrderId)
                       && (filter.OperatorId == null || report.OperatorId == filter.OperatorId) && (filter.EquipmentId == null || report.EquipmentId == filter.EquipmentId)
                       && (!filter.OutOfLimitsOnly || report.HasOutOfLimits) && (filter.From == null || report.StartedAt >= filter.From) && (filter.To == null || report.StartedAt < filter.To)
                   select new ReportRow
                   {
                       Id = report.Id,
                       WorkOrderId = order.Id,
                       OrderCode = order.Code,
                       StepNumber = step.Number,
                       StepName = step.Name,
                       StepNameEn = step.NameEn,
                       MaterialCode = material.Code,
                       OperatorName = person.Name,
                       OperatorId = person.Id,
                       EquipmentCode = machine.Code,
                       Status = report.Status,
                       StartedAt = report.StartedAt,
                       FinishedAt = report.FinishedAt,
                       GoodQuantity = report.GoodQuantity,
                       ScrapQuantity = report.ScrapQuantity,
                       ReworkQuantity = report.ReworkQuantity,
                       UnitCode = unit.Code,
                       Decimals = unit.Decimals,
                       HasOutOfLimits = report.HasOutOfLimits,
                       SkippedSteps = report.SkippedSteps,
                   };
        return await rows.Matching(page.Text, r => r.OrderCode, r => r.StepName, r => r.StepNameEn, r => r.MaterialCode, r => r.OperatorName, r => r.EquipmentCode)
            .Sorted(page, nameof(ReportRow.Id), fallbackDescending: true).ToPageAsync(page, ct);
    }

    public async Task<Result<ReportView>> GetAsync(long id, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewProduction) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var found = await LoadAsync(db, db.Of<OperationReport>().Where(r => r.Id == id && r.PlantId == actor.PlantId), ct);
        return found.Count == 0 ? OperationErrors.NotFound : found[0];
    }

    /// <summary>
    /// Every operation of an order as it was done, in the order of steps and time: people, machine, parameters with the limits
    /// they were judged by, what went in and came out. Reports taken back are left out unless asked for.
    /// </summary>
    public async Task<Result<IReadOnlyList<ReportView>>> ByWorkOrderAsync(long workOrderId, Actor actor, CancellationToken ct, bool includeReversed = false)
    {
        if (actor.Demand(Permission.ViewProduction) is { } forbidden) return forbidden;
        await using var db = database.Read();
        return await LoadAsync(db, db.Of<OperationReport>().Where(r => r.WorkOrderId == workOrderId && r.PlantId == actor.PlantId && (includeReversed || r.Status != ReportStatus.Reversed)), ct);
    }

    /// <summary>The wanted reports with everything in them, in a fixed number of statements.</summary>
    internal static async Task<List<ReportView>> LoadAsync(TraceDbContext db, IQueryable<OperationReport> wanted, CancellationToken ct)
    {
        var heads = await (from report in wanted
                           join order in db.Of<WorkOrder>() on report.WorkOrderId equals order.Id
                           join step in db.Of<WorkOrderStep>() on report.WorkOrderStepId equals step.Id
                           join center in db.Of<WorkCenter>() on step.WorkCenterId equals center.Id
                           join material in db.Of<Material>() on order.MaterialId equals material.Id
                           join unit in db.Of<Unit>() on material.UnitId equals unit.Id
                           join e in db.Of<Equipment>() on report.EquipmentId equals e.Id into machines
                           from machine in machines.DefaultIfEmpty()
                           orderby step.Number, report.StartedAt, report.Id
                           select new { report, order.Code, step, center, material, unit, machine }).ToListAsync(ct);
        if (heads.Count == 0) return [];
        var ids = heads.Select(h => h.report.Id).ToList();
        var helpers = await db.Of<OperationHelper>().Where(h => ids.Contains(h.OperationReportId)).ToListAsync(ct);
        var personIds = heads.SelectMany(h => new[] { h.report.OperatorId, h.report.FinishedBy, h.report.ReversedBy }).OfType<long>().Concat(helpers.Select(h => h.PersonId)).Distinct().ToList();
        var people = await db.Of<Person>().Where(p => personIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => new Ref(p.Id, p.Code, p.Name, p.NameEn), ct);
        var parameters = await (from measured in db.Of<OperationParameter>()
                                join parameter in db.Of<WorkOrderParameter>() on measured.WorkOrderParameterId equals parameter.Id
                                where ids.Contains(measured.OperationReportId)
                                orderby parameter.Sequence
                                select new { measured.OperationReportId, View = new MeasuredParameter(parameter.Code, parameter.Name, parameter.NameEn, parameter.Unit, measured.Value, measured.LowerLimit, measured.UpperLimit, measured.IsWithin, measured.MeasuredAt, measured.Source) }).ToListAsync(ct);
        var losses = await (from loss in db.Of<OperationLoss>()
                            join reason in db.Of<ReasonCode>() on loss.ReasonCodeId equals reason.Id
                            where ids.Contains(loss.OperationReportId)
                            orderby loss.Id
                            select new { loss.OperationReportId, View = new ReportedLoss(loss.Kind, new Ref(reason.Id, reason.Code, reason.Name, reason.NameEn), loss.Quantity, loss.Note) }).ToListAsync(ct);
        var lines = await (from activity in db.Of<Activity>()
                           join line in db.Of<ActivityLine>() on activity.Id equals line.ActivityId
                           where activity.OperationReportId != null && ids.Contains(activity.OperationReportId.Value)
                           group line.Quantity by new { Report = activity.OperationReportId!.Value, activity.Kind, line.Direction, line.BatchId } into g
                           select new { g.Key.Report, g.Key.Kind, g.Key.Direction, g.Key.BatchId, Quantity = g.Sum() }).ToListAsync(ct);
        var batchIds = lines.Select(l => l.BatchId).Distinct().ToList();
        var batches = await (from batch in db.Of<Batch>()
                             join material in db.Of<Material>() on batch.MaterialId equals material.Id
                             join unit in db.Of<Unit>() on material.UnitId equals unit.Id
                             where batchIds.Contains(batch.Id)
                             select new { batch, material, unit }).ToDictionaryAsync(b => b.batch.Id, ct);

        return [.. heads.Select(h =>
        {
            List<ReportedBatch> Batches(ActivityKind kind, LineDirection direction) => [.. lines.Where(l => l.Report == h.report.Id && l.Kind == kind && l.Direction == direction && l.Quantity > 0).OrderBy(l => l.BatchId)
                .Select(l =>
                {
                    var b = batches[l.BatchId];
                    return new ReportedBatch(b.batch.Id, b.batch.Code, new Ref(b.material.Id, b.material.Code, b.material.Name, b.material.NameEn), l.Quantity, b.unit.Code, b.unit.Decimals,
                        b.batch.QualityStatus, b.batch.HoldCount > 0, b.batch.SupplierBatchCode);
                })];
            var r = h.report;
            return new ReportView(r.Id, r.WorkOrderId, h.Code, new Ref(h.material.Id, h.material.Code, h.material.Name, h.material.NameEn), h.step.Id, h.step.Number, h.step.Name, h.step.NameEn, h.step.IsKeyPoint,
                new Ref(h.center.Id, h.center.Code, h.center.Name, h.center.NameEn), r.Status, r.StartedAt, r.FinishedAt, people[r.OperatorId], r.FinishedBy is { } by ? people[by] : null,
                [.. helpers.Where(x => x.OperationReportId == r.Id).Select(x => people[x.PersonId])], h.machine is null ? null : new Ref(h.machine.Id, h.machine.Code, h.machine.Name, h.machine.NameEn),
                r.GoodQuantity, r.ScrapQuantity, r.ReworkQuantity, h.unit.Code, h.unit.Decimals, r.HasOutOfLimits, r.SkippedSteps, r.Source, r.Device, r.Note, r.ReversedAt,
                r.ReversedBy is { } back ? people[back].Name : null, r.ReversalReason,
                [.. parameters.Where(p => p.OperationReportId == r.Id).Select(p => p.View)], [.. losses.Where(l => l.OperationReportId == r.Id).Select(l => l.View)],
                Batches(ActivityKind.Produce, LineDirection.Input), Batches(ActivityKind.Produce, LineDirection.Output), Batches(ActivityKind.Scrap, LineDirection.Input));
        })];
    }
}
