using Traceability.Application.Operations;
using Traceability.Domain.Operations;

namespace Traceability.Web.Components.Pages.Operations;

/// <summary>A report as the operator is filling it in; nothing of it is lost when the server refuses.</summary>
public sealed class ReportEntry
{
    public decimal? Good { get; set; }
    public bool CompletesStep { get; set; } = true;
    public string? Note { get; set; }

    /// <summary>The good quantity becomes a new batch here; null when this operation makes none.</summary>
    public long? OutputLocationId { get; set; }

    /// <summary>The order's batch the good quantity is added to; null for a new one.</summary>
    public long? OutputBatchId { get; set; }
    public bool MakesOutput { get; set; }
    public Dictionary<string, decimal?> Values { get; } = [];
    public List<Consumption> Consumptions { get; } = [];
    public List<Loss> Losses { get; } = [];
    public List<Scrap> Scraps { get; } = [];

    public static ReportEntry For(OperationForm form)
    {
        var entry = new ReportEntry { MakesOutput = form.IsLastStep, OutputLocationId = form.LineSide.Id, Good = Math.Max(0, form.OrderQuantity - form.GoodSoFar) };
        foreach (var parameter in form.Parameters) entry.Values[parameter.Code] = null;
        foreach (var batch in form.Issued.Where(i => i.Location.Id == form.LineSide.Id && form.UsedHere.Contains(i.Material.Id)))
            entry.Consumptions.Add(new Consumption { BatchId = batch.BatchId, LocationId = batch.Location.Id, Quantity = batch.Open });
        return entry;
    }

    public FinishOperation ToInput(long reportId) => new(reportId, Good ?? 0,
        [.. Values.Where(v => v.Value is not null).Select(v => new ParameterInput(v.Key, v.Value!.Value))],
        [.. Consumptions.Where(c => c.Quantity is > 0).Select(c => new ConsumptionInput(c.BatchId, c.Quantity!.Value, c.LocationId))],
        [.. Losses.Select(l => new LossInput(l.Kind, l.ReasonCodeId, l.Quantity ?? 0, l.Note))],
        MakesOutput && Good is > 0 ? [new OutputInput(OutputLocationId ?? 0, Good.Value, OutputBatchId)] : null,
        [.. Scraps.Select(s => new ScrapInput(s.BatchId ?? 0, s.Quantity ?? 0, s.ReasonCodeId))], CompletesStep, Note);

    /// <summary>A batch that went in.</summary>
    public sealed class Consumption
    {
        public long BatchId { get; init; }
        public long LocationId { get; init; }
        public decimal? Quantity { get; set; }
    }

    /// <summary>Scrapped or reworked pieces of the product.</summary>
    public sealed class Loss
    {
        public LossKind Kind { get; set; }
        public long ReasonCodeId { get; set; }
        public decimal? Quantity { get; set; }
        public string? Note { get; set; }
    }

    /// <summary>Material thrown away.</summary>
    public sealed class Scrap
    {
        public long? BatchId { get; set; }
        public long ReasonCodeId { get; set; }
        public decimal? Quantity { get; set; }
    }
}
