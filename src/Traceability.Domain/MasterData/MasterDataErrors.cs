using Traceability.Domain.Common;

namespace Traceability.Domain.MasterData;

public static class MasterDataErrors
{
    /// <summary>A code has white space or characters that break links and barcodes.</summary>
    public static readonly Error BadCode = Error.Invalid("master_data.bad_code", "Code");
    public static readonly Error BadShortCode = Error.Invalid("master_data.bad_short_code", "ShortCode");
    public static readonly Error BadEmail = Error.Invalid("master_data.bad_email", "Email");
    public static readonly Error UnknownTimeZone = Error.Invalid("master_data.unknown_time_zone", "TimeZone");

    /// <summary>The unit is used by materials: another factor would change the meaning of every quantity already recorded.</summary>
    public static readonly Error UnitFixed = Error.Conflict("master_data.unit_fixed", "Factor");
    public static readonly Error NoConversion = Error.Refused("master_data.no_conversion");

    /// <summary>Batches or bills of material count in the material's stock unit already.</summary>
    public static readonly Error MaterialUnitFixed = Error.Conflict("master_data.material_unit_fixed", "UnitId");
    public static readonly Error TrackingFixed = Error.Conflict("master_data.tracking_fixed", "Tracking");

    /// <summary>Single units are counted: their unit is one of pieces without decimals.</summary>
    public static readonly Error SerialUnit = Error.Invalid("master_data.serial_unit", "UnitId");

    /// <summary>An alternative unit is named twice or is the stock unit itself.</summary>
    public static readonly Error UnitRepeated = Error.Invalid("master_data.unit_repeated");
    public static readonly Error LocationHasStock = Error.Conflict("master_data.location_has_stock", "IsActive");
    public static readonly Error ReasonKindFixed = Error.Conflict("master_data.reason_kind_fixed", "Kind");
}
