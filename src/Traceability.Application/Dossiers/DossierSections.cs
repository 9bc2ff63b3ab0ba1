namespace Traceability.Application.Dossiers;

/// <summary>A quality decision about the batch: who changed its status, when, why.</summary>
public sealed record DossierDecision(DateTimeOffset At, DossierStatus? From, DossierStatus To, DossierPerson By, BilingualText Reason)
{
    /// <summary>Second person where the decision needs two.</summary>
    public DossierPerson? SecondPerson { get; init; }

    /// <summary>Number of the inspection, non-conformity or incident that led to it.</summary>
    public string? Document { get; init; }
}

/// <summary>A bought batch that went into it, directly or through others.</summary>
public sealed record DossierSource
{
    public required string SupplierCode { get; init; }

    public required BilingualText SupplierName { get; init; }

    public required string SupplierBatchCode { get; init; }

    public required string BatchCode { get; init; }

    public required string MaterialCode { get; init; }

    public required BilingualText MaterialName { get; init; }

    public required DossierQuantity Received { get; init; }

    public required string ReceiptNumber { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DossierStatus Status { get; init; }

    public IReadOnlyList<DossierCertificate> Certificates { get; init; } = [];
}

/// <summary>A document the supplier sent along, kept as a file.</summary>
/// <param name="Kind">Certificate of analysis, of conformity …</param>
/// <param name="FileName">Empty when only a number was recorded.</param>
/// <param name="Sha256">Of the stored file, lower-case hexadecimal; empty without a file.</param>
public sealed record DossierCertificate(BilingualText Kind, string FileName, string Sha256);

/// <summary>One report of one operation.</summary>
public sealed record DossierOperation
{
    public required int StepNumber { get; init; }

    public required BilingualText StepName { get; init; }

    public required string BatchCode { get; init; }

    public string? WorkOrder { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public required DossierPerson Operator { get; init; }

    /// <summary>Who worked along.</summary>
    public IReadOnlyList<DossierPerson> Helpers { get; init; } = [];

    /// <summary>Code and name of the machine; null for work by hand.</summary>
    public string? EquipmentCode { get; init; }

    public BilingualText? EquipmentName { get; init; }

    public DossierQuantity? Good { get; init; }

    public DossierQuantity? Scrap { get; init; }

    public DossierQuantity? Rework { get; init; }

    public IReadOnlyList<DossierParameter> Parameters { get; init; } = [];

    public IReadOnlyList<DossierConsumption> Consumed { get; init; } = [];
}

/// <summary>A process parameter with its limits at the time.</summary>
public sealed record DossierParameter(BilingualText Name, DossierValue Value, DossierLimits? Limits, DossierVerdict Verdict)
{
    /// <summary>When it was measured, if not once per operation.</summary>
    public DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>A critical control point or critical parameter.</summary>
    public bool Critical { get; init; }
}

/// <summary>What an operation really used.</summary>
public sealed record DossierConsumption(string BatchCode, string MaterialCode, BilingualText MaterialName, DossierQuantity Quantity)
{
    public string? SupplierBatchCode { get; init; }
}

/// <summary>An inspection with its results.</summary>
public sealed record DossierInspection
{
    public required string Number { get; init; }

    /// <summary>Incoming, in process, final, environment …</summary>
    public required BilingualText Kind { get; init; }

    public required string BatchCode { get; init; }

    public required DateTimeOffset InspectedAt { get; init; }

    public required DossierVerdict Verdict { get; init; }

    /// <summary>Who concluded it; null while it is open.</summary>
    public DossierPerson? Inspector { get; init; }

    public DossierPerson? SecondPerson { get; init; }

    public string? SampleSize { get; init; }

    public IReadOnlyList<DossierCharacteristic> Characteristics { get; init; } = [];
}

/// <summary>One characteristic of an inspection.</summary>
public sealed record DossierCharacteristic(BilingualText Name, DossierLimits? Limits, DossierValue Result, DossierVerdict Verdict)
{
    public string? Method { get; init; }
}

/// <summary>A line of the flow table: step, time, from, to, quantity, document, person, confirmed by.</summary>
public sealed record DossierMove(BilingualText Step, DateTimeOffset At, BilingualText? From, BilingualText? To, DossierQuantity Quantity, string? Document, DossierPerson Person)
{
    public DossierPerson? ConfirmedBy { get; init; }
}

/// <summary>A delivery of the batch, or of what was made of it, to a customer.</summary>
public sealed record DossierShipment(string Number, DateTimeOffset ShippedAt, string CustomerCode, BilingualText CustomerName, string BatchCode, DossierQuantity Quantity)
{
    public string? DeliveryNote { get; init; }

    public BilingualText? Carrier { get; init; }

    public DossierQuantity? Returned { get; init; }
}

/// <summary>A link of the genealogy: a batch, and the run that ties it to the one it is listed under.</summary>
/// <param name="Level">1 = directly next to the dossier's batch.</param>
/// <param name="ThroughBatchCode">Batch one level nearer to the dossier's batch.</param>
/// <param name="Quantity">Quantity on the link.</param>
public sealed record DossierGenealogyRow(int Level, string BatchCode, string MaterialCode, BilingualText MaterialName, string ThroughBatchCode, DossierQuantity Quantity, DossierStatus Status)
{
    public string? Run { get; init; }

    public string? WorkOrder { get; init; }

    /// <summary>Supplier (backward) or customer (forward) at the end of a branch.</summary>
    public BilingualText? Partner { get; init; }
}

/// <summary>A hold, in force or lifted.</summary>
public sealed record DossierHold(string Number, BilingualText Scope, DateTimeOffset PlacedAt, DossierPerson PlacedBy, BilingualText Reason)
{
    public DateTimeOffset? LiftedAt { get; init; }

    public DossierPerson? LiftedBy { get; init; }

    public BilingualText? Decision { get; init; }
}

/// <summary>A place where the trace is incomplete, and why.</summary>
public sealed record DossierGap(BilingualText Kind, string Where, BilingualText Explanation);

/// <summary>A line of the audit trail.</summary>
public sealed record DossierAuditEntry(DateTimeOffset At, DossierPerson By, BilingualText Action, string Record)
{
    public string? Device { get; init; }

    public BilingualText? Field { get; init; }

    public string? OldValue { get; init; }

    public string? NewValue { get; init; }

    public BilingualText? Reason { get; init; }
}
