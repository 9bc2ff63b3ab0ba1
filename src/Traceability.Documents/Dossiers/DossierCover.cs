using System.Text.Json.Nodes;
using Traceability.Application.Dossiers;
using Traceability.Documents.Layout;

namespace Traceability.Documents.Dossiers;

/// <summary>The cover: what it is about, how it stands, how to verify it, what is inside.</summary>
internal sealed class DossierCover(DossierModel model, DossierWriter write)
{
    private const double QrSize = 104;

    public IEnumerable<JsonObject> Nodes(IReadOnlyList<DossierSection> sections)
    {
        var texts = write.Texts;
        var batch = model.Batch;
        yield return Doc.Columns(8,
            Doc.Text($"{write.In(model.Company)} · {write.In(model.Plant)}", "muted"),
            Doc.Runs([Doc.Text(texts.Dossier + "  "), Doc.Code(model.Number)], "eyebrow").With("alignment", "right"));
        yield return Doc.Line(PrintTokens.ContentWidth, 1.6, PrintTokens.Accent).Margin(0, 6, 0, 44);

        yield return Doc.Columns(24,
            Doc.Stack(
                Doc.Text(write.In(batch.MaterialName), "title").With("tag", "H1").With("outline", true),
                Doc.Code(batch.Code, "code").Margin(0, 6, 0, 10),
                write.Status(batch.Status).With("fontSize", 11)),
            Doc.Stack(
                Doc.Qr(model.VerificationUrl, QrSize, DossierWriter.Fill(texts.QrAlternative, model.VerificationUrl)),
                Doc.Text(texts.ScanToVerify, "small").With("alignment", "center").Margin(0, 5, 0, 0)).With("width", QrSize));

        yield return Facts().Margin(0, 34, 0, 0);
        yield return Completeness().Margin(0, 22, 0, 0);
        yield return Doc.Text(texts.Contents, "h2").With("tag", "H2").Margin(0, 24, 0, 4).KeepWithNext();
        yield return Doc.Table(
            [new(texts.Section), new(texts.Entries, 90, Right: true, Gap: 28), new(texts.Findings, 210)],
            sections.Select(section => new JsonArray(
                Doc.Text(section.Title),
                Doc.Text(DossierWriter.Number(section.Entries)),
                section.Finding is { } finding ? Doc.Text(finding, "fail") : Doc.Text(texts.NoFindings, "muted"))));

        yield return Doc.Text(texts.DigestNote, "small").Margin(0, 22, 0, 2);
        yield return Doc.Code(model.VerificationUrl, "small").Margin(0, 0, 0, 2);
        yield return Doc.Text(DossierWriter.Fill(texts.AttachmentNote, DossierAttachment.FileName(model)), "small").Margin(0, 0, 0, 2);
        yield return Doc.Text(DossierWriter.Fill(texts.TimesIn, model.TimeZone, write.Offset(model.CreatedAt)), "small");
    }

    private JsonObject Facts()
    {
        var texts = write.Texts;
        var batch = model.Batch;
        var facts = new List<(string Label, JsonObject Value)> { (texts.MaterialCode, Doc.Code(batch.MaterialCode)) };
        Add(texts.Specification, batch.Specification);
        facts.Add((texts.Quantity, Doc.Text(write.Quantity(batch.Quantity), "strong")));
        AddCode(texts.WorkOrder, batch.WorkOrder);
        Add(texts.Supplier, write.In(batch.Supplier));
        AddCode(texts.SupplierBatch, batch.SupplierBatchCode);
        Add(texts.RoutingVersion, batch.RoutingVersion);
        Add(texts.BomVersion, batch.BomVersion);
        if (batch.ReceivedAt is { } received) Add(texts.ReceivedAt, write.Time(received));
        if (batch.ProducedAt is { } produced) Add(texts.ProducedAt, write.Time(produced));
        if (batch.ReleasedAt is { } released) Add(texts.ReleasedAt, write.Time(released));
        if (batch.ExpiresOn is { } expires) Add(texts.ExpiresOn, DossierWriter.Day(expires));
        Add(texts.CreatedAt, write.Time(model.CreatedAt));
        Add(texts.CreatedBy, write.Person(model.CreatedBy));
        if (model.AsOf is { } asOf) Add(texts.AsOf, write.Time(asOf));

        var rows = new List<JsonArray>();
        for (var i = 0; i < facts.Count; i += 2)
        {
            var second = i + 1 < facts.Count ? facts[i + 1] : (Label: string.Empty, Value: Doc.Text(string.Empty));
            rows.Add([Label(facts[i].Label), facts[i].Value, Label(second.Label), second.Value]);
        }
        return new JsonObject
        {
            ["table"] = new JsonObject { ["widths"] = new JsonArray(76, "*", 76, "*"), ["body"] = new JsonArray([.. rows]) },
            ["layout"] = "facts",
        };

        void Add(string label, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value)) facts.Add((label, Doc.Text(value)));
        }

        void AddCode(string label, string? code)
        {
            if (!string.IsNullOrWhiteSpace(code)) facts.Add((label, Doc.Code(code)));
        }

        static JsonObject Label(string text) => Doc.Text(text, "label").With("rowHeader", text.Length > 0);
    }

    /// <summary>Says on the first page whether the trace has gaps: nobody is to find out on page nine.</summary>
    private JsonObject Completeness()
    {
        var texts = write.Texts;
        var text = model.Gaps.Count == 0
            ? Doc.Text("√ " + texts.TraceComplete, "pass")
            : Doc.Text("▲ " + DossierWriter.Fill(texts.TraceIncomplete, model.Gaps.Count), "fail");
        return Doc.Placed("box", ["*"], [new JsonArray(text)]);
    }
}
