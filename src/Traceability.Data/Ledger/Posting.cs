using Traceability.Domain.Ledger;

namespace Traceability.Data.Ledger;

/// <summary>One batch leaving or reaching a place, as a use case asks the ledger to post it.</summary>
/// <param name="Quantity">In the stock unit of the batch's material; above zero.</param>
/// <param name="RunId">The run the line belongs to, for activities that make genealogy.</param>
public sealed record PostingLine(LineDirection Direction, long BatchId, long LocationId, decimal Quantity, long? RunId = null);

/// <summary>What a use case asks <see cref="MaterialLedger"/> to post.</summary>
public sealed record Posting(ActivityKind Kind, IReadOnlyList<PostingLine> Lines)
{
    /// <summary>When it happened; null for now.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>Who did it; null for the actor's own person.</summary>
    public long? PersonId { get; init; }
    public long? WitnessId { get; init; }
    public long? EquipmentId { get; init; }
    public long? WorkOrderId { get; init; }
    public long? WorkOrderStepId { get; init; }
    public long? OperationReportId { get; init; }
    public long? ShipmentId { get; init; }
    public long? ReceiptId { get; init; }
    public long? ReasonCodeId { get; init; }
    public string? Reason { get; init; }
    public string? Document { get; init; }

    public static PostingLine In(long batchId, long locationId, decimal quantity, long? runId = null) => new(LineDirection.Input, batchId, locationId, quantity, runId);

    public static PostingLine Out(long batchId, long locationId, decimal quantity, long? runId = null) => new(LineDirection.Output, batchId, locationId, quantity, runId);
}
