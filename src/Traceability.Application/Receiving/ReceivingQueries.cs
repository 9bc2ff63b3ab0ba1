using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Receiving;

namespace Traceability.Application.Receiving;

/// <summary>A receipt in a list.</summary>
public sealed record ReceiptRow
{
    public long Id { get; init; }
    public string Code { get; init; } = "";
    public long SupplierId { get; init; }
    public string SupplierName { get; init; } = "";
    public string? DeliveryNote { get; init; }
    public int Lines { get; init; }

    /// <summary>Batches of it that wait for quality.</summary>
    public int Pending { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    public string PersonName { get; init; } = "";
}

/// <summary>A line of a receipt: the batch it became.</summary>
public sealed record ReceiptLineView(long BatchId, string Code, Ref Material, string SupplierBatchCode, decimal Quantity, string UnitCode, int UnitDecimals, Ref Location, QualityStatus Status, bool IsOnHold,
    DateOnly? ProducedOn, DateOnly? ExpiresOn, string? CertificateNumber, long? CertificateFileId, string? CertificateFileName, bool LacksCertificate);

/// <summary>A receipt with its lines.</summary>
public sealed record ReceiptView(long Id, string Code, long SupplierId, string SupplierCode, string SupplierName, string? DeliveryNote, DateTimeOffset ReceivedAt, DateTimeOffset RecordedAt, Ref Person, string? Note, IReadOnlyList<ReceiptLineView> Lines);

/// <summary>A supplier batch that has been received before.</summary>
public sealed record KnownSupplierBatch(long BatchId, string Code, DateTimeOffset ReceivedAt);

/// <summary>Reads receipts of the actor's plant.</summary>
public sealed class ReceivingQueries(TraceDatabase database)
{
    /// <summary>Receipts by code, supplier, delivery note or supplier batch; newest first.</summary>
    public async Task<Paged<ReceiptRow>> ListAsync(PageRequest page, Actor actor, CancellationToken ct, long? supplierId = null, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        if (!actor.Can(Permission.ViewBatches)) return new Paged<ReceiptRow>([], 0);
        await using var db = database.Read();
        var receipts = db.Of<Receipt>().Where(r => r.PlantId == actor.PlantId && (supplierId == null || r.SupplierId == supplierId) &&
            (from == null || r.ReceivedAt >= from) && (to == null || r.ReceivedAt < to));
        if (page.Text is { } text)
        {
            var pattern = QueryExtensions.Like(text);
            receipts = receipts.Where(r => EF.Functions.ILike(r.Code, pattern, ListQueries.Escape) || EF.Functions.ILike(r.SupplierName, pattern, ListQueries.Escape) ||
                EF.Functions.ILike(r.DeliveryNote!, pattern, ListQueries.Escape) ||
                db.Of<Batch>().Any(b => b.ReceiptId == r.Id && (EF.Functions.ILike(b.Code, pattern, ListQueries.Escape) || EF.Functions.ILike(b.SupplierBatchCode!, pattern, ListQueries.Escape))));
        }

        return await receipts.Select(r => new ReceiptRow
        {
            Id = r.Id,
            Code = r.Code,
            SupplierId = r.SupplierId,
            SupplierName = r.SupplierName,
            DeliveryNote = r.DeliveryNote,
            Lines = db.Of<Batch>().Count(b => b.ReceiptId == r.Id && b.Origin == BatchOrigin.Received),
            Pending = db.Of<Batch>().Count(b => b.ReceiptId == r.Id && b.QualityStatus == QualityStatus.Pending),
            ReceivedAt = r.ReceivedAt,
            PersonName = db.Of<Person>().Where(p => p.Id == r.PersonId).Select(p => p.Name).Single(),
        }).Sorted(page, nameof(ReceiptRow.ReceivedAt), fallbackDescending: true).ToPageAsync(page, ct);
    }

    /// <summary>One receipt; null when it does not exist in the actor's plant or may not be seen.</summary>
    public async Task<ReceiptView?> FindAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewBatches)) return null;
        await using var db = database.Read();
        var head = await (from r in db.Of<Receipt>()
                          join s in db.Of<Supplier>() on r.SupplierId equals s.Id
                          join p in db.Of<Person>() on r.PersonId equals p.Id
                          where r.Id == id && r.PlantId == actor.PlantId
                          select new ReceiptView(r.Id, r.Code, r.SupplierId, s.Code, r.SupplierName, r.DeliveryNote, r.ReceivedAt, r.RecordedAt, new Ref(p.Id, p.Code, p.Name, p.NameEn), r.Note, Array.Empty<ReceiptLineView>())).SingleOrDefaultAsync(ct);
        if (head is null) return null;
        var lines = await (from a in db.Of<Activity>()
                           join l in db.Of<ActivityLine>() on a.Id equals l.ActivityId
                           join b in db.Of<Batch>() on l.BatchId equals b.Id
                           join m in db.Of<Material>() on b.MaterialId equals m.Id
                           join u in db.Of<Unit>() on m.UnitId equals u.Id
                           join lo in db.Of<Location>() on l.LocationId equals lo.Id
                           join f in db.Of<Domain.Files.StoredFile>() on b.CertificateFileId equals f.Id into files
                           from f in files.DefaultIfEmpty()
                           where a.ReceiptId == id && a.Kind == ActivityKind.Receive && a.ReversesId == null
                           orderby l.Id
                           select new ReceiptLineView(b.Id, b.Code, new Ref(m.Id, m.Code, m.Name, m.NameEn), b.SupplierBatchCode!, l.Quantity, u.Code, u.Decimals, new Ref(lo.Id, lo.Code, lo.Name, lo.NameEn),
                               b.QualityStatus, b.HoldCount > 0, b.ProducedOn, b.ExpiresOn, b.CertificateNumber, b.CertificateFileId, f == null ? null : f.FileName,
                               m.CertificateRequired && (b.CertificateFileId == null || b.CertificateNumber == null))).ToListAsync(ct);
        return head with { Lines = lines };
    }

    /// <summary>The last batch of this material received from this supplier under this supplier batch number; null when there is none.</summary>
    public async Task<KnownSupplierBatch?> FindSupplierBatchAsync(long supplierId, long materialId, string supplierBatchCode, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ReceiveMaterial)) return null;
        var code = supplierBatchCode.Trim().ToUpperInvariant();
        await using var db = database.Read();
        return await db.Of<Batch>().Where(b => b.PlantId == actor.PlantId && b.SupplierId == supplierId && b.MaterialId == materialId && b.SupplierBatchCode!.ToUpper() == code)
            .OrderByDescending(b => b.Id).Select(b => new KnownSupplierBatch(b.Id, b.Code, b.OriginAt)).FirstOrDefaultAsync(ct);
    }
}
