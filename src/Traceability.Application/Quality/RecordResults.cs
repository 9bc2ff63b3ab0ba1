using Microsoft.EntityFrameworkCore;
using Traceability.Application.Holds;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Holds;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;

namespace Traceability.Application.Quality;

/// <summary>
/// Enters or corrects results of an open inspection. A characteristic that can no longer pass puts the batch on hold at once.
/// </summary>
public sealed record RecordResults(long InspectionId, IReadOnlyList<ResultInput> Results);

/// <summary>One unit's result. Value for numeric and sampling, Passed for pass/fail; neither takes an earlier entry back.</summary>
/// <param name="MeasuredAt">When; null for now.</param>
public sealed record ResultInput(long CharacteristicId, int SampleNumber, decimal? Value, bool? Passed, string? Instrument = null, DateTimeOffset? MeasuredAt = null);

/// <param name="HoldId">The hold a failed characteristic placed just now; null when none was.</param>
public sealed record ResultsRecorded(long InspectionId, IReadOnlyList<CharacteristicJudgement> Judgements, long? HoldId, string? HoldCode);

public sealed record CharacteristicJudgement(long CharacteristicId, CharacteristicVerdict Verdict);

public sealed class RecordResultsHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<ResultsRecorded>> HandleAsync(RecordResults input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.Inspect) is { } forbidden) return forbidden;
        if (actor.PersonId is not { } person) return CommonErrors.NoPerson;
        var now = clock.GetUtcNow();
        await using var db = await database.BeginAsync(actor, "quality.record_results", ct);
        var inspection = await db.LockAsync<Inspection>(input.InspectionId, ct);
        if (inspection is null || inspection.PlantId != actor.PlantId) return InspectionErrors.NotFound;
        if (inspection.RefuseIfConcluded() is { } concluded) return concluded;
        var plan = await db.Of<Characteristic>().AsNoTracking().Where(c => c.InspectionPlanId == inspection.InspectionPlanId).OrderBy(c => c.Sequence).ToListAsync(ct);
        var stored = await db.Of<InspectionResult>().AsTracking().Where(r => r.InspectionId == inspection.Id).ToListAsync(ct);

        var check = new Check();
        for (var i = 0; i < (input.Results?.Count ?? 0); i++)
        {
            var entry = input.Results![i];
            var characteristic = plan.FirstOrDefault(c => c.Id == entry.CharacteristicId);
            if (characteristic is null) check.Add(CommonErrors.Unknown.On($"Results[{i}].CharacteristicId"));
            else if (CheckEntry(entry, characteristic, now, i, check)) check.Add(await ApplyAsync(db, inspection, characteristic, stored, entry, actor, person, now, ct));
        }

        if (check.Failed) return check.Errors;
        var units = stored.ToLookup(r => r.CharacteristicId, r => r.Unit);
        var judgements = plan.Select(c => new CharacteristicJudgement(c.Id, c.Judge([.. units[c.Id]]))).ToList();
        var failed = plan.Where(c => judgements.Any(j => j.CharacteristicId == c.Id && j.Verdict == CharacteristicVerdict.Failed)).ToList();
        var hold = await db.HoldForFailureAsync(inspection, failed, person, now, ct);
        if (hold is { IsSuccess: false }) return hold.As<ResultsRecorded>();
        return await db.SaveAsync(() => new ResultsRecorded(inspection.Id, judgements, hold?.Value.Id, hold?.Value.Code), ct);
    }

    private static bool CheckEntry(ResultInput entry, Characteristic characteristic, DateTimeOffset now, int index, Check check)
    {
        var before = check.Errors.Count;
        var field = $"Results[{index}]";
        check.OptionalText(entry.Instrument, $"{field}.Instrument", 80)
            .That(entry.SampleNumber >= 1 && entry.SampleNumber <= characteristic.UnitsNeeded, InspectionErrors.NoSuchSample.On($"{field}.SampleNumber").With(characteristic.Name, characteristic.UnitsNeeded))
            .That(entry.MeasuredAt is not { } at || at <= now.AddMinutes(2), InspectionErrors.InTheFuture.On($"{field}.MeasuredAt"));
        if (characteristic.Kind == CharacteristicKind.PassFail) check.That(entry.Value is null, InspectionErrors.JudgementExpected.On($"{field}.Passed").With(characteristic.Name));
        else check.That(entry.Passed is null, InspectionErrors.ValueExpected.On($"{field}.Value").With(characteristic.Name));
        if (entry.Value is { } value)
        {
            check.That(Math.Abs(value) <= Check.QuantityMax, CommonErrors.OutOfRange.On($"{field}.Value").With(-Check.QuantityMax, Check.QuantityMax))
                .That(decimal.Round(value, Check.QuantityScale) == value, CommonErrors.TooPrecise.On($"{field}.Value").With(Check.QuantityScale));
        }

        return check.Errors.Count == before;
    }

    private static async Task<Error?> ApplyAsync(TraceDbContext db, Inspection inspection, Characteristic characteristic, List<InspectionResult> stored, ResultInput entry, Actor actor, long person, DateTimeOffset now, CancellationToken ct)
    {
        var known = stored.FirstOrDefault(r => r.CharacteristicId == characteristic.Id && r.SampleNumber == entry.SampleNumber);
        var measuredAt = (entry.MeasuredAt ?? now).ToUniversalTime();
        if (known is not null)
        {
            if (known.SaysTheSame(entry.Value, entry.Passed, entry.Instrument)) return null;
            if (entry.Value is not null || entry.Passed is not null) return known.Correct(characteristic, entry.Value, entry.Passed, entry.Instrument, measuredAt, person, actor.Source);
            if (known.RefuseUnlessAuthor(person, characteristic) is { } refused) return refused;
            stored.Remove(known);
            db.Remove(known);
            return null;
        }

        if (entry.Value is null && entry.Passed is null) return null;
        var result = InspectionResult.Measure(inspection.Id, characteristic, entry.SampleNumber, entry.Value, entry.Passed, entry.Instrument, measuredAt, person, actor.Source);
        await db.AddAsync(result, ct);
        stored.Add(result);
        return null;
    }
}

/// <summary>The hold a failed test places by itself.</summary>
internal static class FailureHold
{
    /// <summary>Places the hold unless this inspection has one standing.</summary>
    /// <returns>The new hold; null when nothing failed or the batch is held for this inspection already.</returns>
    public static async Task<Result<Hold>?> HoldForFailureAsync(this TraceDbContext db, Inspection inspection, IReadOnlyList<Characteristic> failed, long person, DateTimeOffset now, CancellationToken ct)
    {
        if (failed.Count == 0) return null;
        if (await db.Of<Hold>().AnyAsync(h => h.InspectionId == inspection.Id && h.ReleasedAt == null, ct)) return null;
        var plant = await db.Of<Plant>().AsNoTracking().SingleAsync(p => p.Id == inspection.PlantId, ct);
        var code = await db.Of<ReasonCode>().Where(r => r.Kind == ReasonKind.Hold && r.Code == "H01").Select(r => (long?)r.Id).FirstOrDefaultAsync(ct);
        var reason = $"{inspection.Code}: {string.Join(", ", failed.Select(c => c.Name))}";
        var placed = await db.PlaceHoldAsync(new HoldRequest([inspection.BatchId], reason.Length > 500 ? reason[..500] : reason, HoldCause.Inspection) { ReasonCodeId = code, InspectionId = inspection.Id }, plant, person, now, ct);
        return placed.IsSuccess ? placed.Value.Hold : placed.As<Hold>();
    }
}
