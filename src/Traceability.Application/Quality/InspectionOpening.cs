using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Data.Coding;
using Traceability.Domain.Batches;
using Traceability.Domain.Coding;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;

namespace Traceability.Application.Quality;

/// <summary>Opens the inspections that new batches owe, in the transaction that creates the batches.</summary>
public static class InspectionOpening
{
    /// <summary>
    /// Opens the incoming or final inspection of every pending batch whose material asks for one and has an active plan.
    /// A batch whose material has no active plan stays pending; an inspection can be opened once a plan is active.
    /// Call it after posting: the inspections' codes are the last thing locked.
    /// </summary>
    public static async Task<Result<IReadOnlyList<Inspection>>> OpenOwedInspectionsAsync(this TraceDbContext db, IReadOnlyCollection<Batch> batches, Plant plant, DateTimeOffset now, CancellationToken ct)
    {
        var materialIds = batches.Select(b => b.MaterialId).Distinct().ToList();
        var materials = await db.Of<Material>().AsNoTracking().Where(m => materialIds.Contains(m.Id)).ToDictionaryAsync(m => m.Id, ct);
        var plans = await db.Of<InspectionPlan>().AsNoTracking().Where(p => materialIds.Contains(p.MaterialId) && p.Status == InspectionPlanStatus.Active).ToListAsync(ct);
        var owed = new List<(Batch Batch, InspectionPlan Plan)>();
        foreach (var batch in batches.Where(b => b.QualityStatus == QualityStatus.Pending))
        {
            var kind = ReleaseRule.Owed(batch, materials[batch.MaterialId]);
            if (plans.FirstOrDefault(p => p.MaterialId == batch.MaterialId && p.Kind == kind) is { } plan) owed.Add((batch, plan));
        }

        if (owed.Count == 0) return Array.Empty<Inspection>();
        var codes = await db.NextCodesAsync(CodedRecord.Inspection, plant.Id, new CodingValues(plant.DayOf(now), Plant: plant.Code), owed.Count, ct);
        if (!codes.IsSuccess) return codes.As<IReadOnlyList<Inspection>>();
        var opened = new Inspection[owed.Count];
        for (var i = 0; i < opened.Length; i++)
        {
            opened[i] = Inspection.Open(owed[i].Batch, codes.Value[i], owed[i].Plan, now);
            await db.AddAsync(opened[i], ct);
        }

        return opened;
    }
}
