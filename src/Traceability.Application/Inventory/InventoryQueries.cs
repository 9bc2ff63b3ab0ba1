using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;

namespace Traceability.Application.Inventory;

/// <summary>Narrows the stock list.</summary>
/// <param name="ExpiringBy">Only batches whose last day of use is not after this day.</param>
public sealed record StockFilter(long? MaterialId = null, long? LocationId = null, long? BatchId = null, MaterialKind? Kind = null, QualityStatus? Status = null, bool? OnHold = null, DateOnly? ExpiringBy = null);

/// <summary>A quantity of a batch at a place.</summary>
public sealed record StockView
{
    public required long Id { get; init; }
    public required long BatchId { get; init; }
    public required string BatchCode { get; init; }
    public required long MaterialId { get; init; }
    public required string MaterialCode { get; init; }
    public required string MaterialName { get; init; }
    public required string? MaterialNameEn { get; init; }
    public required MaterialKind MaterialKind { get; init; }
    public required long LocationId { get; init; }
    public required string LocationCode { get; init; }
    public required string LocationName { get; init; }
    public required string? LocationNameEn { get; init; }
    public required LocationKind LocationKind { get; init; }
    public required decimal Quantity { get; init; }
    public required string Unit { get; init; }
    public required int Decimals { get; init; }
    public required QualityStatus QualityStatus { get; init; }
    public required bool IsOnHold { get; init; }
    public required string? SupplierBatchCode { get; init; }
    public required DateOnly? ExpiresOn { get; init; }
    public required DateTimeOffset OriginAt { get; init; }
}

/// <summary>All stock of one material by what may be done with it.</summary>
public sealed record MaterialStock(Ref Material, string Unit, int Decimals, int Batches, decimal Usable, decimal Pending, decimal Blocked, decimal InProcess)
{
    public decimal Total => Usable + Pending + Blocked + InProcess;
}

/// <summary>Where the book and the ledger's lines disagree. There must never be one.</summary>
public sealed record StockDifference(long BatchId, string BatchCode, string LocationCode, decimal StockQuantity, decimal LedgerQuantity);

/// <summary>Where a batch stood at a moment.</summary>
public sealed record StockAt(Ref Location, decimal Quantity);

/// <summary>Stock as it is now, as it was, and whether the book agrees with the ledger.</summary>
public sealed class InventoryQueries(TraceDatabase database)
{
    /// <summary>Stock by batch and place; without another order the batches to use first come first (earliest expiry, then oldest).</summary>
    public async Task<Result<Paged<StockView>>> StockAsync(StockFilter filter, PageRequest page, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewBatches) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var rows = Rows(db, actor.PlantId, filter).Matching(page.Text, r => r.BatchCode, r => r.SupplierBatchCode, r => r.MaterialCode, r => r.MaterialName, r => r.MaterialNameEn, r => r.LocationCode);
        var ordered = page.Sort is null
            ? rows.OrderBy(r => r.ExpiresOn == null).ThenBy(r => r.ExpiresOn).ThenBy(r => r.OriginAt).ThenBy(r => r.BatchId).ThenBy(r => r.Id)
            : rows.Sorted(page, nameof(StockView.BatchCode));
        return await ordered.ToPageAsync(page, ct);
    }

    /// <summary>What there is of each material, told apart by what may be done with it.</summary>
    public async Task<Result<IReadOnlyList<MaterialStock>>> TotalsAsync(StockFilter filter, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewBatches) is { } forbidden) return forbidden;
        await using var db = database.Read();
        return await db.ReadAsync("""
            select m.id, m.code, m.name, m.name_en, u.code, u.decimals, count(distinct b.id),
                   sum(s.quantity) filter (where o.kind <> 'line' and b.hold_count = 0 and b.quality_status in ('released', 'concession')),
                   sum(s.quantity) filter (where o.kind <> 'line' and b.hold_count = 0 and b.quality_status = 'pending'),
                   sum(s.quantity) filter (where o.kind <> 'line' and (b.hold_count > 0 or b.quality_status = 'rejected')),
                   sum(s.quantity) filter (where o.kind = 'line')
            from trace.stock s
            join trace.batch b on b.id = s.batch_id
            join trace.material m on m.id = b.material_id
            join trace.unit u on u.id = m.unit_id
            join trace.location o on o.id = s.location_id
            where s.plant_id = @plant and s.quantity > 0 and (@material = 0 or m.id = @material) and (@location = 0 or o.id = @location) and (@kind = '' or m.kind = @kind)
            group by m.id, u.id order by m.code
            """,
            r => new MaterialStock(new Ref(r.GetInt64(0), r.GetString(1), r.GetString(2), r.Text(3)), r.GetString(4), r.GetInt32(5), (int)r.GetInt64(6), r.Number(7), r.Number(8), r.Number(9), r.Number(10)), ct,
            ("plant", actor.PlantId), ("material", filter.MaterialId ?? 0), ("location", filter.LocationId ?? 0), ("kind", filter.Kind is { } kind ? Data.Conventions.Naming.Text(kind) : ""));
    }

    /// <summary>Where a batch stood at a moment, by what was recorded to have happened until then.</summary>
    public async Task<Result<IReadOnlyList<StockAt>>> WhereAsync(long batchId, DateTimeOffset at, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewBatches) is { } forbidden) return forbidden;
        await using var db = database.Read();
        if (!await db.Of<Batch>().AnyAsync(b => b.Id == batchId && b.PlantId == actor.PlantId, ct)) return BatchErrors.NotFound;
        return await db.ReadAsync("""
            select o.id, o.code, o.name, o.name_en, sum(case l.direction when 'output' then l.quantity else -l.quantity end)
            from trace.activity_line l join trace.activity a on a.id = l.activity_id join trace.location o on o.id = l.location_id
            where l.batch_id = @batch and a.occurred_at <= @at
            group by o.id having sum(case l.direction when 'output' then l.quantity else -l.quantity end) <> 0 order by o.code
            """,
            r => new StockAt(new Ref(r.GetInt64(0), r.GetString(1), r.GetString(2), r.Text(3)), r.GetDecimal(4)), ct, ("batch", batchId), ("at", at.ToUniversalTime()));
    }

    /// <summary>Compares every stock row with the sum of its lines; an empty answer is the proof that the book is right.</summary>
    public async Task<Result<IReadOnlyList<StockDifference>>> DifferencesAsync(Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewAudit) is { } forbidden) return forbidden;
        await using var db = database.Read();
        return await db.ReadAsync("""
            select d.batch_id, b.code, o.code, d.stock_quantity, d.ledger_quantity
            from trace.stock_difference d join trace.batch b on b.id = d.batch_id join trace.location o on o.id = d.location_id
            where b.plant_id = @plant order by b.code, o.code limit 1000
            """,
            r => new StockDifference(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetDecimal(3), r.GetDecimal(4)), ct, ("plant", actor.PlantId));
    }

    private static IQueryable<StockView> Rows(TraceDbContext db, long plantId, StockFilter filter) =>
        from s in db.Of<Stock>()
        join b in db.Of<Batch>() on s.BatchId equals b.Id
        join m in db.Of<Material>() on b.MaterialId equals m.Id
        join u in db.Of<Unit>() on m.UnitId equals u.Id
        join o in db.Of<Location>() on s.LocationId equals o.Id
        where s.PlantId == plantId && s.Quantity > 0
            && (filter.MaterialId == null || m.Id == filter.MaterialId) && (filter.LocationId == null || o.Id == filter.LocationId) && (filter.BatchId == null || b.Id == filter.BatchId)
            && (filter.Kind == null || m.Kind == filter.Kind) && (filter.Status == null || b.QualityStatus == filter.Status)
            && (filter.OnHold == null || b.HoldCount > 0 == filter.OnHold) && (filter.ExpiringBy == null || b.ExpiresOn <= filter.ExpiringBy)
        select new StockView
        {
            Id = s.Id,
            BatchId = b.Id,
            BatchCode = b.Code,
            MaterialId = m.Id,
            MaterialCode = m.Code,
            MaterialName = m.Name,
            MaterialNameEn = m.NameEn,
            MaterialKind = m.Kind,
            LocationId = o.Id,
            LocationCode = o.Code,
            LocationName = o.Name,
            LocationNameEn = o.NameEn,
            LocationKind = o.Kind,
            Quantity = s.Quantity,
            Unit = u.Code,
            Decimals = u.Decimals,
            QualityStatus = b.QualityStatus,
            IsOnHold = b.HoldCount > 0,
            SupplierBatchCode = b.SupplierBatchCode,
            ExpiresOn = b.ExpiresOn,
            OriginAt = b.OriginAt,
        };
}
