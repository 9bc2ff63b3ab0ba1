namespace Traceability.Web.Components.Ui;

/// <summary>How a chart draws its series.</summary>
public enum ChartKind
{
    Line,
    Bar,
}

/// <summary>One value of a series.</summary>
/// <param name="X">Label on the horizontal axis; equal labels of several series stand above each other.</param>
/// <param name="Y">The value; null leaves a gap.</param>
/// <param name="Href">The record behind the value.</param>
/// <param name="Note">More for the tooltip: the record's code.</param>
public sealed record ChartPoint(string X, decimal? Y, string? Href = null, string? Note = null);

/// <summary>One line or one set of bars; four at most can be told apart.</summary>
public sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points);

/// <summary>A horizontal line with a name: a limit, or a target.</summary>
/// <param name="IsTarget">Drawn quietly; values beyond a target are not marked.</param>
/// <param name="IsUpper">For a limit: values above it are out; else values below it.</param>
public sealed record ChartLimit(string Name, decimal Value, bool IsUpper = true, bool IsTarget = false)
{
    public bool IsBroken(decimal value) => !IsTarget && (IsUpper ? value > Value : value < Value);
}
