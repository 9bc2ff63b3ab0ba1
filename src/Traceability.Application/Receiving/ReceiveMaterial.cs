using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Traceability.Application.Quality;
using Traceability.Data;
using Traceability.Data.Coding;
using Traceability.Data.Ledger;
using Traceability.Domain.Batches;
using Traceability.Domain.Coding;
using Traceability.Domain.Common;
using Traceability.Domain.Files;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Receiving;

namespace Traceability.Application.Receiving;

/// <summary>Takes a supplier's delivery in: one batch a line, its code generated, its status pending where an inspection or a certificate is owed.</summary>
/// <param name="ReceivedAt">When it arrived; null for now. The recording time is always the server's.</param>
public sealed record ReceiveMaterial(long SupplierId, string? DeliveryNote, DateTimeOffset? ReceivedAt, string? Note, IReadOnlyList<ReceiptLineInput> Lines);

/// <param name="Quantity">In <paramref name="UnitId"/>, or in the material's stock unit when that is null.</param>
/// <param name="AcceptDuplicate">The person has seen that this supplier batch of this material was received before and means it.</param>
public sealed record ReceiptLineInput(long MaterialId, string SupplierBatchCode, decimal Quantity, long LocationId, long? UnitId = null, DateOnly? ProducedOn = null,
    DateOnly? ExpiresOn = null, string? CertificateNumber = null, FileInput? Certificate = null, bool AcceptDuplicate = false);

/// <summary>A file as it came in.</summary>
public sealed record FileInput(string FileName, string ContentType, byte[] Content);

public sealed record MaterialReceived(long ReceiptId, string ReceiptCode, IReadOnlyList<ReceivedBatch> Batches);

/// <param name="InspectionId">The incoming inspection opened for it; null when none is owed or its material has no active plan.</param>
public sealed record ReceivedBatch(long Id, string Code, QualityStatus Status, long? InspectionId);

public sealed class ReceiveMaterialHandler(TraceDatabase database, TimeProvider clock, ILogger<ReceiveMaterialHandler> log)
{
    public async Task<Result<MaterialReceived>> HandleAsync(ReceiveMaterial input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ReceiveMaterial) is { } forbidden) return forbidden;
        if (actor.PersonId is not { } person) return CommonErrors.NoPerson;
        var now = clock.GetUtcNow();
        var receivedAt = (input.ReceivedAt ?? now).ToUniversalTime();
        if (CheckForm(input, receivedAt, now) is { Failed: true } form) return form.Errors;

        await using var db = await database.BeginAsync(actor, "receiving.receive", ct);
        var plant = await db.Of<Plant>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == actor.PlantId, ct);
        if (plant is null) return CommonErrors.NoPlant;
        var supplier = await db.Of<Supplier>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == input.SupplierId, ct);
        if (supplier is null) return CommonErrors.Unknown.On(nameof(input.SupplierId));
        var materialIds = input.Lines.Select(l => l.MaterialId).Distinct().ToList();
        var materials = await db.Of<Material>().AsNoTracking().Where(m => materialIds.Contains(m.Id)).ToDictionaryAsync(m => m.Id, ct);
        var units = await db.Of<MaterialUnit>().AsNoTracking().Where(u => materialIds.Contains(u.MaterialId)).ToListAsync(ct);
        var today = plant.DayOf(receivedAt);
        var errors = CheckLines(input, materials, units, today);
        if (errors.Count == 0) errors = await FindDuplicatesAsync(db, input, ct);
        if (errors.Count > 0) return errors;

        var receiptCode = await db.NextCodeAsync(CodedRecord.Receipt, plant.Id, new CodingValues(today, Plant: plant.Code), ct);
        if (!receiptCode.IsSuccess) return receiptCode.As<MaterialReceived>();
        var receipt = Receipt.Open(plant.Id, receiptCode.Value, supplier, input.DeliveryNote, receivedAt, now, person, input.Note);
        if (!receipt.IsSuccess) return receipt.As<MaterialReceived>();
        await db.AddAsync(receipt.Value, ct);

        var batches = new List<Batch>();
        var postings = new List<PostingLine>();
        foreach (var line in input.Lines)
        {
            var material = materials[line.MaterialId];
            StoredFile? certificate = null;
            if (line.Certificate is { } file)
            {
                var stored = StoredFile.Store(file.FileName, file.ContentType, file.Content, now, nameof(line.Certificate));
                if (!stored.IsSuccess) return stored.As<MaterialReceived>();
                certificate = stored.Value;
                await db.AddAsync(certificate, ct);
            }

            var code = await db.NextCodeAsync(CodedRecord.Batch, plant.Id, new CodingValues(today, "R", material.ShortCode, Plant: plant.Code), ct, material.Kind);
            if (!code.IsSuccess) return code.As<MaterialReceived>();
            var batch = Batch.Receive(receipt.Value, code.Value, material, line.SupplierBatchCode, today, line.ProducedOn, line.ExpiresOn, line.CertificateNumber, certificate);
            await db.AddAsync(batch, ct);
            batches.Add(batch);
            postings.Add(Posting.Out(batch.Id, line.LocationId, InStockUnit(line, material, units)));
        }

        var posted = await db.PostAsync(new Posting(ActivityKind.Receive, postings) { OccurredAt = receivedAt, ReceiptId = receipt.Value.Id, Document = input.DeliveryNote ?? receipt.Value.Code }, actor, now, ct);
        if (!posted.IsSuccess) return posted.As<MaterialReceived>();
        var inspections = await db.OpenOwedInspectionsAsync(batches, plant, now, ct);
        if (!inspections.IsSuccess) return inspections.As<MaterialReceived>();
        var saved = await db.SaveAsync(() => new MaterialReceived(receipt.Value.Id, receipt.Value.Code, [.. batches.Select(b => new ReceivedBatch(b.Id, b.Code, b.QualityStatus, inspections.Value.FirstOrDefault(i => i.BatchId == b.Id)?.Id))]), ct);
        if (saved.IsSuccess) log.LogInformation("Receipt {Receipt} took in {Batches}", receipt.Value.Code, batches.Select(b => b.Code));
        return saved;
    }

    private static Check CheckForm(ReceiveMaterial input, DateTimeOffset receivedAt, DateTimeOffset now)
    {
        var check = new Check().Id(input.SupplierId, nameof(input.SupplierId)).OptionalText(input.DeliveryNote, nameof(input.DeliveryNote), 80)
            .OptionalText(input.Note, nameof(input.Note), 500)
            .That(receivedAt <= now.AddMinutes(2), ReceivingErrors.InTheFuture).That(input.Lines is { Count: > 0 and <= 200 }, ReceivingErrors.NoLines);
        for (var i = 0; i < (input.Lines?.Count ?? 0); i++)
        {
            var line = input.Lines![i];
            check.Id(line.MaterialId, $"Lines[{i}].MaterialId").Id(line.LocationId, $"Lines[{i}].LocationId")
                .Text(line.SupplierBatchCode, $"Lines[{i}].SupplierBatchCode", 80).Quantity(line.Quantity, $"Lines[{i}].Quantity")
                .OptionalText(line.CertificateNumber, $"Lines[{i}].CertificateNumber", 80)
                .That(line.ProducedOn is null || line.ExpiresOn is null || line.ProducedOn <= line.ExpiresOn, ReceivingErrors.ExpiryBeforeProduction.On($"Lines[{i}].ExpiresOn"));
        }

        return check;
    }

    private static List<Error> CheckLines(ReceiveMaterial input, Dictionary<long, Material> materials, List<MaterialUnit> units, DateOnly today)
    {
        var check = new Check();
        for (var i = 0; i < input.Lines.Count; i++)
        {
            var line = input.Lines[i];
            if (!materials.TryGetValue(line.MaterialId, out var material))
            {
                check.Add(CommonErrors.Unknown.On($"Lines[{i}].MaterialId"));
                continue;
            }

            check.That(material.IsActive, ReceivingErrors.MaterialNotBought.On($"Lines[{i}].MaterialId").With(material.Code))
                .That(line.UnitId is null || line.UnitId == material.UnitId || units.Any(u => u.MaterialId == material.Id && u.UnitId == line.UnitId), CommonErrors.Unknown.On($"Lines[{i}].UnitId"))
                .That(line.ExpiresOn is not { } expiry || expiry >= today, ReceivingErrors.ExpiredOnArrival.On($"Lines[{i}].ExpiresOn").With(line.ExpiresOn))
                .That(material.Tracking != Tracking.Serial || line.Quantity == 1, BatchErrors.SerialQuantity.On($"Lines[{i}].Quantity").With(material.Code));
        }

        return check.Errors;
    }

    /// <summary>The same supplier batch of the same material twice is pointed out with a link; it may be right (a second delivery).</summary>
    private static async Task<List<Error>> FindDuplicatesAsync(TraceDbContext db, ReceiveMaterial input, CancellationToken ct)
    {
        var codes = input.Lines.Where(l => !l.AcceptDuplicate).Select(l => l.SupplierBatchCode.Trim().ToUpperInvariant()).Distinct().ToList();
        var known = await db.Of<Batch>().Where(b => b.SupplierId == input.SupplierId && b.SupplierBatchCode != null && codes.Contains(b.SupplierBatchCode.ToUpper()))
            .OrderByDescending(b => b.Id).Select(b => new { b.Id, b.Code, b.MaterialId, b.SupplierBatchCode }).Take(200).ToListAsync(ct);
        var errors = new List<Error>();
        for (var i = 0; i < input.Lines.Count; i++)
        {
            var line = input.Lines[i];
            if (line.AcceptDuplicate) continue;
            var same = known.FirstOrDefault(b => b.MaterialId == line.MaterialId && string.Equals(b.SupplierBatchCode, line.SupplierBatchCode.Trim(), StringComparison.OrdinalIgnoreCase));
            if (same is not null) errors.Add(ReceivingErrors.DuplicateSupplierBatch.On($"Lines[{i}].SupplierBatchCode").With(line.SupplierBatchCode.Trim(), same.Code).LinkedTo($"/batches/{same.Id}"));
        }

        return errors;
    }

    private static decimal InStockUnit(ReceiptLineInput line, Material material, List<MaterialUnit> units) =>
        line.UnitId is null || line.UnitId == material.UnitId ? line.Quantity
            : decimal.Round(line.Quantity * units.Single(u => u.MaterialId == material.Id && u.UnitId == line.UnitId).Factor, Check.QuantityScale);
}
