using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Domain.Quality;

public enum InspectionStatus { Open, Passed, Failed }

/// <summary>The test of one batch by one version of a plan. Concluded once, never changed afterwards.</summary>
public sealed class Inspection : Entity
{
    private Inspection()
    {
    }

    public long PlantId { get; private set; }
    public string Code { get; private set; } = "";
    public long BatchId { get; private set; }
    public long InspectionPlanId { get; private set; }
    public InspectionKind Kind { get; private set; }
    public InspectionStatus Status { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? ConcludedAt { get; private set; }

    /// <summary>Who concluded it.</summary>
    [References(typeof(Person))]
    public long? InspectorId { get; private set; }

    /// <summary>Taken for the test, in the material's stock unit; says how much, the ledger moves it.</summary>
    public decimal? SampleQuantity { get; private set; }
    public string? Note { get; private set; }

    public static Inspection Open(Batch batch, string code, InspectionPlan plan, DateTimeOffset now) => new()
    {
        PlantId = batch.PlantId,
        Code = code,
        BatchId = batch.Id,
        InspectionPlanId = plan.Id,
        Kind = plan.Kind,
        Status = InspectionStatus.Open,
        CreatedAt = now,
    };

    /// <summary>The refusal when results may no longer be entered, else null.</summary>
    public Error? RefuseIfConcluded() => Status == InspectionStatus.Open ? null : InspectionErrors.Concluded.With(Code);

    /// <summary>
    /// Computes the verdict and closes the inspection: failed when any characteristic failed. Refused while a required
    /// characteristic lacks results.
    /// </summary>
    public Error? Conclude(IReadOnlyList<Characteristic> plan, ILookup<long, MeasuredUnit> results, long person, string? note, decimal? sampleQuantity, DateTimeOffset now)
    {
        if (RefuseIfConcluded() is { } concluded) return concluded;
        var verdicts = plan.Select(c => (Characteristic: c, Verdict: c.Judge([.. results[c.Id]]))).ToList();
        var missing = verdicts.Where(v => v.Verdict == CharacteristicVerdict.Open && (v.Characteristic.IsRequired || results[v.Characteristic.Id].Any()))
            .Select(v => v.Characteristic.Name).ToList();
        // A failure already decides; what was not tested any more does not matter.
        var failed = verdicts.Any(v => v.Verdict == CharacteristicVerdict.Failed);
        if (missing.Count > 0 && !failed) return InspectionErrors.Incomplete.With(string.Join(", ", missing));
        Status = failed ? InspectionStatus.Failed : InspectionStatus.Passed;
        ConcludedAt = now;
        InspectorId = person;
        Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        SampleQuantity = sampleQuantity;
        return null;
    }
}

/// <summary>One value or judgement of one sample unit. Belongs to who measured it: nobody else changes it, and nobody at all once the inspection is concluded.</summary>
public sealed class InspectionResult : Entity
{
    private InspectionResult()
    {
    }

    public long InspectionId { get; private set; }
    public long CharacteristicId { get; private set; }
    public int SampleNumber { get; private set; }
    public decimal? Value { get; private set; }
    public bool? Passed { get; private set; }

    /// <summary>This unit by itself is good; the verdict of a sampling plan looks at all units.</summary>
    public bool IsWithin { get; private set; }
    public string? Instrument { get; private set; }
    public DateTimeOffset MeasuredAt { get; private set; }

    [References(typeof(Person))]
    public long TesterId { get; private set; }
    public CaptureSource Source { get; private set; }

    public MeasuredUnit Unit => new(SampleNumber, Value, Passed);

    public static InspectionResult Measure(long inspectionId, Characteristic characteristic, int sampleNumber, decimal? value, bool? passed, string? instrument, DateTimeOffset measuredAt, long person, CaptureSource source) => new()
    {
        InspectionId = inspectionId,
        CharacteristicId = characteristic.Id,
        SampleNumber = sampleNumber,
        Value = value,
        Passed = passed,
        IsWithin = characteristic.IsWithin(value, passed),
        Instrument = Clean(instrument),
        MeasuredAt = measuredAt,
        TesterId = person,
        Source = source,
    };

    /// <summary>Whether an entry says the same as what is stored.</summary>
    public bool SaysTheSame(decimal? value, bool? passed, string? instrument) => Value == value && Passed == passed && Instrument == Clean(instrument);

    /// <summary>Corrects the value; only its author may.</summary>
    public Error? Correct(Characteristic characteristic, decimal? value, bool? passed, string? instrument, DateTimeOffset measuredAt, long person, CaptureSource source)
    {
        if (RefuseUnlessAuthor(person, characteristic) is { } refused) return refused;
        Value = value;
        Passed = passed;
        IsWithin = characteristic.IsWithin(value, passed);
        Instrument = Clean(instrument);
        MeasuredAt = measuredAt;
        Source = source;
        return null;
    }

    /// <summary>The refusal when this person did not measure it, else null.</summary>
    public Error? RefuseUnlessAuthor(long person, Characteristic characteristic) =>
        person == TesterId ? null : InspectionErrors.NotAuthor.With(characteristic.Name);

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

public static class InspectionErrors
{
    public static readonly Error NotFound = Error.NotFound("inspection.not_found");
    public static readonly Error Concluded = Error.Conflict("inspection.concluded");
    public static readonly Error Incomplete = Error.Refused("inspection.incomplete");
    public static readonly Error NotAuthor = Error.Refused("inspection.not_author");
    public static readonly Error NoActivePlan = Error.Refused("inspection.no_active_plan");
    public static readonly Error AlreadyOpen = Error.Conflict("inspection.already_open");
    public static readonly Error NoSuchSample = Error.Invalid("inspection.no_such_sample");
    public static readonly Error ValueExpected = Error.Invalid("inspection.value_expected");
    public static readonly Error JudgementExpected = Error.Invalid("inspection.judgement_expected");
    public static readonly Error InTheFuture = Error.Invalid("inspection.in_the_future");
}
