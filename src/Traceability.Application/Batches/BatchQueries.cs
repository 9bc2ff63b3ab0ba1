using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Files;
using Traceability.Domain.Holds;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;
using Traceability.Domain.Receiving;
using Traceability.Domain.WorkOrders;

namespace Traceability.Application.Batches;

/// <summary>Reads batches of the actor's plant.</summary>
public sealed class BatchQueries(TraceDatabase database, TimeProvider clock)
{
    /// <summary>Batches by code, supplier batch, supplier or material; newest first.</summary>
    public async Task<Paged<BatchRow>> ListAsync(BatchFilter filter, PageRequest page, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewBatches)) return new Paged<BatchRow>([], 0);
        await using var db = database.Read();
        var batches = db.Of<Batch>().Where(b => b.PlantId == actor.PlantId);
        if (filter.Status is { } status) batches = batches.Where(b => b.QualityStatus == status);
        if (filter.OnHold is { } onHold) batches = batches.Where(b => b.HoldCount > 0 == onHold);
        if (filter.MaterialId is { } material) batches = batches.Where(b => b.MaterialId == material);
        if (filter.SupplierId is { } supplier) batches = batches.Where(b => b.SupplierId == supplier);
        if (filter.WorkOrderId is { } order) batches = batches.Where(b => b.WorkOrderId == order);
        if (filter.Origin is { } origin) batches = batches.Where(b => b.Origin == origin);
        if (filter.InStock is { } inStock) batches = batches.Where(b => db.Of<Stock>().Any(s => s.BatchId == b.Id && s.Quantity > 0) == inStock);
        if (filter.ExpiresWithin is { } days && await TodayAsync(db, actor.PlantId, ct) is { } today)
        {
            var last = today.AddDays(Math.Clamp(days, -1, 36500));
            batches = batches.Where(b => b.ExpiresOn <= last);
        }

        var rows =
            from b in batches
            join m in db.Of<Material>() on b.MaterialId equals m.Id
            join u in db.Of<Unit>() on m.UnitId equals u.Id
            join w in db.Of<WorkOrder>() on b.WorkOrderId equals w.Id into orders
            from w in orders.DefaultIfEmpty()
            where filter.Kind == null || m.Kind == filter.Kind
            select new BatchRow
            {
                Id = b.Id,
                Code = b.Code,
                MaterialId = m.Id,
                MaterialCode = m.Code,
                MaterialName = m.Name,
                MaterialNameEn = m.NameEn,
                MaterialKind = m.Kind,
                Origin = b.Origin,
                Status = b.QualityStatus,
                HoldCount = b.HoldCount,
                Quantity = db.Of<Stock>().Where(s => s.BatchId == b.Id).Sum(s => s.Quantity),
                UnitCode = u.Code,
                UnitDecimals = u.Decimals,
                SupplierName = b.SupplierName,
                SupplierBatchCode = b.SupplierBatchCode,
                WorkOrderId = b.WorkOrderId,
                WorkOrderCode = w == null ? null : w.Code,
                ExpiresOn = b.ExpiresOn,
                OriginAt = b.OriginAt,
            };
        return await rows.Matching(page.Text, r => r.Code, r => r.SupplierBatchCode, r => r.MaterialCode, r => r.MaterialName, r => r.MaterialNameEn, r => r.SupplierName)
            .Sorted(page, nameof(BatchRow.Id), fallbackDescending: true).ToPageAsync(page, ct);
    }

    /// <summary>The id of a batch by its printed code, whatever its case; null when there is none.</summary>
    public async Task<long?> FindIdAsync(string code, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewBatches)) return null;
        var upper = code.Trim().ToUpperInvariant();
        await using var db = database.Read();
        return await db.Of<Batch>().Where(b => b.PlantId == actor.PlantId && b.Code == upper).Select(b => (long?)b.Id).SingleOrDefaultAsync(ct);
    }

    /// <summary>One batch; null when it does not exist in the actor's plant or may not be seen.</summary>
    public async Task<BatchView?> FindAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewBatches)) return null;
        await using var db = database.Read();
        var batch = await db.Of<Batch>().SingleOrDefaultAsync(b => b.Id == id && b.PlantId == actor.PlantId, ct);
        if (batch is null) return null;
        var material = await db.Of<Material>().SingleAsync(m => m.Id == batch.MaterialId, ct);
        var unit = await db.Of<Unit>().SingleAsync(u => u.Id == material.UnitId, ct);
        var stock = await (from s in db.Of<Stock>()
                           join l in db.Of<Location>() on s.LocationId equals l.Id
                           where s.BatchId == id && s.Quantity > 0
                           orderby l.Code
                           select new BatchStockView(new Ref(l.Id, l.Code, l.Name, l.NameEn), l.Kind, s.Quantity)).ToListAsync(ct);
        var certificate = batch.CertificateFileId is not { } fileId ? null : await db.Of<StoredFile>().Where(f => f.Id == fileId)
            .Select(f => new FileView(f.Id, BatchFileKind.Certificate, f.FileName, f.ContentType, f.Size, f.Sha256, f.StoredAt, null, true)).SingleAsync(ct);
        var receipt = await db.Of<Receipt>().Where(r => r.Id == batch.ReceiptId).Select(r => r.Code).SingleOrDefaultAsync(ct);
        var order = await db.Of<WorkOrder>().Where(w => w.Id == batch.WorkOrderId).Select(w => w.Code).SingleOrDefaultAsync(ct);
        var inspections = await db.Of<Inspection>().Where(i => i.BatchId == id).ToListAsync(ct);
        return new BatchView
        {
            Id = batch.Id,
            Code = batch.Code,
            Material = new Ref(material.Id, material.Code, material.Name, material.NameEn),
            Specification = material.Specification,
            MaterialKind = material.Kind,
            UnitCode = unit.Code,
            UnitDecimals = unit.Decimals,
            Tracking = batch.Tracking,
            Origin = batch.Origin,
            Status = batch.QualityStatus,
            HoldCount = batch.HoldCount,
            Quantity = stock.Sum(s => s.Quantity),
            Stock = stock,
            SupplierId = batch.SupplierId,
            SupplierName = batch.SupplierName,
            SupplierBatchCode = batch.SupplierBatchCode,
            ReceiptId = batch.ReceiptId,
            ReceiptCode = receipt,
            WorkOrderId = batch.WorkOrderId,
            WorkOrderCode = order,
            ProducedOn = batch.ProducedOn,
            ExpiresOn = batch.ExpiresOn,
            IsExpired = batch.IsExpired(await TodayAsync(db, batch.PlantId, ct) ?? DateOnly.MinValue),
            CertificateRequired = material.CertificateRequired && batch.Origin == BatchOrigin.Received,
            CertificateNumber = batch.CertificateNumber,
            Certificate = certificate,
            OriginAt = batch.OriginAt,
            RecordedAt = batch.RecordedAt,
            Note = batch.Note,
            Obstacle = batch.QualityStatus == QualityStatus.Pending ? ReleaseRule.Obstacle(batch, material, inspections) : null,
            OpenDecisions = [.. Enum.GetValues<DecisionKind>().Where(k => QualityDecision.CanFollow(batch.QualityStatus, k))],
        };
    }

    /// <summary>Inspections, decisions and holds of a batch, newest first.</summary>
    public async Task<BatchQualityView> QualityAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewQuality)) return new BatchQualityView([], [], []);
        await using var db = database.Read();
        var inspections = await (from i in db.Of<Inspection>()
                                 join p in db.Of<InspectionPlan>() on i.InspectionPlanId equals p.Id
                                 join n in db.Of<Person>() on i.InspectorId equals n.Id into inspectors
                                 from n in inspectors.DefaultIfEmpty()
                                 where i.BatchId == id && i.PlantId == actor.PlantId
                                 orderby i.Id descending
                                 select new BatchInspectionView(i.Id, i.Code, i.Kind, i.Status, p.Version, i.CreatedAt, i.ConcludedAt, n == null ? null : n.Name)).ToListAsync(ct);
        var decisions = await (from d in db.Of<QualityDecision>()
                               join who in db.Of<Person>() on d.DecidedBy equals who.Id
                               join second in db.Of<Person>() on d.SecondPersonId equals second.Id into seconds
                               from second in seconds.DefaultIfEmpty()
                               join i in db.Of<Inspection>() on d.InspectionId equals i.Id into about
                               from i in about.DefaultIfEmpty()
                               where d.BatchId == id && d.PlantId == actor.PlantId
                               orderby d.Id descending
                               select new DecisionView(d.Id, d.FromStatus, d.ToStatus, d.IsOverride, d.ByRule, who.Name, second == null ? null : second.Name, d.Reason, d.DecidedAt, d.InspectionId, i == null ? null : i.Code)).ToListAsync(ct);
        var holds = await (from hb in db.Of<HoldBatch>()
                           join h in db.Of<Hold>() on hb.HoldId equals h.Id
                           join who in db.Of<Person>() on h.PlacedBy equals who.Id
                           where hb.BatchId == id && h.PlantId == actor.PlantId
                           orderby h.Id descending
                           select new BatchHoldView(h.Id, h.Code, h.Cause, h.Reason, h.PlacedAt, who.Name, hb.ReleasedAt, h.ReleaseReason)).ToListAsync(ct);
        return new BatchQualityView(inspections, decisions, holds);
    }

    /// <summary>The batch's papers: its certificate first, then the others, newest first.</summary>
    public async Task<IReadOnlyList<FileView>> FilesAsync(long id, Actor actor, CancellationToken ct)
    {
        if (await FindAsync(id, actor, ct) is not { } batch) return [];
        await using var db = database.Read();
        var files = await (from bf in db.Of<BatchFile>()
                           join f in db.Of<StoredFile>() on bf.StoredFileId equals f.Id
                           join p in db.Of<Person>() on bf.PersonId equals p.Id
                           where bf.BatchId == id
                           orderby bf.Id descending
                           select new FileView(f.Id, bf.Kind, f.FileName, f.ContentType, f.Size, f.Sha256, bf.AddedAt, p.Name, false)).ToListAsync(ct);
        return batch.Certificate is { } certificate ? [certificate, .. files] : files;
    }

    private async Task<DateOnly?> TodayAsync(TraceDbContext db, long plantId, CancellationToken ct) =>
        (await db.Of<Plant>().SingleOrDefaultAsync(p => p.Id == plantId, ct))?.DayOf(clock.GetUtcNow());
}
