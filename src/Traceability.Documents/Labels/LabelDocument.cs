using System.Text.Json.Nodes;
using Traceability.Application.Dossiers;
using Traceability.Application.Labels;
using Traceability.Documents.Dossiers;
using Traceability.Documents.Layout;

namespace Traceability.Documents.Labels;

/// <summary>
/// Labels, one page each. Black on white and nothing finer than a thermal printer of 203 dpi can print; the code is large
/// enough to be read aloud from an arm's length.
/// </summary>
internal sealed class LabelDocument(IReadOnlyList<BatchLabel> labels, LabelSize size, DocumentLanguage language, DateTimeOffset printedAt, double scale = 1)
{
    private const double Millimetre = 72 / 25.4;
    private const string Black = "#000000";

    // Labels show days only, so the zone does not matter here.
    private readonly DossierWriter write = new(language, "UTC");
    private readonly LabelMeasures measures = size == LabelSize.Large
        ? new LabelMeasures(100, 60, 4, Qr: 29, Code: 13, Name: 11 * scale, Body: 8.5 * scale, Label: 7 * scale)
        : new LabelMeasures(60, 40, 2.5, Qr: 18, Code: 9, Name: 7.5 * scale, Body: 5.8 * scale, Label: 5.2 * scale);

    public JsonObject Build()
    {
        var margin = measures.Margin * Millimetre;
        var content = new JsonArray();
        for (var i = 0; i < labels.Count; i++)
        {
            var label = Label(labels[i]);
            if (i > 0) label["pageBreak"] = "before";
            content.Add(label);
        }
        return new JsonObject
        {
            ["title"] = $"{write.Texts.Labels} {labels[0].Code}",
            ["language"] = write.Texts.LanguageTag,
            ["created"] = DossierDocument.Created(printedAt),
            ["pageSize"] = new JsonObject { ["width"] = measures.Width * Millimetre, ["height"] = measures.Height * Millimetre },
            ["pageMargins"] = new JsonArray(margin, margin, margin, margin),
            ["tokens"] = DossierStyles.Tokens(),
            ["defaultStyle"] = new JsonObject { ["font"] = "Sans", ["fontSize"] = measures.Body, ["color"] = Black, ["lineHeight"] = 0.9 },
            ["content"] = content,
        };
    }

    private JsonObject Label(BatchLabel label)
    {
        var qr = measures.Qr * Millimetre;
        var head = Doc.Stack(
            Doc.Code(label.Code).With("fontSize", CodeSize(label.Code)).With("bold", true),
            Doc.Text(Shortened(write.In(label.MaterialName))).With("fontSize", measures.Name).With("bold", true).Margin(0, 1, 0, 0),
            Doc.Code(label.MaterialCode).With("fontSize", measures.Body));
        var right = new List<JsonObject> { Doc.Qr(label.QrContent, qr, label.Code) };
        if (label.Number is { } number)
            right.Add(Doc.Text($"{number.Index} / {number.Count}").With("alignment", "center").With("fontSize", measures.Label).Margin(0, 2, 0, 0));
        var left = new List<JsonObject>();
        if (label.Status is { } status)
            left.Add(Doc.Text($"{DossierWriter.Icon(status)} {write.Texts.Word(status)}").With("bold", true).Margin(0, 0, 0, 2));
        left.Add(Facts(label));
        return Doc.Stack(
            head,
            Doc.Line((measures.Width - 2 * measures.Margin) * Millimetre, 0.8, Black).Margin(0, 2.5, 0, 3),
            Doc.Columns(6, Doc.Stack(left), Doc.Stack(right).With("width", qr)));
    }

    /// <summary>A long code is set smaller rather than broken: one letter is 0.6 of the size wide.</summary>
    private double CodeSize(string code) =>
        Math.Min(measures.Code, (measures.Width - 2 * measures.Margin) * Millimetre / (0.605 * code.Length));

    /// <summary>A name longer than two lines is cut: the code above it says exactly what is meant.</summary>
    private static string Shortened(string name) => name.Length <= 48 ? name : name[..47] + "…";

    private JsonObject Facts(BatchLabel label)
    {
        var texts = write.Texts;
        var rows = new List<JsonArray>();
        if (label.Quantity is { } quantity) Add(texts.Quantity, Doc.Text(write.Quantity(quantity)).With("bold", true));
        if (label.ReceivedOn is { } received) Add(texts.LabelReceived, Doc.Text(DossierWriter.Day(received)));
        if (label.ProducedOn is { } produced) Add(texts.LabelProduced, Doc.Text(DossierWriter.Day(produced)));
        if (label.ExpiresOn is { } expires) Add(texts.LabelExpires, Doc.Text(DossierWriter.Day(expires)).With("bold", true));
        if (label.Supplier is { } supplier) Add(texts.Supplier, Doc.Text(Shortened(write.In(supplier))));
        if (label.SupplierBatchCode is { } code) Add(texts.SupplierBatch, Doc.Code(code));
        if (rows.Count == 0) rows.Add([Doc.Text(string.Empty), Doc.Text(string.Empty)]);
        return Doc.Placed("bare", [measures.Body * 6.6, "*"], rows);

        void Add(string name, JsonObject value) => rows.Add([Doc.Text(name).With("fontSize", measures.Label), value.Margin(0, 0, 0, measures.Body / 12)]);
    }
}

/// <summary>Sizes of a label: millimetres for lengths, points for type.</summary>
internal sealed record LabelMeasures(double Width, double Height, double Margin, double Qr, double Code, double Name, double Body, double Label);
