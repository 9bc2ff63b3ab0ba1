using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Domain.Receiving;

/// <summary>One delivery of a supplier as it was taken in.</summary>
public sealed class Receipt : Entity
{
    private Receipt()
    {
    }

    public long PlantId { get; private set; }
    public string Code { get; private set; } = "";
    public long SupplierId { get; private set; }

    /// <summary>The supplier's name at receipt.</summary>
    public string SupplierName { get; private set; } = "";
    public string? DeliveryNote { get; private set; }
    public DateTimeOffset ReceivedAt { get; private set; }
    public DateTimeOffset RecordedAt { get; private set; }
    public long PersonId { get; private set; }
    public string? Note { get; private set; }

    public static Result<Receipt> Open(long plantId, string code, Supplier supplier, string? deliveryNote, DateTimeOffset receivedAt, DateTimeOffset now, long personId, string? note)
    {
        if (!supplier.IsActive) return ReceivingErrors.SupplierInactive.With(supplier.Name);
        if (supplier.Status == SupplierStatus.Suspended) return ReceivingErrors.SupplierSuspended.With(supplier.Name);
        return new Receipt
        {
            PlantId = plantId,
            Code = code,
            SupplierId = supplier.Id,
            SupplierName = supplier.Name,
            DeliveryNote = string.IsNullOrWhiteSpace(deliveryNote) ? null : deliveryNote.Trim(),
            ReceivedAt = receivedAt,
            RecordedAt = now,
            PersonId = personId,
            Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
        };
    }
}

public static class ReceivingErrors
{
    public static readonly Error SupplierInactive = Error.Refused("receiving.supplier_inactive", "SupplierId");
    public static readonly Error SupplierSuspended = Error.Refused("receiving.supplier_suspended", "SupplierId");
    public static readonly Error NoLines = Error.Invalid("receiving.no_lines", "Lines");
    public static readonly Error DuplicateSupplierBatch = Error.Refused("receiving.duplicate_supplier_batch");
    public static readonly Error ExpiredOnArrival = Error.Refused("receiving.expired_on_arrival");
    public static readonly Error ExpiryBeforeProduction = Error.Invalid("receiving.expiry_before_production");
    public static readonly Error InTheFuture = Error.Invalid("receiving.in_the_future", "ReceivedAt");
    public static readonly Error MaterialNotBought = Error.Refused("receiving.material_inactive");
}
