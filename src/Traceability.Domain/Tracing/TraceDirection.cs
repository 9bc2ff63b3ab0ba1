using Traceability.Domain.Common;

namespace Traceability.Domain.Tracing;

/// <summary>Which way a trace goes along the material flow.</summary>
public enum TraceDirection
{
    /// <summary>Towards the customer: what was made from it, and who has it.</summary>
    Forward,

    /// <summary>Towards the source: what it was made from, and whose it was.</summary>
    Backward,

    /// <summary>Both from the same start.</summary>
    Both,
}

/// <summary>What kind of record a typed or scanned code turned out to be.</summary>
public enum TraceStartKind { Batch, Serial, SupplierBatch, WorkOrder, Shipment, Receipt, DeliveryNote, Dossier }

/// <summary>Why a chain is incomplete at one place.</summary>
public enum TraceGapKind
{
    /// <summary>A batch was reported as made, but nothing was reported as used for it.</summary>
    NoInputs,

    /// <summary>A bought material without a supplier.</summary>
    NoSupplier,

    /// <summary>Taken over from an older system: what was before is not in here.</summary>
    Migrated,

    /// <summary>Material was used without a work order.</summary>
    NoOrder,

    /// <summary>Material was used, but nothing was reported as made from it.</summary>
    NoOutputs,

    /// <summary>The order's bill of materials asks for a material of which no batch was reported as used.</summary>
    UntrackedMaterial,

    /// <summary>An operation of a finished order was never reported.</summary>
    StepNotReported,

    /// <summary>A count found more than the records explain.</summary>
    QuantityFound,
}

public static class TraceErrors
{
    public static readonly Error NotFound = Error.NotFound("trace.not_found");
    public static readonly Error Ambiguous = Error.Conflict("trace.ambiguous");
    public static readonly Error NothingMade = Error.Refused("trace.nothing_made");
}
