using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Quality;

namespace Traceability.Application.Quality;

/// <summary>Computes the verdict and closes the inspection for ever. Passed may release the batch by rule; failed leaves it on hold.</summary>
/// <param name="SampleQuantity">Taken for the test, in the material's stock unit.</param>
public sealed record ConcludeInspection(long InspectionId, string? Note = null, decimal? SampleQuantity = null);

/// <param name="BatchReleased">The batch was released by rule: nothing it owed was left.</param>
public sealed record InspectionConcluded(long InspectionId, InspectionStatus Status, QualityStatus BatchStatus, bool BatchReleased, long? HoldId, string? HoldCode);

public sealed class ConcludeInspectionHandler(TraceDatabase database, TimeProvider clock, ILogger<ConcludeInspectionHandler> log)
{
    public async Task<Result<InspectionConcluded>> HandleAsync(ConcludeInspection input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.Inspect) is { } forbidden) return forbidden;
        if (actor.PersonId is not { } person) return CommonErrors.NoPerson;
        var check = new Check().OptionalText(input.Note, nameof(input.Note), 500);
        if (input.SampleQuantity is { } sample) check.Quantity(sample, nameof(input.SampleQuantity));
        if (check.Failed) return check.Errors;

        var now = clock.GetUtcNow();
        await using var db = await database.BeginAsync(actor, "quality.conclude_inspection", ct);
        var inspection = await db.LockAsync<Inspection>(input.InspectionId, ct);
        if (inspection is null || inspection.PlantId != actor.PlantId) return InspectionErrors.NotFound;
        var plan = await db.Of<Characteristic>().AsNoTracking().Where(c => c.InspectionPlanId == inspection.InspectionPlanId).OrderBy(c => c.Sequence).ToListAsync(ct);
        var units = (await db.Of<InspectionResult>().AsNoTracking().Where(r => r.InspectionId == inspection.Id).ToListAsync(ct)).ToLookup(r => r.CharacteristicId, r => r.Unit);
        if (inspection.Conclude(plan, units, person, input.Note, input.SampleQuantity, now) is { } refused) return refused;
        var batch = (await db.LockAsync<Batch>(inspection.BatchId, ct))!;

        var failed = plan.Where(c => c.Judge([.. units[c.Id]]) == CharacteristicVerdict.Failed).ToList();
        var hold = await db.HoldForFailureAsync(inspection, failed, person, now, ct);
        if (hold is { IsSuccess: false }) return hold.As<InspectionConcluded>();
        var release = inspection.Status == InspectionStatus.Passed ? await db.ReleaseByRuleAsync(batch, inspection, person, now, ct) : null;
        if (release is { IsSuccess: false }) return release.As<InspectionConcluded>();

        var saved = await db.SaveAsync(() => new InspectionConcluded(inspection.Id, inspection.Status, batch.QualityStatus, release is not null, hold?.Value.Id, hold?.Value.Code), ct);
        if (saved.IsSuccess) log.LogInformation("Inspection {Inspection} of batch {Batch}: {Verdict}", inspection.Code, batch.Code, inspection.Status);
        return saved;
    }
}
