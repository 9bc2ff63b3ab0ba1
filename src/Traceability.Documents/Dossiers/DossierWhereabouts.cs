using System.Text.Json.Nodes;
using Traceability.Application.Dossiers;
using Traceability.Documents.Layout;
using Traceability.Documents.Texts;

namespace Traceability.Documents.Dossiers;

/// <summary>The sections on where it went and what stood in its way: flow, shipments, holds, gaps, audit trail.</summary>
internal sealed class DossierWhereabouts(DossierModel model, DossierWriter write)
{
    private DossierTexts Texts => write.Texts;

    public DossierSection Moves() => new(Texts.Moves, model.Moves.Count, null, model.Moves.Count == 0 ? [] : [Doc.Table(
        [new(Texts.Step, 40), new(Texts.Time, 62), new(Texts.From), new(Texts.To), new(Texts.Quantity, 46, Right: true), new(Texts.Document, 76), new(Texts.Person, 57), new(Texts.ConfirmedBy, 57)],
        model.Moves.Select(move => new JsonArray(
            Doc.Text(write.In(move.Step)),
            Doc.Text(write.Time(move.At)),
            Doc.Text(write.Or(write.In(move.From))),
            Doc.Text(write.Or(write.In(move.To))),
            Doc.Text(write.Quantity(move.Quantity)),
            DossierWriter.CodeOrDash(move.Document),
            Doc.Text(write.Person(move.Person)),
            Doc.Text(write.Person(move.ConfirmedBy)))))]);

    public DossierSection Shipments() => new(Texts.Shipments, model.Shipments.Count, null, model.Shipments.Count == 0 ? [] : [Doc.Table(
        [new(Texts.Shipment, 84), new(Texts.Time, 66), new(Texts.Customer), new(Texts.Batch, 84), new(Texts.Quantity, 52, Right: true), new(Texts.DeliveryNote, 76), new(Texts.Returned, 46, Right: true)],
        model.Shipments.Select(shipment => new JsonArray(
            shipment.Carrier is { } carrier ? Doc.Stack(Doc.Code(shipment.Number), Doc.Text(write.In(carrier), "muted")) : Doc.Code(shipment.Number),
            Doc.Text(write.Time(shipment.ShippedAt)),
            Doc.Stack(Doc.Text(write.In(shipment.CustomerName)), Doc.Code(shipment.CustomerCode, "muted")),
            Doc.Code(shipment.BatchCode),
            Doc.Text(write.Quantity(shipment.Quantity)),
            DossierWriter.CodeOrDash(shipment.DeliveryNote),
            Doc.Text(write.QuantityOrDash(shipment.Returned)))))]);

    public DossierSection Holds()
    {
        var inForce = model.Holds.Count(hold => hold.LiftedAt is null);
        return new DossierSection(Texts.Holds, model.Holds.Count, inForce == 0 ? null : DossierWriter.Fill(Texts.HoldsInForce, inForce), model.Holds.Count == 0 ? [] : [Doc.Table(
            [new(Texts.Number, 78), new(Texts.Scope), new(Texts.Placed, 66), new(Texts.Reason), new(Texts.Lifted, 66), new(Texts.Decision, 86)],
            model.Holds.Select(hold => new JsonArray(
                Doc.Code(hold.Number),
                Doc.Text(write.In(hold.Scope)),
                Doc.Stack(Doc.Text(write.Time(hold.PlacedAt)), Doc.Text(write.Person(hold.PlacedBy), "muted")),
                Doc.Text(write.In(hold.Reason)),
                hold.LiftedAt is { } lifted ? Doc.Stack(Doc.Text(write.Time(lifted)), Doc.Text(write.Person(hold.LiftedBy), "muted")) : Doc.Text(Texts.InForce, "fail"),
                Doc.Text(write.Or(write.In(hold.Decision))))))]);
    }

    public DossierSection Gaps() => new(Texts.Gaps, model.Gaps.Count, model.Gaps.Count == 0 ? null : $"▲ {DossierWriter.Number(model.Gaps.Count)}", model.Gaps.Count == 0
        ? [Doc.Text("√ " + Texts.NoGaps, "pass")]
        : [Doc.Table(
            [new(Texts.Kind, 100), new(Texts.Where, 130), new(Texts.Why)],
            model.Gaps.Select(gap => new JsonArray(
                Doc.Text("▨ " + write.In(gap.Kind), "strong"),
                Doc.Code(gap.Where),
                Doc.Text(write.In(gap.Explanation)))))]);

    public DossierSection Audit()
    {
        var body = new List<JsonObject>();
        if (model.Audit.Count > 0)
        {
            if (model.AuditTotal > model.Audit.Count)
                body.Add(Doc.Text(DossierWriter.Fill(Texts.AuditExcerpt, model.Audit.Count, model.AuditTotal), "small").Margin(0, 0, 0, 3).KeepWithNext());
            body.Add(Doc.Table(
                [new(Texts.Time, 72), new(Texts.Person, 62), new(Texts.Action, 82), new(Texts.Record, 86), new(Texts.Change), new(Texts.Reason, 80)],
                model.Audit.Select(entry => new JsonArray(
                    Doc.Text(write.Seconds(entry.At)),
                    entry.Device is { } device ? Doc.Stack(Doc.Text(write.Person(entry.By)), Doc.Text(device, "muted")) : Doc.Text(write.Person(entry.By)),
                    Doc.Text(write.In(entry.Action)),
                    Doc.Code(entry.Record),
                    Change(entry),
                    Doc.Text(write.Or(write.In(entry.Reason)))))));
        }
        return new DossierSection(Texts.Audit, model.Audit.Count, null, body);
    }

    private JsonObject Change(DossierAuditEntry entry)
    {
        if (entry.OldValue is null && entry.NewValue is null) return Doc.Text(write.Or(write.In(entry.Field)));
        return Doc.Runs([
            Doc.Text(entry.Field is { } field ? write.In(field) + " " : string.Empty, "muted"),
            Doc.Text(write.Or(entry.OldValue)),
            Doc.Text(" → ", "muted"),
            Doc.Text(write.Or(entry.NewValue), "strong"),
        ]);
    }
}
