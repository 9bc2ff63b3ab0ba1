using Traceability.Application.Quality;
using Traceability.Domain.Quality;

namespace Traceability.Web.Components.Pages.Quality;

/// <summary>What has been typed for one characteristic of a plan.</summary>
internal sealed class PlanLineForm
{
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public CharacteristicKind Kind { get; set; }
    public string? Unit { get; set; }
    public string? Method { get; set; }
    public decimal? LowerLimit { get; set; }
    public decimal? UpperLimit { get; set; }
    public decimal? SampleN { get; set; }
    public decimal? SampleC { get; set; }
    public decimal? LimitM { get; set; }
    public decimal? LimitBigM { get; set; }
    public bool IsRequired { get; set; } = true;

    public static PlanLineForm Of(CharacteristicView line) => new()
    {
        Code = line.Code,
        Name = line.Name,
        NameEn = line.NameEn,
        Kind = line.Kind,
        Unit = line.Unit,
        Method = line.Method,
        LowerLimit = line.LowerLimit,
        UpperLimit = line.UpperLimit,
        SampleN = line.SampleN,
        SampleC = line.SampleC,
        LimitM = line.LimitM,
        LimitBigM = line.LimitBigM,
        IsRequired = line.IsRequired,
    };

    public CharacteristicInput Read() => new(Code ?? "", Name ?? "", NameEn, Kind, Unit, Method, LowerLimit, UpperLimit, Whole(SampleN), Whole(SampleC), LimitM, LimitBigM, IsRequired);

    // A fraction of a sample unit is refused by the plan like a missing number.
    private static int? Whole(decimal? number) => number is { } value and > -1000 and < 100000 && decimal.Truncate(value) == value ? (int)value : null;
}
