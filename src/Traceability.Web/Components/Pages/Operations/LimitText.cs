using Traceability.Web.Components.Ui;

namespace Traceability.Web.Components.Pages.Operations;

/// <summary>How limits are written: 910–930 °C, ≥ 30 s, ≤ 3 %.</summary>
public static class LimitText
{
    /// <returns>Null when there is no limit.</returns>
    public static string? Of(decimal? lower, decimal? upper, string? unit) => (lower, upper) switch
    {
        ({ } low, { } high) => $"{Formats.Number(low)}–{Formats.Quantity(high, unit)}",
        ({ } low, null) => $"≥ {Formats.Quantity(low, unit)}",
        (null, { } high) => $"≤ {Formats.Quantity(high, unit)}",
        _ => null,
    };
}
