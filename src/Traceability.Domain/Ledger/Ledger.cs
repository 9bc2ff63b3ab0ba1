using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Domain.Ledger;

/// <summary>What happened to material.</summary>
public enum ActivityKind
{
    Receive, Issue, Return, Transfer, Produce, Split, Merge, Repack, Rework, Disassemble, Pack, Unpack, Ship, CustomerReturn,
    Scrap, Sample, Adjust, Migrate,
}

/// <summary>Input = out of a location, output = into a location.</summary>
public enum LineDirection { Input, Output }

/// <summary>How finely a run tells material apart.</summary>
public enum RunGrain { Order, Report, Unit, Vessel, Activity }

/// <summary>
/// Something that happened to material. Append-only: a correction is another activity that reverses this one.
/// Only the material ledger creates activities.
/// </summary>
public sealed class Activity : Entity
{
    public long PlantId { get; init; }
    public ActivityKind Kind { get; init; }

    /// <summary>When it happened, as told or measured.</summary>
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>When the server recorded it.</summary>
    public DateTimeOffset RecordedAt { get; init; }
    public long PersonId { get; init; }

    /// <summary>The second person: who confirmed the receipt of issued material, who checked a weighing.</summary>
    [References(typeof(Person))]
    public long? WitnessId { get; init; }
    public long? EquipmentId { get; init; }
    public long? WorkOrderId { get; init; }
    public long? WorkOrderStepId { get; init; }
    public long? OperationReportId { get; init; }
    public long? ShipmentId { get; init; }
    public long? ReceiptId { get; init; }
    public CaptureSource Source { get; init; }
    public string? Device { get; init; }
    public string? RequestId { get; init; }

    /// <summary>The activity this one takes back.</summary>
    [References(typeof(Activity))]
    public long? ReversesId { get; init; }
    public long? ReasonCodeId { get; init; }
    public string? Reason { get; init; }

    /// <summary>Number of the paper or record behind it (delivery note, order, shipment).</summary>
    public string? Document { get; init; }
}

/// <summary>One batch moving into or out of one place. n inputs and m outputs are n + m lines, never n × m pairs.</summary>
public sealed class ActivityLine : Entity
{
    public long ActivityId { get; init; }

    /// <summary>The run the line belongs to; null for lines that carry no genealogy (receipt, move, shipment).</summary>
    public long? RunId { get; init; }
    public long BatchId { get; init; }
    public long LocationId { get; init; }
    public LineDirection Direction { get; init; }

    /// <summary>In the stock unit of the batch's material; negative exactly when the line reverses another.</summary>
    public decimal Quantity { get; init; }

    [References(typeof(ActivityLine))]
    public long? ReversesLineId { get; init; }
}

/// <summary>
/// The smallest set of inputs and outputs between which material is not told apart; the genealogy is the graph batch ↔ run.
/// </summary>
public sealed class Run : Entity
{
    public long PlantId { get; init; }
    public RunGrain Grain { get; init; }
    public long? WorkOrderId { get; init; }
    public long? WorkOrderStepId { get; init; }
    public long? EquipmentId { get; init; }
    public string? Label { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>Quantity of a batch at a location; always the sum of the ledger's lines.</summary>
public sealed class Stock : Entity
{
    public long PlantId { get; init; }
    public long BatchId { get; init; }
    public long LocationId { get; init; }

    /// <summary>In the stock unit of the batch's material; never below zero.</summary>
    public decimal Quantity { get; init; }
}

public static class LedgerErrors
{
    public static readonly Error NoLines = Error.Invalid("ledger.no_lines", "Lines");
    public static readonly Error Insufficient = Error.Refused("ledger.insufficient_stock", "Quantity");
    public static readonly Error LocationInactive = Error.Refused("ledger.location_inactive");
    public static readonly Error OtherPlant = Error.Refused("ledger.other_plant");
    public static readonly Error NotOnBom = Error.Refused("ledger.not_on_bom", "BatchId");
    public static readonly Error EquipmentNotAvailable = Error.Refused("ledger.equipment_not_available", "EquipmentId");
    public static readonly Error InTheFuture = Error.Invalid("ledger.in_the_future", "OccurredAt");
    public static readonly Error AlreadyReversed = Error.Conflict("ledger.already_reversed");
    public static readonly Error OutputUsed = Error.Refused("ledger.output_used");
    public static readonly Error ActivityNotFound = Error.NotFound("ledger.activity_not_found");
    public static readonly Error SerialOnHand = Error.Refused("ledger.serial_on_hand");
    public static readonly Error Unbalanced = Error.Invalid("ledger.unbalanced");
    public static readonly Error SamePlace = Error.Invalid("ledger.same_place", "ToLocationId");
}
