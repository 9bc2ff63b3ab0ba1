using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Holds;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;

namespace Traceability.Application.Quality;

/// <summary>Which inspections a list shows; null means no matter.</summary>
/// <param name="Mine">Those the actor has entered results of.</param>
public sealed record InspectionFilter(InspectionStatus? Status = null, InspectionKind? Kind = null, bool Mine = false, long? BatchId = null, long? MaterialId = null);

/// <summary>An inspection in a list.</summary>
public sealed record InspectionRow
{
    public long Id { get; init; }
    public string Code { get; init; } = "";
    public InspectionKind Kind { get; init; }
    public InspectionStatus Status { get; init; }
    public long BatchId { get; init; }
    public string BatchCode { get; init; } = "";
    public QualityStatus BatchStatus { get; init; }
    public int HoldCount { get; init; }
    public string? SupplierBatchCode { get; init; }
    public string MaterialCode { get; init; } = "";
    public string MaterialName { get; init; } = "";
    public string? MaterialNameEn { get; init; }

    /// <summary>Characteristics of the plan, and how many of them have a result.</summary>
    public int Characteristics { get; init; }
    public int Entered { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ConcludedAt { get; init; }
    public string? Inspector { get; init; }
}

/// <summary>One stored result.</summary>
public sealed record ResultView(long CharacteristicId, int SampleNumber, decimal? Value, bool? Passed, bool IsWithin, string? Instrument, DateTimeOffset MeasuredAt, long TesterId, string Tester, CaptureSource Source);

/// <summary>A characteristic of the inspection's plan with its results and what they say.</summary>
public sealed record InspectionLine(CharacteristicView Characteristic, CharacteristicVerdict Verdict, IReadOnlyList<ResultView> Results);

/// <summary>An inspection's record.</summary>
public sealed record InspectionView(long Id, string Code, InspectionKind Kind, InspectionStatus Status, long PlanId, int PlanVersion, long BatchId, string BatchCode, QualityStatus BatchStatus, int HoldCount,
    string? SupplierName, string? SupplierBatchCode, long? WorkOrderId, Ref Material, string UnitCode, int UnitDecimals, DateTimeOffset CreatedAt, DateTimeOffset? ConcludedAt, Ref? Inspector,
    decimal? SampleQuantity, string? Note, IReadOnlyList<InspectionLine> Lines, long? HoldId, string? HoldCode);

/// <summary>One batch's value of a characteristic, to compare batches with.</summary>
public sealed record CharacteristicPoint(long InspectionId, string BatchCode, DateTimeOffset MeasuredAt, decimal Value, bool IsWithin);

/// <summary>Reads inspections of the actor's plant.</summary>
public sealed class InspectionQueries(TraceDatabase database)
{
    /// <summary>Inspections by code, batch, supplier batch or material; newest first.</summary>
    public async Task<Paged<InspectionRow>> ListAsync(InspectionFilter filter, PageRequest page, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewQuality)) return new Paged<InspectionRow>([], 0);
        await using var db = database.Read();
        var inspections = db.Of<Inspection>().Where(i => i.PlantId == actor.PlantId);
        if (filter.Status is { } status) inspections = inspections.Where(i => i.Status == status);
        if (filter.Kind is { } kind) inspections = inspections.Where(i => i.Kind == kind);
        if (filter.BatchId is { } batch) inspections = inspections.Where(i => i.BatchId == batch);
        if (filter.Mine) inspections = inspections.Where(i => i.InspectorId == actor.PersonId || db.Of<InspectionResult>().Any(r => r.InspectionId == i.Id && r.TesterId == actor.PersonId));
        var rows = from i in inspections
                   join b in db.Of<Batch>() on i.BatchId equals b.Id
                   join m in db.Of<Material>() on b.MaterialId equals m.Id
                   where filter.MaterialId == null || m.Id == filter.MaterialId
                   select new InspectionRow
                   {
                       Id = i.Id,
                       Code = i.Code,
                       Kind = i.Kind,
                       Status = i.Status,
                       BatchId = b.Id,
                       BatchCode = b.Code,
                       BatchStatus = b.QualityStatus,
                       HoldCount = b.HoldCount,
                       SupplierBatchCode = b.SupplierBatchCode,
                       MaterialCode = m.Code,
                       MaterialName = m.Name,
                       MaterialNameEn = m.NameEn,
                       Characteristics = db.Of<Characteristic>().Count(c => c.InspectionPlanId == i.InspectionPlanId),
                       Entered = db.Of<InspectionResult>().Where(r => r.InspectionId == i.Id).Select(r => r.CharacteristicId).Distinct().Count(),
                       CreatedAt = i.CreatedAt,
                       ConcludedAt = i.ConcludedAt,
                       Inspector = db.Of<Person>().Where(p => p.Id == i.InspectorId).Select(p => p.Name).SingleOrDefault(),
                   };
        return await rows.Matching(page.Text, r => r.Code, r => r.BatchCode, r => r.SupplierBatchCode, r => r.MaterialCode, r => r.MaterialName, r => r.MaterialNameEn)
            .Sorted(page, nameof(InspectionRow.Id), fallbackDescending: true).ToPageAsync(page, ct);
    }

    /// <summary>One inspection with limits and results; null when it does not exist in the actor's plant or may not be seen.</summary>
    public async Task<InspectionView?> FindAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewQuality)) return null;
        await using var db = database.Read();
        var inspection = await db.Of<Inspection>().SingleOrDefaultAsync(i => i.Id == id && i.PlantId == actor.PlantId, ct);
        if (inspection is null) return null;
        var batch = await db.Of<Batch>().SingleAsync(b => b.Id == inspection.BatchId, ct);
        var material = await (from m in db.Of<Material>() join u in db.Of<Unit>() on m.UnitId equals u.Id where m.Id == batch.MaterialId
                              select new { Ref = new Ref(m.Id, m.Code, m.Name, m.NameEn), Unit = u.Code, u.Decimals }).SingleAsync(ct);
        var version = await db.Of<InspectionPlan>().Where(p => p.Id == inspection.InspectionPlanId).Select(p => p.Version).SingleAsync(ct);
        var characteristics = await db.Of<Characteristic>().Where(c => c.InspectionPlanId == inspection.InspectionPlanId).OrderBy(c => c.Sequence).ToListAsync(ct);
        var views = (await InspectionPlanQueries.CharacteristicsAsync(db, inspection.InspectionPlanId, ct)).ToDictionary(c => c.Id);
        var results = await (from r in db.Of<InspectionResult>() join p in db.Of<Person>() on r.TesterId equals p.Id where r.InspectionId == id orderby r.SampleNumber
                             select new ResultView(r.CharacteristicId, r.SampleNumber, r.Value, r.Passed, r.IsWithin, r.Instrument, r.MeasuredAt, r.TesterId, p.Name, r.Source)).ToListAsync(ct);
        var lines = characteristics.Select(c =>
        {
            List<ResultView> own = [.. results.Where(r => r.CharacteristicId == c.Id)];
            return new InspectionLine(views[c.Id], c.Judge([.. own.Select(r => new MeasuredUnit(r.SampleNumber, r.Value, r.Passed))]), own);
        }).ToList();
        var inspector = await db.Of<Person>().Where(p => p.Id == inspection.InspectorId).Select(p => new Ref(p.Id, p.Code, p.Name, p.NameEn)).SingleOrDefaultAsync(ct);
        var hold = await db.Of<Hold>().Where(h => h.InspectionId == id).OrderByDescending(h => h.Id).Select(h => new { h.Id, h.Code }).FirstOrDefaultAsync(ct);
        return new InspectionView(inspection.Id, inspection.Code, inspection.Kind, inspection.Status, inspection.InspectionPlanId, version, batch.Id, batch.Code, batch.QualityStatus, batch.HoldCount,
            batch.SupplierName, batch.SupplierBatchCode, batch.WorkOrderId, material.Ref, material.Unit, material.Decimals, inspection.CreatedAt, inspection.ConcludedAt, inspector,
            inspection.SampleQuantity, inspection.Note, lines, hold?.Id, hold?.Code);
    }

    /// <summary>The last values of one characteristic over the batches of a material, whatever the plan's version, oldest first: is this batch like the others?</summary>
    public async Task<IReadOnlyList<CharacteristicPoint>> CompareAsync(long materialId, InspectionKind kind, string characteristicCode, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewQuality)) return [];
        await using var db = database.Read();
        var points = await (from r in db.Of<InspectionResult>()
                            join c in db.Of<Characteristic>() on r.CharacteristicId equals c.Id
                            join i in db.Of<Inspection>() on r.InspectionId equals i.Id
                            join b in db.Of<Batch>() on i.BatchId equals b.Id
                            where b.MaterialId == materialId && i.PlantId == actor.PlantId && i.Kind == kind && c.Code == characteristicCode && r.Value != null
                            orderby r.Id descending
                            select new CharacteristicPoint(i.Id, b.Code, r.MeasuredAt, r.Value!.Value, r.IsWithin)).Take(100).ToListAsync(ct);
        points.Reverse();
        return points;
    }
}
