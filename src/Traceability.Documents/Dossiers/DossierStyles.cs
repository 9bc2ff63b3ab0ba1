using System.Text.Json.Nodes;
using Traceability.Application.Dossiers;
using Traceability.Documents.Layout;

namespace Traceability.Documents.Dossiers;

/// <summary>The named styles of dossiers and labels.</summary>
internal static class DossierStyles
{
    public static JsonObject All()
    {
        var styles = new JsonObject
        {
            ["title"] = Style(PrintTokens.TitleSize, bold: true),
            ["code"] = Style(14),
            ["eyebrow"] = Style(PrintTokens.SubHeadSize, bold: true, colour: PrintTokens.Accent),
            ["h1"] = Style(PrintTokens.HeadSize, bold: true, colour: PrintTokens.Ink),
            ["h2"] = Style(PrintTokens.SubHeadSize, bold: true, colour: PrintTokens.Accent),
            ["table"] = Style(PrintTokens.TableSize),
            ["th"] = Style(PrintTokens.TableSize, bold: true, colour: PrintTokens.Muted),
            ["label"] = Style(PrintTokens.TableSize, colour: PrintTokens.Muted),
            ["muted"] = Style(colour: PrintTokens.Muted),
            ["small"] = Style(7, colour: PrintTokens.Muted),
            ["digest"] = Style(6.2),
            ["strong"] = Style(bold: true),
            ["pass"] = Style(colour: PrintTokens.Green),
            ["fail"] = Style(bold: true, colour: PrintTokens.Red),
        };
        foreach (var status in Enum.GetValues<DossierStatus>()) styles["status" + status] = Style(bold: true, colour: Colour(status));
        return styles;
    }

    public static JsonObject Default() => Style(PrintTokens.BodySize, colour: PrintTokens.Ink).With("font", "Sans").With("lineHeight", 1.0);

    public static JsonObject Tokens() => new()
    {
        ["rule"] = PrintTokens.Rule,
        ["strong"] = PrintTokens.Muted,
        ["shade"] = PrintTokens.Shade,
    };

    private static string Colour(DossierStatus status) => status switch
    {
        DossierStatus.Pending => PrintTokens.Amber,
        DossierStatus.Released => PrintTokens.Green,
        DossierStatus.Concession => PrintTokens.Violet,
        DossierStatus.OnHold or DossierStatus.Rejected => PrintTokens.Red,
        _ => PrintTokens.Grey,
    };

    private static JsonObject Style(double? size = null, bool? bold = null, string? colour = null)
    {
        var style = new JsonObject();
        if (size is { } points) style["fontSize"] = points;
        if (bold is { } thick) style["bold"] = thick;
        if (colour is not null) style["color"] = colour;
        return style;
    }
}
