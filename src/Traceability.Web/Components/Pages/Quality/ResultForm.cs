using Traceability.Application.Quality;
using Traceability.Domain.Quality;

namespace Traceability.Web.Components.Pages.Quality;

/// <summary>What has been typed for one characteristic; judged at every key by the rules that will judge it when it is saved.</summary>
internal sealed class ResultForm(InspectionLine line)
{
    private readonly Characteristic rule = new()
    {
        Code = line.Characteristic.Code,
        Name = line.Characteristic.Name,
        Kind = line.Characteristic.Kind,
        LowerLimit = line.Characteristic.LowerLimit,
        UpperLimit = line.Characteristic.UpperLimit,
        SampleN = line.Characteristic.SampleN,
        SampleC = line.Characteristic.SampleC,
        LimitM = line.Characteristic.LimitM,
        LimitBigM = line.Characteristic.LimitBigM,
    };

    public CharacteristicView Characteristic => line.Characteristic;

    public IReadOnlyList<ResultView> Stored => line.Results;

    /// <summary>One value a unit; a single one for numeric characteristics.</summary>
    public decimal?[] Values { get; } = [.. Enumerable.Range(1, line.Characteristic.SampleN ?? 1).Select(n => line.Results.FirstOrDefault(r => r.SampleNumber == n)?.Value)];

    /// <summary>"1" passed, "0" failed, null not said yet.</summary>
    public string? Judgement { get; set; } = line.Results.FirstOrDefault()?.Passed switch { true => "1", false => "0", _ => null };

    public string? Instrument { get; set; } = line.Results.FirstOrDefault()?.Instrument;

    public CharacteristicVerdict Verdict => rule.Judge([.. Units]);

    /// <summary>The unit is beyond what a good unit may show.</summary>
    public bool IsOut(int index) => Values[index] is { } value && !rule.IsWithin(value, null);

    /// <summary>Only who measured it may change it.</summary>
    public bool MayChange(long? person, int index) => Stored.FirstOrDefault(r => r.SampleNumber == index + 1) is not { } stored || stored.TesterId == person;

    public IEnumerable<ResultInput> Inputs => Characteristic.Kind == CharacteristicKind.PassFail
        ? [new ResultInput(Characteristic.Id, 1, null, Judgement switch { "1" => true, "0" => false, _ => null }, Instrument)]
        : Values.Select((value, index) => new ResultInput(Characteristic.Id, index + 1, value, null, Instrument));

    private IEnumerable<MeasuredUnit> Units => Characteristic.Kind == CharacteristicKind.PassFail
        ? Judgement is null ? [] : [new MeasuredUnit(1, null, Judgement == "1")]
        : Values.Select((value, index) => new MeasuredUnit(index + 1, value, null)).Where(unit => unit.Value is not null);
}
