using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.WorkOrders;

namespace Traceability.Application.WorkOrders;

/// <summary>Deviations asked for and decided.</summary>
public sealed class DeviationQueries(TraceDatabase database)
{
    /// <param name="workOrderId">Only those of one order; null for all of the plant.</param>
    public async Task<Result<IReadOnlyList<DeviationView>>> ListAsync(long? workOrderId, DeviationStatus? status, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewProduction) is { } forbidden) return forbidden;
        await using var db = database.Read();
        return await (from deviation in db.Of<Deviation>()
                      join order in db.Of<WorkOrder>() on deviation.WorkOrderId equals order.Id
                      join material in db.Of<Material>() on deviation.MaterialId equals material.Id
                      join unit in db.Of<Unit>() on material.UnitId equals unit.Id
                      join asker in db.Of<Person>() on deviation.RequestedBy equals asker.Id
                      join b in db.Of<Batch>() on deviation.BatchId equals b.Id into batches
                      from batch in batches.DefaultIfEmpty()
                      join r in db.Of<Material>() on deviation.ReplacesMaterialId equals r.Id into replacedMaterials
                      from replaced in replacedMaterials.DefaultIfEmpty()
                      join d in db.Of<Person>() on deviation.DecidedBy equals d.Id into deciders
                      from decider in deciders.DefaultIfEmpty()
                      where deviation.PlantId == actor.PlantId && (workOrderId == null || deviation.WorkOrderId == workOrderId) && (status == null || deviation.Status == status)
                      orderby deviation.Id descending
                      select new DeviationView(deviation.Id, deviation.Code, order.Id, order.Code, new Ref(material.Id, material.Code, material.Name, material.NameEn), batch.Code, deviation.BatchId,
                          replaced == null ? null : new Ref(replaced.Id, replaced.Code, replaced.Name, replaced.NameEn), deviation.MaxQuantity, unit.Code, deviation.Reason, deviation.Status,
                          asker.Name, asker.Id, deviation.RequestedAt, decider.Name, deviation.DecidedAt, deviation.DecisionNote)).Take(500).ToListAsync(ct);
    }
}
