namespace Traceability.Documents.Layout;

/// <summary>The design tokens in print: the only place with colours and sizes.</summary>
internal static class PrintTokens
{
    public const string Ink = "#16202A";
    public const string Muted = "#56636F";
    public const string Rule = "#D3DAE0";
    public const string Shade = "#F3F6F8";
    public const string Accent = "#0B5A73";

    public const string Amber = "#8A5200";
    public const string Green = "#1A7346";
    public const string Violet = "#65399A";
    public const string Red = "#B3261E";
    public const string Grey = "#56636F";

    public const double TableSize = 7.5;
    public const double BodySize = 8.5;
    public const double HeadSize = 13;
    public const double SubHeadSize = 9.5;
    public const double TitleSize = 22;

    /// <summary>Page margins of an A4 sheet in points: left, top, right, bottom.</summary>
    public static readonly double[] Margins = [42, 58, 42, 52];

    /// <summary>Width between the margins.</summary>
    public const double ContentWidth = 595.28 - 42 - 42;
}
