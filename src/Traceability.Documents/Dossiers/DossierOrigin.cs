using System.Text.Json.Nodes;
using Traceability.Application.Dossiers;
using Traceability.Documents.Layout;
using Traceability.Documents.Texts;

namespace Traceability.Documents.Dossiers;

/// <summary>The sections on what the batch is and where it came from: decisions, sources, genealogy.</summary>
internal sealed class DossierOrigin(DossierModel model, DossierWriter write)
{
    private DossierTexts Texts => write.Texts;

    public DossierSection Decisions() => new(Texts.Decisions, model.Decisions.Count, null, model.Decisions.Count == 0 ? [] : [Doc.Table(
        [new(Texts.Time, 66), new(Texts.Status, 104), new(Texts.Decision), new(Texts.Document, 82), new(Texts.DecidedBy, 62), new(Texts.Second, 62)],
        model.Decisions.Select(decision => new JsonArray(
            Doc.Text(write.Time(decision.At)),
            decision.From is { } from ? Doc.Stack(write.Status(from), Doc.Runs([Doc.Text("→ ", "muted"), write.Status(decision.To)])) : write.Status(decision.To),
            Doc.Text(write.Or(write.In(decision.Reason))),
            DossierWriter.CodeOrDash(decision.Document),
            Doc.Text(write.Person(decision.By)),
            Doc.Text(write.Person(decision.SecondPerson)))))]);

    public DossierSection Sources()
    {
        var certificates = model.Sources.SelectMany(source => source.Certificates.Select(certificate => (source, certificate))).ToList();
        var body = new List<JsonObject>();
        if (model.Sources.Count > 0)
        {
            body.Add(Doc.Table(
                [new(Texts.Material), new(Texts.Supplier, 84), new(Texts.SupplierBatch, 78), new(Texts.Batch, 86), new(Texts.Receipt, 82), new(Texts.Quantity, 48, Right: true)],
                model.Sources.Select(source => new JsonArray(
                    Doc.Stack(Doc.Text(write.In(source.MaterialName)), Doc.Code(source.MaterialCode, "muted")),
                    Doc.Stack(Doc.Text(write.In(source.SupplierName)), Doc.Code(source.SupplierCode, "muted")),
                    Doc.Code(source.SupplierBatchCode),
                    Doc.Stack(Doc.Code(source.BatchCode), write.Status(source.Status)),
                    Doc.Stack(Doc.Code(source.ReceiptNumber), Doc.Text(write.Time(source.ReceivedAt), "muted")),
                    Doc.Text(write.Quantity(source.Received))))));
        }
        if (certificates.Count > 0)
        {
            body.Add(Doc.Text(Texts.Certificates, "h2").With("tag", "H2").Margin(0, 10, 0, 3).KeepWithNext());
            body.Add(Doc.Table(
                [new(Texts.SupplierBatch, 92), new(Texts.CertificateKind, 104), new(Texts.File), new("SHA-256", 124)],
                certificates.Select(row => new JsonArray(
                    Doc.Code(row.source.SupplierBatchCode),
                    Doc.Text(write.In(row.certificate.Kind)),
                    Doc.Text(write.Or(row.certificate.FileName)),
                    row.certificate.Sha256.Length == 0 ? DossierWriter.CodeOrDash(null) : Doc.Code(Halved(row.certificate.Sha256), "digest")))));
        }
        return new DossierSection(Texts.Sources, model.Sources.Count, null, body);
    }

    /// <summary>A digest in two lines is large enough to be compared by eye on paper.</summary>
    private static string Halved(string digest) => digest.Length < 2 ? digest : $"{digest[..(digest.Length / 2)]}\n{digest[(digest.Length / 2)..]}";

    public DossierSection Backward() => Genealogy(Texts.Backward, model.Backward);

    public DossierSection Forward() => Genealogy(Texts.Forward, model.Forward);

    private DossierSection Genealogy(string title, IReadOnlyList<DossierGenealogyRow> rows) => new(title, rows.Count, null, rows.Count == 0 ? [] : [Doc.Table(
        [new(Texts.Level, 34), new(Texts.Batch, 98), new(Texts.Material), new(Texts.Quantity, 52, Right: true), new(Texts.RunAndOrder, 82), new(Texts.Through, 82), new(Texts.Partner, 66)],
        rows.Select(row => new JsonArray(
            Doc.Text(new string('·', row.Level) + " " + DossierWriter.Number(row.Level)),
            Doc.Stack(Doc.Code(row.BatchCode), write.Status(row.Status)),
            Doc.Stack(Doc.Text(write.In(row.MaterialName)), Doc.Code(row.MaterialCode, "muted")),
            Doc.Text(write.Quantity(row.Quantity)),
            RunAndOrder(row),
            Doc.Code(row.ThroughBatchCode),
            Doc.Text(write.Or(write.In(row.Partner))))))]);

    private static JsonObject RunAndOrder(DossierGenealogyRow row) => (row.Run, row.WorkOrder) switch
    {
        (null, null) => DossierWriter.CodeOrDash(null),
        ({ } run, { } order) when run != order => Doc.Stack(Doc.Code(run), Doc.Code(order, "muted")),
        var (run, order) => Doc.Code(run ?? order!),
    };
}
