using Traceability.Application.Common;
using Traceability.Domain.Batches;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Tracing;

namespace Traceability.Application.Tracing;

/// <summary>What is asked of a trace.</summary>
/// <param name="Code">What was typed or scanned.</param>
/// <param name="Kind">Chooses among several records with the same code.</param>
/// <param name="RecordId">Chooses among several records of the same kind and code.</param>
/// <param name="Limit">Most batches and runs in each direction; null for no limit.</param>
public sealed record TraceRequest(string Code, TraceDirection Direction = TraceDirection.Both, TraceStartKind? Kind = null, long? RecordId = null, int? Limit = null);

/// <summary>A record a code was found to be, and the batches a trace from it starts at.</summary>
/// <param name="Name">Name to tell it from others: the material, the supplier, the customer.</param>
public sealed record TraceStart(TraceStartKind Kind, long Id, string Code, string? Name, string? NameEn, IReadOnlyList<long> BatchIds);

/// <summary>The whole answer of a trace: what the page shows and the API gives.</summary>
/// <param name="Completeness">Per cent of batches and runs in the answer without a gap.</param>
/// <param name="ServerMs">Milliseconds the server took to answer.</param>
public sealed record TraceAnswer(TraceStart Start, TraceDirection Direction, IReadOnlyList<TraceBatch> Batches, IReadOnlyList<TraceRun> Runs, IReadOnlyList<TraceLink> Links,
    IReadOnlyList<TraceOperation> Operations, IReadOnlyList<TraceSupplier> Suppliers, IReadOnlyList<TraceCustomer> Customers, IReadOnlyList<TraceShipment> Shipments,
    TraceTotals Totals, IReadOnlyList<TraceGap> Gaps, decimal Completeness, bool IsTruncated, double ServerMs);

/// <summary>A batch in a trace. Quantities are in <paramref name="Unit"/>.</summary>
/// <param name="Made">Received, produced or split off, net of corrections.</param>
/// <param name="OnHand">Stock outside the lines.</param>
/// <param name="InProcess">Stock at the lines.</param>
/// <param name="Shipped">Dispatched less what customers sent back.</param>
public sealed record TraceBatch(long Id, string Code, bool IsStart, Ref Material, MaterialKind MaterialKind, string Unit, int Decimals, Tracking Tracking, BatchOrigin Origin,
    QualityStatus QualityStatus, bool IsOnHold, decimal Made, decimal OnHand, decimal InProcess, decimal Shipped,
    long? SupplierId, string? SupplierCode, string? SupplierName, string? SupplierBatchCode, long? ReceiptId, string? ReceiptCode, string? CertificateNumber, long? CertificateFileId,
    long? WorkOrderId, string? WorkOrderCode, DateOnly? ProducedOn, DateOnly? ExpiresOn, DateTimeOffset OriginAt)
{
    /// <summary>Incoming, in-process and final tests of the batch.</summary>
    public IReadOnlyList<TraceTest> Tests { get; init; } = [];
}

public sealed record TraceTest(long Id, string Code, string Kind, string Status, DateTimeOffset? ConcludedAt);

/// <summary>The smallest set of inputs and outputs between which material is not told apart.</summary>
public sealed record TraceRun(long Id, RunGrain Grain, long? WorkOrderId, string? WorkOrderCode, ActivityKind? Kind, int? StepNumber, string? StepName, string? StepNameEn,
    string? EquipmentCode, string? Label, DateTimeOffset StartedAt, DateTimeOffset? EndedAt);

/// <summary>A batch that went into a run or came out of it, all reports of it taken together.</summary>
public sealed record TraceLink(long RunId, long BatchId, LineDirection Direction, decimal Quantity, ActivityKind Kind, DateTimeOffset From, DateTimeOffset To,
    IReadOnlyList<Ref> Persons, IReadOnlyList<TraceStep> Steps);

public sealed record TraceStep(int Number, string Name, string? NameEn);

/// <summary>An operation reported on an order of the trace.</summary>
public sealed record TraceOperation(long ReportId, long WorkOrderId, long RunId, TraceStep Step, Ref Operator, string? EquipmentCode, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt,
    decimal Good, decimal Scrap, decimal Rework, bool HasOutOfLimits)
{
    public IReadOnlyList<TraceParameter> Parameters { get; init; } = [];
}

public sealed record TraceParameter(string Name, string? NameEn, string? Unit, decimal Value, decimal? Lower, decimal? Upper, bool IsWithin);

/// <summary>A supplier at the source end, by the name it had at receipt.</summary>
public sealed record TraceSupplier(long Id, string Code, string Name, IReadOnlyList<long> BatchIds);

/// <summary>A customer at the far end, by the name it had at dispatch.</summary>
public sealed record TraceCustomer(long Id, string Code, string Name, IReadOnlyList<TraceQuantity> Quantities);

/// <summary>What one shipment carried of one batch.</summary>
public sealed record TraceShipment(long CustomerId, string CustomerCode, string CustomerName, long ShipmentId, string ShipmentCode, DateTimeOffset DispatchedAt, long BatchId, decimal Quantity);

/// <summary>A quantity of one material.</summary>
public sealed record TraceQuantity(string Material, string MaterialName, string? MaterialNameEn, decimal Quantity, string Unit);

public sealed record TraceTotals(TraceCounts Batches, int LeafBatches, IReadOnlyList<TraceQuantity> Produced, IReadOnlyList<TraceQuantity> OnHand, IReadOnlyList<TraceQuantity> InProcess, IReadOnlyList<TraceQuantity> Shipped);

/// <summary>Batches by what their material is; the start is not counted.</summary>
public sealed record TraceCounts(int Raw, int Packaging, int Auxiliary, int SemiFinished, int Finished)
{
    public static TraceCounts Of(IEnumerable<MaterialKind> kinds)
    {
        var by = kinds.CountBy(k => k).ToDictionary();
        return new TraceCounts(by.GetValueOrDefault(MaterialKind.Raw), by.GetValueOrDefault(MaterialKind.Packaging), by.GetValueOrDefault(MaterialKind.Auxiliary),
            by.GetValueOrDefault(MaterialKind.SemiFinished), by.GetValueOrDefault(MaterialKind.Finished));
    }
}

/// <summary>One place where the chain is incomplete, and why.</summary>
/// <param name="Code">The batch or order it is at.</param>
/// <param name="Detail">The material or operation that is missing, where one is.</param>
public sealed record TraceGap(TraceGapKind Kind, long? BatchId, long? RunId, string Code, string? Detail, string? DetailEn, DateTimeOffset? At);

/// <summary>The short answer of a trace.</summary>
/// <param name="LeafBatches">How many batches lie at the end of the walk.</param>
public sealed record TraceSummary(TraceSummaryStart Start, TraceCounts Batches, int LeafBatches, IReadOnlyList<SummaryQuantity> Produced, IReadOnlyList<SummaryQuantity> OnHand,
    IReadOnlyList<SummaryQuantity> Shipped, IReadOnlyList<SummaryParty> Customers, IReadOnlyList<SummaryParty> Suppliers, IReadOnlyList<TraceGap> Gaps, bool IsTruncated, double ServerMs);

public sealed record TraceSummaryStart(TraceStartKind Kind, long Id, string Code);

public sealed record SummaryQuantity(string Material, decimal Quantity, string Unit);

public sealed record SummaryParty(string Code, string Name);
