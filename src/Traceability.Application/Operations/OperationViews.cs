using Traceability.Application.Common;
using Traceability.Application.WorkOrders;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Operations;
using Traceability.Domain.Production;
using Traceability.Domain.WorkOrders;

namespace Traceability.Application.Operations;

/// <summary>An operation waiting for or in the hands of an operator.</summary>
public sealed record ReadyOperation
{
    /// <summary>Id of the order's step.</summary>
    public long Id { get; init; }
    public int Number { get; init; }
    public string Name { get; init; } = "";
    public string? NameEn { get; init; }
    public bool IsKeyPoint { get; init; }
    public StepStatus Status { get; init; }
    public long WorkOrderId { get; init; }
    public string OrderCode { get; init; } = "";
    public string MaterialCode { get; init; } = "";
    public string MaterialName { get; init; } = "";
    public string? MaterialNameEn { get; init; }
    public decimal Quantity { get; init; }
    public decimal Good { get; init; }
    public string UnitCode { get; init; } = "";
    public int Decimals { get; init; }
    public long WorkCenterId { get; init; }
    public string WorkCenterCode { get; init; } = "";
    public string WorkCenterName { get; init; } = "";
    public string? WorkCenterNameEn { get; init; }
    public DateTimeOffset? PlannedStart { get; init; }
    public DateTimeOffset? PlannedEnd { get; init; }

    /// <summary>A report of it is running.</summary>
    public bool IsRunning { get; init; }
}

/// <summary>Everything the form of one operation needs.</summary>
/// <param name="UsedHere">Materials the bill of materials plans for this operation (at the last one also those planned for none).</param>
public sealed record OperationForm(long StepId, int Number, string Name, string? NameEn, bool IsKeyPoint, bool EquipmentRequired, SkipRule SkipRule, StepStatus Status, Ref WorkCenter, Ref LineSide,
    long OrderId, string OrderCode, WorkOrderStatus OrderStatus, Ref Material, bool IsSerial, decimal OrderQuantity, decimal GoodSoFar, string UnitCode, int Decimals, bool IsLastStep,
    IReadOnlyList<OpenEarlierStep> EarlierOpen, IReadOnlyList<StepParameter> Parameters, IReadOnlyList<IssuedView> Issued, IReadOnlyList<OutputView> Outputs, IReadOnlyList<EquipmentChoice> Equipment, RunningReport? Running,
    IReadOnlyList<long> UsedHere);

/// <summary>An earlier operation that was not reported.</summary>
public sealed record OpenEarlierStep(int Number, string Name, string? NameEn, SkipRule SkipRule);

public sealed record StepParameter(long Id, string Code, string Name, string? NameEn, string? Unit, decimal? LowerLimit, decimal? UpperLimit, bool IsRequired);

public sealed record EquipmentChoice(long Id, string Code, string Name, string? NameEn, bool IsAvailable);

public sealed record RunningReport(long Id, DateTimeOffset StartedAt, string OperatorName, string? EquipmentCode);

/// <summary>A report in a list.</summary>
public sealed record ReportRow
{
    public long Id { get; init; }
    public long WorkOrderId { get; init; }
    public string OrderCode { get; init; } = "";
    public int StepNumber { get; init; }
    public string StepName { get; init; } = "";
    public string? StepNameEn { get; init; }
    public string MaterialCode { get; init; } = "";
    public string OperatorName { get; init; } = "";
    public long OperatorId { get; init; }
    public string? EquipmentCode { get; init; }
    public ReportStatus Status { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public decimal GoodQuantity { get; init; }
    public decimal ScrapQuantity { get; init; }
    public decimal ReworkQuantity { get; init; }
    public string UnitCode { get; init; } = "";
    public int Decimals { get; init; }
    public bool HasOutOfLimits { get; init; }
    public string? SkippedSteps { get; init; }
}

/// <summary>One report with everything in it: what a dossier and a report's page show.</summary>
public sealed record ReportView(long Id, long OrderId, string OrderCode, Ref Material, long StepId, int StepNumber, string StepName, string? StepNameEn, bool IsKeyPoint, Ref WorkCenter,
    ReportStatus Status, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, Ref Operator, Ref? FinishedBy, IReadOnlyList<Ref> Helpers, Ref? Equipment, decimal GoodQuantity, decimal ScrapQuantity, decimal ReworkQuantity,
    string UnitCode, int Decimals, bool HasOutOfLimits, string? SkippedSteps, CaptureSource Source, string? Device, string? Note, DateTimeOffset? ReversedAt, string? ReversedBy, string? ReversalReason,
    IReadOnlyList<MeasuredParameter> Parameters, IReadOnlyList<ReportedLoss> Losses, IReadOnlyList<ReportedBatch> Consumed, IReadOnlyList<ReportedBatch> Produced, IReadOnlyList<ReportedBatch> Scrapped);

/// <param name="IsWithin">Judged by the limits that stood on the order.</param>
public sealed record MeasuredParameter(string Code, string Name, string? NameEn, string? Unit, decimal Value, decimal? LowerLimit, decimal? UpperLimit, bool IsWithin, DateTimeOffset MeasuredAt, CaptureSource Source);

public sealed record ReportedLoss(LossKind Kind, Ref Reason, decimal Quantity, string? Note);

/// <summary>A batch that went in, came out or was thrown away; net of reversals, so nothing of a report that was taken back.</summary>
public sealed record ReportedBatch(long BatchId, string BatchCode, Ref Material, decimal Quantity, string UnitCode, int Decimals, QualityStatus Status, bool IsOnHold, string? SupplierBatchCode);
