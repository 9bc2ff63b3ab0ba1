using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.WorkOrders;

namespace Traceability.Application.WorkOrders;

/// <summary>Material of an order: is it there, which batches to take, what became of those issued.</summary>
public sealed class OrderMaterialQueries(TraceDatabase database, TimeProvider clock)
{
    private sealed record Standing(long BatchId, string Code, long MaterialId, QualityStatus Status, int HoldCount, DateOnly? ExpiresOn, DateTimeOffset OriginAt, long LocationId, string LocationCode, string LocationName, string? LocationNameEn, decimal Quantity)
    {
        public bool IsFree(DateOnly today) => HoldCount == 0 && (Status is QualityStatus.Released or QualityStatus.Concession) && !(ExpiresOn < today);
    }

    private sealed record Need(Ref Material, string UnitCode, int Decimals, int? StepNumber, bool IsSubstitute, decimal Quantity);

    /// <summary>Every material of the order: needed, issued, available in the warehouse, short.</summary>
    public async Task<Result<IReadOnlyList<KitLine>>> KitAsync(long id, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewProduction) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var order = await db.Of<WorkOrder>().SingleOrDefaultAsync(o => o.Id == id && o.PlantId == actor.PlantId, ct);
        if (order is null) return WorkOrderErrors.NotFound;
        var needs = await NeedsAsync(db, order, ct);
        var (stock, today) = await StandingAsync(db, order.PlantId, [.. needs.Select(n => n.Material.Id)], ct);
        var issued = await IssuedByMaterialAsync(db, id, ct);
        return needs.Select(n =>
        {
            var here = stock.Where(s => s.MaterialId == n.Material.Id).ToList();
            var available = here.Where(s => s.IsFree(today)).Sum(s => s.Quantity);
            var net = issued.GetValueOrDefault(n.Material.Id);
            return new KitLine(n.Material, n.UnitCode, n.Decimals, n.StepNumber, n.IsSubstitute, n.Quantity, net, available, here.Sum(s => s.Quantity) - available, Math.Max(0, n.Quantity - net - available));
        }).ToList();
    }

    /// <summary>
    /// The batches to issue, earliest expiry first (then oldest): only released ones in date and not on hold, from warehouse
    /// locations, as much as the order still needs. Batches not needed any more are listed with a proposal of zero.
    /// </summary>
    public async Task<Result<IReadOnlyList<IssueProposal>>> ProposeAsync(long id, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewProduction) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var order = await db.Of<WorkOrder>().SingleOrDefaultAsync(o => o.Id == id && o.PlantId == actor.PlantId, ct);
        if (order is null) return WorkOrderErrors.NotFound;
        var needs = await NeedsAsync(db, order, ct);
        var (stock, today) = await StandingAsync(db, order.PlantId, [.. needs.Select(n => n.Material.Id)], ct);
        var issued = await IssuedByMaterialAsync(db, id, ct);
        var proposal = new List<IssueProposal>();
        foreach (var need in needs)
        {
            var rest = Math.Max(0, need.Quantity - issued.GetValueOrDefault(need.Material.Id));
            foreach (var s in stock.Where(s => s.MaterialId == need.Material.Id && s.IsFree(today)).OrderBy(s => s.ExpiresOn ?? DateOnly.MaxValue).ThenBy(s => s.OriginAt).ThenBy(s => s.BatchId).ThenBy(s => s.LocationId))
            {
                var part = Math.Min(rest, s.Quantity);
                rest -= part;
                proposal.Add(new IssueProposal(s.BatchId, s.Code, need.Material, need.UnitCode, need.Decimals, new Ref(s.LocationId, s.LocationCode, s.LocationName, s.LocationNameEn), s.ExpiresOn, s.Quantity, part));
            }
        }

        return proposal;
    }

    /// <summary>A scanned batch as it stands in the warehouse, whatever its status and material: whether it may be issued is said when it is tried, with the reason.</summary>
    public async Task<Result<IReadOnlyList<IssueProposal>>> FindBatchAsync(string code, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewProduction) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var wanted = code.Trim().ToUpperInvariant();
        return await (from s in db.Of<Stock>()
                      join b in db.Of<Batch>() on s.BatchId equals b.Id
                      join m in db.Of<Material>() on b.MaterialId equals m.Id
                      join u in db.Of<Unit>() on m.UnitId equals u.Id
                      join l in db.Of<Location>() on s.LocationId equals l.Id
                      where s.PlantId == actor.PlantId && s.Quantity > 0 && l.Kind == LocationKind.Warehouse && b.Code == wanted
                      orderby l.Code
                      select new IssueProposal(b.Id, b.Code, new Ref(m.Id, m.Code, m.Name, m.NameEn), u.Code, u.Decimals, new Ref(l.Id, l.Code, l.Name, l.NameEn), b.ExpiresOn, s.Quantity, 0)).ToListAsync(ct);
    }

    /// <summary>Every batch issued to the order and what became of it.</summary>
    public async Task<Result<IReadOnlyList<IssuedView>>> IssuedAsync(long id, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewProduction) is { } forbidden) return forbidden;
        await using var db = database.Read();
        if (!await db.Of<WorkOrder>().AnyAsync(o => o.Id == id && o.PlantId == actor.PlantId, ct)) return WorkOrderErrors.NotFound;
        return await LoadIssuedAsync(db, id, ct);
    }

    /// <summary>Hand-overs of the order in time: issues, returns, scrap.</summary>
    public async Task<Result<IReadOnlyList<OrderMove>>> MovesAsync(long id, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewProduction) is { } forbidden) return forbidden;
        await using var db = database.Read();
        if (!await db.Of<WorkOrder>().AnyAsync(o => o.Id == id && o.PlantId == actor.PlantId, ct)) return WorkOrderErrors.NotFound;
        return await (from activity in db.Of<Activity>()
                      join line in db.Of<ActivityLine>() on activity.Id equals line.ActivityId
                      join batch in db.Of<Batch>() on line.BatchId equals batch.Id
                      join material in db.Of<Material>() on batch.MaterialId equals material.Id
                      join unit in db.Of<Unit>() on material.UnitId equals unit.Id
                      join person in db.Of<Person>() on activity.PersonId equals person.Id
                      join second in db.Of<Person>() on activity.WitnessId equals second.Id into witnesses
                      from witness in witnesses.DefaultIfEmpty()
                      where activity.WorkOrderId == id && line.Direction == LineDirection.Input && (activity.Kind == ActivityKind.Issue || activity.Kind == ActivityKind.Return || activity.Kind == ActivityKind.Scrap)
                      orderby activity.Id descending, line.Id
                      select new OrderMove(activity.Id, activity.Kind, activity.OccurredAt, person.Name, witness.Name, batch.Code, batch.Id, line.Quantity, unit.Code, activity.Reason)).Take(500).ToListAsync(ct);
    }

    internal static async Task<List<IssuedView>> LoadIssuedAsync(TraceDbContext db, long orderId, CancellationToken ct)
    {
        var issued = await db.IssuedToAsync(orderId, ct);
        var batchIds = issued.Select(i => i.BatchId).Distinct().ToList();
        var locationIds = issued.Select(i => i.LocationId).Distinct().ToList();
        var batches = await (from batch in db.Of<Batch>()
                             join material in db.Of<Material>() on batch.MaterialId equals material.Id
                             join unit in db.Of<Unit>() on material.UnitId equals unit.Id
                             where batchIds.Contains(batch.Id)
                             select new { batch, material, unit }).ToDictionaryAsync(b => b.batch.Id, ct);
        var locations = await db.Of<Location>().Where(l => locationIds.Contains(l.Id)).ToDictionaryAsync(l => l.Id, ct);
        return [.. issued.Select(i =>
        {
            var b = batches[i.BatchId];
            var l = locations[i.LocationId];
            return new IssuedView(i.BatchId, b.batch.Code, new Ref(b.material.Id, b.material.Code, b.material.Name, b.material.NameEn), b.unit.Code, b.unit.Decimals, new Ref(l.Id, l.Code, l.Name, l.NameEn),
                b.batch.QualityStatus, b.batch.HoldCount > 0, b.batch.ExpiresOn, i.Issued, i.Returned, i.Consumed, i.Scrapped, i.Open);
        }).OrderBy(i => i.Material.Code).ThenBy(i => i.ExpiresOn ?? DateOnly.MaxValue).ThenBy(i => i.BatchId)];
    }

    /// <summary>The order's bill of materials, and substitutes let through for it (which nothing is planned of).</summary>
    private static async Task<List<Need>> NeedsAsync(TraceDbContext db, WorkOrder order, CancellationToken ct)
    {
        var planned = await (from line in db.Of<WorkOrderMaterial>()
                             join material in db.Of<Material>() on line.MaterialId equals material.Id
                             join unit in db.Of<Unit>() on material.UnitId equals unit.Id
                             where line.WorkOrderId == order.Id
                             orderby line.Sequence
                             select new Need(new Ref(material.Id, material.Code, material.Name, material.NameEn), unit.Code, unit.Decimals, line.StepNumber, false, line.Quantity)).ToListAsync(ct);
        var substitutes = await (from deviation in db.Of<Deviation>()
                                 join material in db.Of<Material>() on deviation.MaterialId equals material.Id
                                 join unit in db.Of<Unit>() on material.UnitId equals unit.Id
                                 where deviation.WorkOrderId == order.Id && deviation.Status == DeviationStatus.Approved
                                 select new Need(new Ref(material.Id, material.Code, material.Name, material.NameEn), unit.Code, unit.Decimals, null, true, 0)).ToListAsync(ct);
        return [.. planned, .. substitutes.Where(s => planned.All(p => p.Material.Id != s.Material.Id)).DistinctBy(s => s.Material.Id)];
    }

    private async Task<(List<Standing> Stock, DateOnly Today)> StandingAsync(TraceDbContext db, long plantId, List<long> materialIds, CancellationToken ct)
    {
        var plant = await db.Of<Plant>().SingleAsync(p => p.Id == plantId, ct);
        var stock = await (from s in db.Of<Stock>()
                           join b in db.Of<Batch>() on s.BatchId equals b.Id
                           join l in db.Of<Location>() on s.LocationId equals l.Id
                           where s.PlantId == plantId && s.Quantity > 0 && l.Kind == LocationKind.Warehouse && materialIds.Contains(b.MaterialId)
                           select new Standing(b.Id, b.Code, b.MaterialId, b.QualityStatus, b.HoldCount, b.ExpiresOn, b.OriginAt, l.Id, l.Code, l.Name, l.NameEn, s.Quantity)).ToListAsync(ct);
        return (stock, plant.DayOf(clock.GetUtcNow()));
    }

    private static async Task<Dictionary<long, decimal>> IssuedByMaterialAsync(TraceDbContext db, long orderId, CancellationToken ct)
    {
        var issued = await db.IssuedToAsync(orderId, ct);
        var ids = issued.Select(i => i.BatchId).Distinct().ToList();
        var materials = await db.Of<Batch>().Where(b => ids.Contains(b.Id)).ToDictionaryAsync(b => b.Id, b => b.MaterialId, ct);
        return issued.GroupBy(i => materials[i.BatchId]).ToDictionary(g => g.Key, g => g.Sum(i => i.Issued - i.Returned));
    }
}
