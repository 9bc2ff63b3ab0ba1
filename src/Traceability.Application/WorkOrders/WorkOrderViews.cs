using Traceability.Application.Common;
using Traceability.Domain.Batches;
using Traceability.Domain.Production;
using Traceability.Domain.WorkOrders;

namespace Traceability.Application.WorkOrders;

/// <summary>An order in a list.</summary>
public sealed record WorkOrderRow
{
    public long Id { get; init; }
    public string Code { get; init; } = "";
    public long MaterialId { get; init; }
    public string MaterialCode { get; init; } = "";
    public string MaterialName { get; init; } = "";
    public string? MaterialNameEn { get; init; }
    public decimal Quantity { get; init; }

    /// <summary>Good quantity put out so far.</summary>
    public decimal Produced { get; init; }
    public string UnitCode { get; init; } = "";
    public int Decimals { get; init; }
    public WorkOrderStatus Status { get; init; }
    public DateTimeOffset? PlannedStart { get; init; }
    public DateTimeOffset? PlannedEnd { get; init; }
    public string? ResponsibleName { get; init; }
    public int StepCount { get; init; }
    public int FinishedSteps { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>One order with its operations.</summary>
public sealed record WorkOrderView(long Id, uint Version, string Code, Ref Material, decimal Quantity, string UnitCode, int Decimals, WorkOrderStatus Status, Ref? Responsible,
    DateTimeOffset? PlannedStart, DateTimeOffset? PlannedEnd, string? LineCode, int? BomVersion, int? RoutingVersion, DateTimeOffset CreatedAt, DateTimeOffset? ReleasedAt,
    DateTimeOffset? CompletedAt, DateTimeOffset? ClosedAt, string? Note, decimal Produced, IReadOnlyList<StepProgress> Steps);

/// <summary>How far one operation is: sums over its reports that stand.</summary>
public sealed record StepProgress(long Id, int Number, string Name, string? NameEn, Ref WorkCenter, StepStatus Status, SkipRule SkipRule, bool IsKeyPoint, decimal Good, decimal Scrap, decimal Rework,
    int Reports, bool HasOutOfLimits, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt);

/// <summary>Whether a material of the order is there.</summary>
/// <param name="Needed">By the bill of materials frozen on the order.</param>
/// <param name="Issued">Net of what came back.</param>
/// <param name="Available">In the warehouse, released, not on hold and in date.</param>
/// <param name="Unavailable">In the warehouse but pending, rejected, on hold or expired.</param>
/// <param name="Shortage">What neither has been issued nor is available.</param>
public sealed record KitLine(Ref Material, string UnitCode, int Decimals, int? StepNumber, bool IsSubstitute, decimal Needed, decimal Issued, decimal Available, decimal Unavailable, decimal Shortage);

/// <summary>A batch that can be issued, in the order it should be taken.</summary>
/// <param name="Proposed">How much of it the proposal takes.</param>
public sealed record IssueProposal(long BatchId, string BatchCode, Ref Material, string UnitCode, int Decimals, Ref Location, DateOnly? ExpiresOn, decimal OnHand, decimal Proposed);

/// <summary>What became of an issued batch.</summary>
public sealed record IssuedView(long BatchId, string BatchCode, Ref Material, string UnitCode, int Decimals, Ref Location, QualityStatus QualityStatus, bool IsOnHold, DateOnly? ExpiresOn,
    decimal Issued, decimal Returned, decimal Consumed, decimal Scrapped, decimal Open);

/// <summary>A batch the order made.</summary>
public sealed record OutputView(long Id, string Code, QualityStatus QualityStatus, bool IsOnHold, decimal Produced, decimal OnHand, DateOnly? ProducedOn, DateOnly? ExpiresOn);

/// <summary>One hand-over of material to or from the order.</summary>
public sealed record OrderMove(long ActivityId, Domain.Ledger.ActivityKind Kind, DateTimeOffset OccurredAt, string PersonName, string? WitnessName, string BatchCode, long BatchId, decimal Quantity, string UnitCode, string? Reason);

public sealed record DeviationView(long Id, string Code, long WorkOrderId, string OrderCode, Ref Material, string? BatchCode, long? BatchId, Ref? Replaces, decimal? MaxQuantity, string UnitCode, string Reason, DeviationStatus Status,
    string RequestedBy, long RequestedById, DateTimeOffset RequestedAt, string? DecidedBy, DateTimeOffset? DecidedAt, string? DecisionNote);
