using System.Text.Json.Nodes;

namespace Traceability.Documents.Layout;

/// <summary>Builds the nodes of a document: a small vocabulary over the renderer's JSON.</summary>
internal static class Doc
{
    public static JsonObject Text(string text, params ReadOnlySpan<string> styles) => Styled(new JsonObject { ["text"] = text }, styles);

    /// <summary>A text of runs with styles of their own.</summary>
    public static JsonObject Runs(IEnumerable<JsonNode> runs, params ReadOnlySpan<string> styles) =>
        Styled(new JsonObject { ["text"] = new JsonArray([.. runs]) }, styles);

    public static JsonObject Stack(params IEnumerable<JsonNode> nodes) => new() { ["stack"] = new JsonArray([.. nodes]) };

    public static JsonObject Columns(double gap, params IEnumerable<JsonNode> nodes) =>
        new() { ["columns"] = new JsonArray([.. nodes]), ["columnGap"] = gap };

    /// <summary>A code in the monospaced font.</summary>
    public static JsonObject Code(string code, params ReadOnlySpan<string> styles) => Text(code, styles).With("code", true);

    public static JsonObject With(this JsonObject node, string key, JsonNode? value)
    {
        node[key] = value;
        return node;
    }

    public static JsonObject Margin(this JsonObject node, double left, double top, double right, double bottom) =>
        node.With("margin", new JsonArray(left, top, right, bottom));

    /// <summary>The node starts on the page on which what follows it starts.</summary>
    public static JsonObject KeepWithNext(this JsonObject node) => node.With("keepWithNext", true);

    /// <summary>A QR code with its content as its alternative text.</summary>
    public static JsonObject Qr(string content, double size, string alternative) => new()
    {
        ["barcode"] = new JsonObject { ["type"] = "qrcode", ["text"] = content, ["size"] = size },
        ["alt"] = alternative,
    };

    /// <summary>A line across, as decoration.</summary>
    public static JsonObject Line(double width, double weight, string colour) => new()
    {
        ["canvas"] = new JsonArray(new JsonObject
        {
            ["type"] = "line", ["x1"] = 0, ["y1"] = 0, ["x2"] = width, ["y2"] = 0, ["lineWidth"] = weight, ["lineColor"] = colour,
        }),
    };

    /// <summary>Places nodes without being a table to a reader of the structure.</summary>
    public static JsonObject Placed(string layout, JsonArray widths, params IEnumerable<JsonArray> rows) => new()
    {
        ["table"] = new JsonObject { ["widths"] = widths, ["body"] = new JsonArray([.. rows]) },
        ["layout"] = layout,
    };

    /// <summary>A table of data: repeated head, rows that stay whole.</summary>
    public static JsonObject Table(IReadOnlyList<Column> columns, IEnumerable<JsonArray> rows)
    {
        var body = new JsonArray(Aligned(columns, new JsonArray([.. columns.Select(column => Text(column.Head, "th"))])));
        var count = 0;
        foreach (var row in rows)
        {
            body.Add(Aligned(columns, row));
            count++;
        }
        return new JsonObject
        {
            ["table"] = new JsonObject
            {
                ["headerRows"] = 1,
                ["keepWithHeaderRows"] = Math.Min(2, count),
                ["dontBreakRows"] = true,
                ["widths"] = new JsonArray([.. columns.Select(column => column.WidthNode)]),
                ["body"] = body,
            },
            ["layout"] = "data",
            ["style"] = "table",
        };
    }

    /// <summary>Numbers stand right; what follows a column of numbers keeps a distance from it.</summary>
    private static JsonArray Aligned(IReadOnlyList<Column> columns, JsonArray row)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            var cell = (JsonObject)row[i]!;
            if (columns[i].Right)
                cell["alignment"] = "right";
            else if (i > 0 && columns[i - 1].Right)
                cell.Margin(columns[i - 1].Gap, 0, 0, 0);
        }
        return row;
    }

    private static JsonObject Styled(JsonObject node, ReadOnlySpan<string> styles)
    {
        if (styles.Length == 1)
            node["style"] = styles[0];
        else if (styles.Length > 1)
            node["style"] = new JsonArray([.. styles.ToArray().Select(style => JsonValue.Create(style))]);
        return node;
    }
}

/// <summary>A column of a table of data.</summary>
/// <param name="Width">Points, or null to share what is left.</param>
/// <param name="Right">Numbers stand right.</param>
/// <param name="Gap">Distance a column of numbers keeps from the next one, in points.</param>
internal sealed record Column(string Head, double? Width = null, bool Right = false, double Gap = 8)
{
    public JsonNode WidthNode => Width is { } points ? JsonValue.Create(points) : JsonValue.Create("*");
}
