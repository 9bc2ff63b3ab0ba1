using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Data.Coding;
using Traceability.Domain.Batches;
using Traceability.Domain.Coding;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;

namespace Traceability.Application.Quality;

/// <summary>Opens an inspection of a batch by hand: a re-test, an in-process test, or one whose plan came later than the batch.</summary>
public sealed record OpenInspection(long BatchId, InspectionKind Kind);

public sealed record InspectionOpened(long InspectionId, string Code);

public sealed class OpenInspectionHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<InspectionOpened>> HandleAsync(OpenInspection input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.Inspect) is { } forbidden) return forbidden;
        await using var db = await database.BeginAsync(actor, "quality.open_inspection", ct);
        var plant = await db.Of<Plant>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == actor.PlantId, ct);
        if (plant is null) return CommonErrors.NoPlant;
        // The batch's lock makes two people opening the same inspection take turns.
        if (await db.LockAsync<Batch>(input.BatchId, ct) is not { } batch || batch.PlantId != plant.Id) return BatchErrors.NotFound;
        if (await db.Of<Inspection>().Where(i => i.BatchId == batch.Id && i.Kind == input.Kind && i.Status == InspectionStatus.Open).Select(i => new { i.Id, i.Code }).FirstOrDefaultAsync(ct) is { } open)
            return InspectionErrors.AlreadyOpen.With(open.Code).LinkedTo($"/inspections/{open.Id}");
        var plan = await db.Of<InspectionPlan>().AsNoTracking().SingleOrDefaultAsync(p => p.MaterialId == batch.MaterialId && p.Kind == input.Kind && p.Status == InspectionPlanStatus.Active, ct);
        if (plan is null) return InspectionErrors.NoActivePlan.On(nameof(input.Kind));
        var now = clock.GetUtcNow();
        var code = await db.NextCodeAsync(CodedRecord.Inspection, plant.Id, new CodingValues(plant.DayOf(now), Plant: plant.Code), ct);
        if (!code.IsSuccess) return code.As<InspectionOpened>();
        var inspection = Inspection.Open(batch, code.Value, plan, now);
        await db.AddAsync(inspection, ct);
        return await db.SaveAsync(() => new InspectionOpened(inspection.Id, inspection.Code), ct);
    }
}
