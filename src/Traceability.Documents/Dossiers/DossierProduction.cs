using System.Text.Json.Nodes;
using Traceability.Application.Dossiers;
using Traceability.Documents.Layout;
using Traceability.Documents.Texts;

namespace Traceability.Documents.Dossiers;

/// <summary>The sections on how it was made and tested: operations with parameters and consumption, inspections.</summary>
internal sealed class DossierProduction(DossierModel model, DossierWriter write)
{
    private DossierTexts Texts => write.Texts;

    public DossierSection Operations() => new(Texts.Operations, model.Operations.Count, null, model.Operations.Count == 0 ? [] : [Doc.Table(
        [new(Texts.Step), new(Texts.Batch, 84), new($"{Texts.Start} – {Texts.Finish}", 66), new(Texts.Operator, 58), new(Texts.Equipment, 68),
            new(Texts.Good, 50, Right: true), new(Texts.Scrap, 36, Right: true), new(Texts.Rework, 36, Right: true)],
        model.Operations.Select(operation => new JsonArray(
            Doc.Text(Step(operation)),
            operation.WorkOrder is { } order ? Doc.Stack(Doc.Code(operation.BatchCode), Doc.Code(order, "muted")) : Doc.Code(operation.BatchCode),
            Doc.Text(Span(operation)),
            Doc.Text(string.Join('\n', operation.Helpers.Prepend(operation.Operator).Select(write.Person))),
            Equipment(operation),
            Doc.Text(write.Quantity(operation.Good)),
            Doc.Text(write.QuantityOrDash(operation.Scrap)),
            Doc.Text(write.QuantityOrDash(operation.Rework)))))]);

    public DossierSection Parameters()
    {
        var rows = model.Operations.SelectMany(operation => operation.Parameters.Select(parameter => (operation, parameter))).ToList();
        var failed = rows.Count(row => DossierWriter.IsFail(row.parameter.Verdict));
        return new DossierSection(Texts.Parameters, rows.Count, Finding(Texts.OutOfLimits, failed), rows.Count == 0 ? [] : [Doc.Table(
            [new(Texts.Step, 84), new(Texts.Batch, 80), new(Texts.Time, 62), new(Texts.Parameter), new(Texts.Limits, 58, Right: true, Gap: 0), new(Texts.Value, 58, Right: true), new(Texts.Result, 64)],
            rows.Select(row => new JsonArray(
                Doc.Text(Step(row.operation)),
                Doc.Code(row.operation.BatchCode),
                Doc.Text(write.Time(row.parameter.MeasuredAt ?? row.operation.FinishedAt ?? row.operation.StartedAt)),
                Name(row.parameter),
                Doc.Text(write.Limits(row.parameter.Limits)),
                write.ValueCell(row.parameter.Value, row.parameter.Verdict),
                write.VerdictCell(row.parameter.Verdict))))]);
    }

    public DossierSection Consumption()
    {
        var rows = model.Operations.SelectMany(operation => operation.Consumed.Select(consumed => (operation, consumed))).ToList();
        return new DossierSection(Texts.ConsumedBatches, rows.Count, null, rows.Count == 0 ? [] : [Doc.Table(
            [new(Texts.Step, 92), new(Texts.To, 84), new(Texts.Batch, 92), new(Texts.Material), new(Texts.SupplierBatch, 84), new(Texts.Quantity, 52, Right: true)],
            rows.Select(row => new JsonArray(
                Doc.Text(Step(row.operation)),
                Doc.Code(row.operation.BatchCode),
                Doc.Code(row.consumed.BatchCode),
                Doc.Text(write.In(row.consumed.MaterialName)),
                DossierWriter.CodeOrDash(row.consumed.SupplierBatchCode),
                Doc.Text(write.Quantity(row.consumed.Quantity)))))]);
    }

    public DossierSection Inspections()
    {
        var body = new List<JsonObject>();
        foreach (var inspection in model.Inspections)
        {
            body.Add(Doc.Runs([
                Doc.Text(write.In(inspection.Kind) + "  "), Doc.Code(inspection.Number).With("bold", false),
            ], "h2").With("tag", "H2").Margin(0, body.Count == 0 ? 2 : 12, 0, 2).KeepWithNext());
            body.Add(Doc.Runs(Facts(inspection), "table").Margin(0, 0, 0, 4).KeepWithNext());
            body.Add(Doc.Table(
                [new(Texts.Characteristic), new(Texts.Method, 90), new(Texts.Limits, 116, Right: true), new(Texts.Value, 84, Right: true), new(Texts.Result, 66)],
                inspection.Characteristics.Select(characteristic => new JsonArray(
                    Doc.Text(write.In(characteristic.Name)),
                    Doc.Text(write.Or(characteristic.Method)),
                    Doc.Text(write.Limits(characteristic.Limits)),
                    write.ValueCell(characteristic.Result, characteristic.Verdict),
                    write.VerdictCell(characteristic.Verdict)))));
        }
        var failed = model.Inspections.Count(inspection => DossierWriter.IsFail(inspection.Verdict));
        return new DossierSection(Texts.Inspections, model.Inspections.Count, Finding(Texts.FailedInspections, failed), body);
    }

    private IEnumerable<JsonNode> Facts(DossierInspection inspection)
    {
        var verdict = write.VerdictCell(inspection.Verdict).With("bold", true);
        yield return verdict;
        yield return Fact(Texts.Batch);
        yield return Doc.Code(inspection.BatchCode);
        yield return Fact(Texts.Time);
        yield return Doc.Text(write.Time(inspection.InspectedAt));
        yield return Fact(Texts.Inspector);
        yield return Doc.Text(write.Person(inspection.Inspector));
        if (inspection.SecondPerson is { } second)
        {
            yield return Fact(Texts.Second);
            yield return Doc.Text(write.Person(second));
        }
        if (inspection.SampleSize is { } sample)
        {
            yield return Fact(Texts.SampleSize);
            yield return Doc.Text(sample);
        }

        static JsonObject Fact(string label) => Doc.Text($"   {label} ", "label");
    }

    private static string? Finding(string pattern, int count) => count == 0 ? null : DossierWriter.Fill(pattern, count);

    private string Step(DossierOperation operation) => $"{operation.StepNumber} {write.In(operation.StepName)}";

    private string Span(DossierOperation operation) =>
        operation.FinishedAt is { } finished ? $"{write.Time(operation.StartedAt)}\n{write.Time(finished)}" : $"{write.Time(operation.StartedAt)}\n{Texts.StillRunning}";

    private JsonObject Equipment(DossierOperation operation) => operation.EquipmentCode is { } code
        ? Doc.Stack(Doc.Code(code), Doc.Text(write.In(operation.EquipmentName), "muted"))
        : Doc.Text(write.Or(write.In(operation.EquipmentName)));

    private JsonObject Name(DossierParameter parameter) => parameter.Critical
        ? Doc.Runs([Doc.Text(write.In(parameter.Name) + " "), Doc.Text(Texts.Critical, "eyebrow").With("fontSize", 6)])
        : Doc.Text(write.In(parameter.Name));
}
