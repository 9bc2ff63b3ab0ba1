using Traceability.Domain.Common;

namespace Traceability.Domain.Quality;

/// <summary>
/// How a characteristic is judged. Numeric: the value lies within its limits. PassFail: the tester says yes or no.
/// Sampling: an attributes plan of ICMSF as in GB 29921 and GB 4789.1, over n sample units.
/// </summary>
public enum CharacteristicKind { Numeric, PassFail, Sampling }

/// <summary>What the results entered so far say of one characteristic.</summary>
public enum CharacteristicVerdict { Open, Passed, Failed }

/// <summary>One measured value or judgement, without who and when.</summary>
public sealed record MeasuredUnit(int SampleNumber, decimal? Value, bool? Passed);

/// <summary>One line of an inspection plan: what is measured, how, and by which limits it is judged.</summary>
public sealed class Characteristic : Entity
{
    public long InspectionPlanId { get; init; }
    public int Sequence { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }
    public CharacteristicKind Kind { get; init; }
    public string? Unit { get; init; }

    /// <summary>The test method or standard, e.g. <c>GB 5009.5</c>.</summary>
    public string? Method { get; init; }

    /// <summary>Smallest value that passes; null for none.</summary>
    public decimal? LowerLimit { get; init; }

    /// <summary>Largest value that passes; null for none.</summary>
    public decimal? UpperLimit { get; init; }

    /// <summary>n: sample units tested.</summary>
    public int? SampleN { get; init; }

    /// <summary>c: most sample units that may lie above m.</summary>
    public int? SampleC { get; init; }

    /// <summary>m: what a good sample unit does not exceed.</summary>
    public decimal? LimitM { get; init; }

    /// <summary>M: what no sample unit may exceed; null makes it a two-class plan.</summary>
    public decimal? LimitBigM { get; init; }

    /// <summary>The inspection cannot be concluded without it.</summary>
    public bool IsRequired { get; init; } = true;

    /// <summary>How many results make it complete.</summary>
    public int UnitsNeeded => Kind == CharacteristicKind.Sampling ? SampleN!.Value : 1;

    /// <summary>Whether one unit by itself is good: within the limits, or not above m.</summary>
    public bool IsWithin(decimal? value, bool? passed) => Kind switch
    {
        CharacteristicKind.PassFail => passed == true,
        CharacteristicKind.Sampling => value <= LimitM,
        _ => value is { } number && (LowerLimit is not { } lower || number >= lower) && (UpperLimit is not { } upper || number <= upper),
    };

    /// <summary>
    /// Judges the results entered so far. A sampling plan fails as soon as one unit lies above M or more than c units lie
    /// above m (more tests cannot mend that), and passes when all n units are in and neither happened.
    /// </summary>
    public CharacteristicVerdict Judge(IReadOnlyCollection<MeasuredUnit> units)
    {
        if (units.Count == 0) return CharacteristicVerdict.Open;
        if (Kind != CharacteristicKind.Sampling) return units.All(u => IsWithin(u.Value, u.Passed)) ? CharacteristicVerdict.Passed : CharacteristicVerdict.Failed;
        if (LimitBigM is { } top && units.Any(u => u.Value > top)) return CharacteristicVerdict.Failed;
        if (units.Count(u => u.Value > LimitM) > SampleC) return CharacteristicVerdict.Failed;
        return units.Count >= SampleN ? CharacteristicVerdict.Passed : CharacteristicVerdict.Open;
    }

    /// <summary>Checks what the plan's form says of this line.</summary>
    /// <param name="field">Prefix of the field names, e.g. <c>Characteristics[2]</c>.</param>
    public Check CheckInto(Check check, string field)
    {
        check.Text(Code, $"{field}.Code", 40).Text(Name, $"{field}.Name", 120).OptionalText(NameEn, $"{field}.NameEn", 120)
            .OptionalText(Unit, $"{field}.Unit", 40).OptionalText(Method, $"{field}.Method", 120);
        if (Kind == CharacteristicKind.Numeric)
        {
            check.That(LowerLimit is not null || UpperLimit is not null, InspectionPlanErrors.NoLimit.On($"{field}.LowerLimit"))
                .That(LowerLimit is null || UpperLimit is null || LowerLimit <= UpperLimit, InspectionPlanErrors.LimitsReversed.On($"{field}.UpperLimit"));
        }

        if (Kind != CharacteristicKind.Sampling) return check;
        if (SampleN is not > 0 || SampleC is not >= 0 || LimitM is null) return check.Add(InspectionPlanErrors.SamplingIncomplete.On($"{field}.SampleN"));
        return check.That(SampleN <= 200, CommonErrors.OutOfRange.On($"{field}.SampleN").With(1, 200))
            .That(SampleC < SampleN, InspectionPlanErrors.AcceptanceTooLarge.On($"{field}.SampleC"))
            .That(LimitBigM is null || LimitBigM > LimitM, InspectionPlanErrors.SamplingLimits.On($"{field}.LimitBigM"));
    }
}
