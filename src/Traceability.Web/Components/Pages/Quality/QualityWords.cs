using System.Globalization;
using Microsoft.Extensions.Localization;
using Traceability.Application.Common;
using Traceability.Application.Quality;
using Traceability.Domain.Batches;
using Traceability.Domain.Quality;
using Traceability.Web.Components.Ui;

namespace Traceability.Web.Components.Pages.Quality;

/// <summary>How quality's values are shown: one icon, colour and word for each, the same on every page.</summary>
internal static class QualityWords
{
    private static bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public static string Name(string name, string? nameEn) => English && !string.IsNullOrWhiteSpace(nameEn) ? nameEn : name;

    public static string Name(Ref record) => Name(record.Name, record.NameEn);

    public static string Kind(QualityStatus status) => status switch
    {
        QualityStatus.Pending => StatusKind.Pending,
        QualityStatus.Released => StatusKind.Released,
        QualityStatus.Concession => StatusKind.Concession,
        _ => StatusKind.Rejected,
    };

    public static string Kind(InspectionStatus status) => status switch
    {
        InspectionStatus.Passed => StatusKind.Success,
        InspectionStatus.Failed => StatusKind.Danger,
        _ => StatusKind.Warning,
    };

    public static string Kind(InspectionPlanStatus status) => status switch
    {
        InspectionPlanStatus.Active => StatusKind.Success,
        InspectionPlanStatus.Draft => StatusKind.Info,
        _ => StatusKind.Neutral,
    };

    public static string Kind(CharacteristicVerdict verdict) => verdict switch
    {
        CharacteristicVerdict.Passed => StatusKind.Success,
        CharacteristicVerdict.Failed => StatusKind.Danger,
        _ => StatusKind.Neutral,
    };

    /// <summary>The limits in one line: 10.5 – 12.5 g/100 g, ≥ 11, n=5 c=2 m=1,000 M=10,000.</summary>
    public static string Limits(CharacteristicView line, IStringLocalizer t) => line.Kind switch
    {
        CharacteristicKind.PassFail => t["LimitsPassFail"],
        CharacteristicKind.Sampling => $"n={line.SampleN} c={line.SampleC} m={Formats.Number(line.LimitM ?? 0)}{(line.LimitBigM is { } top ? $" M={Formats.Number(top)}" : "")}{Unit(line)}",
        _ => (line.LowerLimit, line.UpperLimit) switch
        {
            ({ } lower, { } upper) => $"{Formats.Number(lower)} – {Formats.Number(upper)}{Unit(line)}",
            ({ } lower, null) => $"≥ {Formats.Number(lower)}{Unit(line)}",
            (null, { } upper) => $"≤ {Formats.Number(upper)}{Unit(line)}",
            _ => Formats.None,
        },
    };

    /// <summary>Options of an enum for filters and selects: value in lower case, word by key "Type.Value".</summary>
    public static IReadOnlyList<SelectOption<string>> Options<T>(IStringLocalizer t) where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(v => new SelectOption<string>(v.ToString().ToLowerInvariant(), t[$"{typeof(T).Name}.{v}"]))];

    /// <summary>The enum value a filter in the address names, or null.</summary>
    public static T? Read<T>(string? text) where T : struct, Enum =>
        text is not null && !text.All(char.IsDigit) && Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : null;

    private static string Unit(CharacteristicView line) => string.IsNullOrEmpty(line.Unit) ? "" : $"{Formats.ThinSpace}{line.Unit}";
}
