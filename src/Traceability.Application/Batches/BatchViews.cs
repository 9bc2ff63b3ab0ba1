using Traceability.Application.Common;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Holds;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;

namespace Traceability.Application.Batches;

/// <summary>Which batches a list shows; null means no matter.</summary>
/// <param name="ExpiresWithin">Days from today; a batch already expired counts; -1 for expired ones only.</param>
public sealed record BatchFilter(QualityStatus? Status = null, MaterialKind? Kind = null, bool? OnHold = null, int? ExpiresWithin = null, bool? InStock = null,
    long? MaterialId = null, long? SupplierId = null, long? WorkOrderId = null, BatchOrigin? Origin = null);

/// <summary>A batch in a list.</summary>
public sealed record BatchRow
{
    public long Id { get; init; }
    public string Code { get; init; } = "";
    public long MaterialId { get; init; }
    public string MaterialCode { get; init; } = "";
    public string MaterialName { get; init; } = "";
    public string? MaterialNameEn { get; init; }
    public MaterialKind MaterialKind { get; init; }
    public BatchOrigin Origin { get; init; }
    public QualityStatus Status { get; init; }
    public int HoldCount { get; init; }

    /// <summary>On hand in all locations, in <see cref="UnitCode"/>.</summary>
    public decimal Quantity { get; init; }
    public string UnitCode { get; init; } = "";
    public int UnitDecimals { get; init; }
    public string? SupplierName { get; init; }
    public string? SupplierBatchCode { get; init; }
    public long? WorkOrderId { get; init; }
    public string? WorkOrderCode { get; init; }
    public DateOnly? ExpiresOn { get; init; }
    public DateTimeOffset OriginAt { get; init; }

    public bool IsOnHold => HoldCount > 0;
}

/// <summary>A file of a batch.</summary>
public sealed record FileView(long FileId, BatchFileKind Kind, string FileName, string ContentType, long Size, string Sha256, DateTimeOffset AddedAt, string? AddedBy, bool IsTheCertificate);

/// <summary>How much of a batch stands where.</summary>
public sealed record BatchStockView(Ref Location, LocationKind Kind, decimal Quantity);

/// <summary>Everything the head of a batch's record shows.</summary>
public sealed record BatchView
{
    public required long Id { get; init; }
    public required string Code { get; init; }
    public required Ref Material { get; init; }
    public string? Specification { get; init; }
    public required MaterialKind MaterialKind { get; init; }
    public required string UnitCode { get; init; }
    public required int UnitDecimals { get; init; }
    public required Tracking Tracking { get; init; }
    public required BatchOrigin Origin { get; init; }
    public required QualityStatus Status { get; init; }
    public required int HoldCount { get; init; }

    /// <summary>On hand in all locations.</summary>
    public required decimal Quantity { get; init; }
    public IReadOnlyList<BatchStockView> Stock { get; init; } = [];
    public long? SupplierId { get; init; }

    /// <summary>The supplier's name at receipt.</summary>
    public string? SupplierName { get; init; }
    public string? SupplierBatchCode { get; init; }
    public long? ReceiptId { get; init; }
    public string? ReceiptCode { get; init; }
    public long? WorkOrderId { get; init; }
    public string? WorkOrderCode { get; init; }
    public DateOnly? ProducedOn { get; init; }
    public DateOnly? ExpiresOn { get; init; }
    public required bool IsExpired { get; init; }
    public required bool CertificateRequired { get; init; }
    public string? CertificateNumber { get; init; }
    public FileView? Certificate { get; init; }
    public required DateTimeOffset OriginAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public string? Note { get; init; }

    /// <summary>What stands against releasing a pending batch; null when nothing does or the batch is decided.</summary>
    public Error? Obstacle { get; init; }

    /// <summary>Decisions the batch's status leaves open.</summary>
    public IReadOnlyList<DecisionKind> OpenDecisions { get; init; } = [];

    public bool IsOnHold => HoldCount > 0;
}

/// <summary>One in or out of a batch's stock.</summary>
public sealed record MoveView
{
    public required long LineId { get; init; }
    public required long ActivityId { get; init; }
    public required ActivityKind Kind { get; init; }
    public required bool IsReversal { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required Ref Location { get; init; }

    /// <summary>What it added to the batch's stock; negative for an out.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Stock of the batch in all locations after it.</summary>
    public required decimal Balance { get; init; }
    public string? Document { get; init; }

    /// <summary>Path of the record behind the document; null when there is none.</summary>
    public string? DocumentLink { get; init; }
    public required Ref Person { get; init; }
    public Ref? Witness { get; init; }
    public string? Reason { get; init; }
    public required CaptureSource Source { get; init; }
    public string? Device { get; init; }
}

/// <summary>A batch or order next to the batch in the genealogy, with the quantity on the link in the linked batch's unit.</summary>
public sealed record RelatedView(string Relation, long Id, string Code, string? Name, string? NameEn, decimal Quantity, string UnitCode, string? Link, QualityStatus? Status, bool IsOnHold, string? ThroughCode, long? ThroughId);

/// <summary>One operation report the batch took part in.</summary>
public sealed record BatchOperationView
{
    public required long ReportId { get; init; }
    public required long WorkOrderId { get; init; }
    public required string WorkOrderCode { get; init; }

    /// <summary>The order made the batch; otherwise it used the batch up.</summary>
    public required bool MadeIt { get; init; }
    public required int StepNumber { get; init; }
    public required string StepName { get; init; }
    public string? StepNameEn { get; init; }
    public required string Status { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public required Ref Operator { get; init; }
    public Ref? Equipment { get; init; }
    public required decimal Good { get; init; }
    public required decimal Scrap { get; init; }
    public required bool HasOutOfLimits { get; init; }
}

/// <summary>An inspection in a batch's record.</summary>
public sealed record BatchInspectionView(long Id, string Code, InspectionKind Kind, InspectionStatus Status, int PlanVersion, DateTimeOffset CreatedAt, DateTimeOffset? ConcludedAt, string? Inspector);

/// <summary>One change of the quality status.</summary>
public sealed record DecisionView(long Id, QualityStatus From, QualityStatus To, bool IsOverride, bool ByRule, string DecidedBy, string? SecondPerson, string? Reason, DateTimeOffset DecidedAt, long? InspectionId, string? InspectionCode);

/// <summary>A hold the batch is or was under.</summary>
public sealed record BatchHoldView(long Id, string Code, HoldCause Cause, string Reason, DateTimeOffset PlacedAt, string PlacedBy, DateTimeOffset? ReleasedAt, string? ReleaseReason);

/// <summary>What quality has to say of a batch.</summary>
public sealed record BatchQualityView(IReadOnlyList<BatchInspectionView> Inspections, IReadOnlyList<DecisionView> Decisions, IReadOnlyList<BatchHoldView> Holds);
