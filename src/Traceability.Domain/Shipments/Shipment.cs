using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Domain.Shipments;

public enum ShipmentStatus { Draft, Dispatched, Cancelled }

/// <summary>Goods for one customer: planned by material, picked by batch, dispatched once.</summary>
public sealed class Shipment : Entity
{
    private Shipment()
    {
    }

    public long PlantId { get; private set; }
    public string Code { get; private set; } = "";
    public long CustomerId { get; private set; }

    /// <summary>The customer's name when the shipment was made; later renaming does not change history.</summary>
    public string CustomerName { get; private set; } = "";
    public ShipmentStatus Status { get; private set; }
    public DateOnly? PlannedOn { get; private set; }
    public string? Carrier { get; private set; }
    public string? Vehicle { get; private set; }

    /// <summary>The customer's order number or another number it is known by outside.</summary>
    public string? Reference { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    [References(typeof(Person))]
    public long CreatedBy { get; private set; }
    public DateTimeOffset? DispatchedAt { get; private set; }

    [References(typeof(Person))]
    public long? DispatchedBy { get; private set; }
    public string? Note { get; private set; }

    public static Result<Shipment> Plan(long plantId, string code, Customer customer, DateOnly? plannedOn, string? carrier, string? vehicle, string? reference, string? note, long person, DateTimeOffset now)
    {
        if (!customer.IsActive) return ShipmentErrors.CustomerInactive.With(customer.Name);
        return new Shipment
        {
            PlantId = plantId,
            Code = code,
            CustomerId = customer.Id,
            CustomerName = customer.Name,
            Status = ShipmentStatus.Draft,
            PlannedOn = plannedOn,
            Carrier = Trimmed(carrier),
            Vehicle = Trimmed(vehicle),
            Reference = Trimmed(reference),
            Note = Trimmed(note),
            CreatedAt = now,
            CreatedBy = person,
        };
    }

    /// <summary>Changes what is known of the transport; only before dispatch.</summary>
    public Error? Describe(DateOnly? plannedOn, string? carrier, string? vehicle, string? reference, string? note)
    {
        if (RefuseUnlessDraft() is { } refused) return refused;
        (PlannedOn, Carrier, Vehicle, Reference, Note) = (plannedOn, Trimmed(carrier), Trimmed(vehicle), Trimmed(reference), Trimmed(note));
        return null;
    }

    /// <summary>The goods have left.</summary>
    public Error? Dispatch(DateTimeOffset at, long person)
    {
        if (RefuseUnlessDraft() is { } refused) return refused;
        (Status, DispatchedAt, DispatchedBy) = (ShipmentStatus.Dispatched, at, person);
        return null;
    }

    /// <summary>It will not leave; what was picked is free again.</summary>
    public Error? Cancel()
    {
        if (RefuseUnlessDraft() is { } refused) return refused;
        Status = ShipmentStatus.Cancelled;
        return null;
    }

    /// <summary>The refusal of a change after dispatch or cancelling, or null.</summary>
    public Error? RefuseUnlessDraft() => Status switch
    {
        ShipmentStatus.Dispatched => ShipmentErrors.AlreadyDispatched.With(Code),
        ShipmentStatus.Cancelled => ShipmentErrors.Cancelled.With(Code),
        _ => null,
    };

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>How much of a material the customer is to get.</summary>
public sealed class ShipmentLine : Entity
{
    public long ShipmentId { get; init; }
    public int Sequence { get; init; }
    public long MaterialId { get; init; }

    /// <summary>In the material's stock unit.</summary>
    public decimal Quantity { get; init; }
}

/// <summary>How much of a batch, from which place, was taken for a line.</summary>
public sealed class ShipmentPick : Entity
{
    public long ShipmentLineId { get; init; }
    public long BatchId { get; init; }
    public long LocationId { get; init; }

    /// <summary>In the material's stock unit.</summary>
    public decimal Quantity { get; set; }

    [References(typeof(Person))]
    public long PickedBy { get; set; }
    public DateTimeOffset PickedAt { get; set; }
}

public static class ShipmentErrors
{
    public static readonly Error NotFound = Error.NotFound("shipment.not_found");
    public static readonly Error CustomerInactive = Error.Refused("shipment.customer_inactive", "CustomerId");
    public static readonly Error NoLines = Error.Invalid("shipment.no_lines", "Lines");
    public static readonly Error MaterialInactive = Error.Refused("shipment.material_inactive");
    public static readonly Error AlreadyDispatched = Error.Conflict("shipment.already_dispatched");
    public static readonly Error Cancelled = Error.Conflict("shipment.cancelled");
    public static readonly Error LineNotFound = Error.NotFound("shipment.line_not_found", "LineId");
    public static readonly Error PickNotFound = Error.NotFound("shipment.pick_not_found");
    public static readonly Error OtherMaterial = Error.Refused("shipment.other_material", "BatchId");
    public static readonly Error OverPicked = Error.Refused("shipment.over_picked", "Quantity");
    public static readonly Error NothingPicked = Error.Refused("shipment.nothing_picked");
    public static readonly Error Incomplete = Error.Refused("shipment.incomplete", "AcceptShort");
    public static readonly Error NotDispatched = Error.Conflict("shipment.not_dispatched");
    public static readonly Error BatchNotSent = Error.Refused("shipment.batch_not_sent", "BatchId");
    public static readonly Error AtLine = Error.Refused("shipment.at_line", "LocationId");
}
