using Traceability.Domain.Common;

namespace Traceability.Domain.Shipments;

public enum FeedbackKind { Complaint, Question, Praise, Other }

/// <summary>What a customer said of a dispatched shipment, or of one batch in it.</summary>
public sealed class ShipmentFeedback : Entity
{
    public long ShipmentId { get; init; }

    /// <summary>The batch it is about; null for the shipment as a whole.</summary>
    public long? BatchId { get; init; }
    public FeedbackKind Kind { get; init; }
    public required string Content { get; init; }

    /// <summary>The day the customer said it.</summary>
    public DateOnly ReceivedOn { get; init; }

    /// <summary>Who wrote it down.</summary>
    public long PersonId { get; init; }
    public DateTimeOffset RecordedAt { get; init; }
}
