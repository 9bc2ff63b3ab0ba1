using Traceability.Domain.Common;

namespace Traceability.Domain.Inventory;

/// <summary>Refusals of stock movements that the ledger itself does not know.</summary>
public static class InventoryErrors
{
    public static readonly Error NoParts = Error.Invalid("inventory.no_parts", "Parts");
    public static readonly Error SplitTakesAll = Error.Refused("inventory.split_takes_all", "Parts");
    public static readonly Error MergeSameBatch = Error.Invalid("inventory.merge_same_batch", "Parts");
    public static readonly Error NoDifference = Error.Refused("inventory.no_difference", "CountedQuantity");
    public static readonly Error ReasonKind = Error.Invalid("inventory.reason_kind", "ReasonCodeId");
    public static readonly Error SerialCount = Error.Invalid("inventory.serial_count", "CountedQuantity");
}
