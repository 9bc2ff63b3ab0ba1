using Traceability.Domain.Common;

namespace Traceability.Domain.MasterData;

/// <summary>A record of master data: known by its code, named in Chinese and, if wanted, in English.</summary>
public interface IMasterData
{
    string Code { get; set; }
    string Name { get; set; }
    string? NameEn { get; set; }
}

/// <summary>Master data that can be taken out of use without losing what refers to it.</summary>
public interface ICanBeInactive
{
    bool IsActive { get; set; }
}

/// <summary>Master data of one plant; other plants do not see it.</summary>
public interface IBelongsToPlant
{
    long PlantId { get; }
}

/// <summary>A production site. Codes are unique per plant; times are shown in its zone.</summary>
public sealed class Plant : EditableEntity, IMasterData, ICanBeInactive
{
    public required string Code { get; set; }
    public required string Name { get; set; }
    public string? NameEn { get; set; }

    /// <summary>IANA time zone, e.g. <c>Asia/Shanghai</c>.</summary>
    public required string TimeZone { get; set; }
    public bool IsActive { get; set; } = true;

    /// <summary>The calendar day at the plant at a moment.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).DateTime);
}

/// <summary>A unit of measure.</summary>
public sealed class Unit : EditableEntity, IMasterData
{
    public required string Code { get; set; }
    public required string Name { get; set; }
    public string? NameEn { get; set; }
    public UnitDimension Dimension { get; set; }

    /// <summary>How many base units of the dimension (kg, L, m, piece, s) one of this unit is.</summary>
    public decimal Factor { get; set; } = 1;

    /// <summary>Decimals a quantity in this unit is shown with.</summary>
    public int Decimals { get; set; } = 3;
}

/// <summary>Something bought, made or used up, told apart by batch or serial number.</summary>
public sealed class Material : EditableEntity, IMasterData, ICanBeInactive
{
    public required string Code { get; set; }

    /// <summary>The short code that the token {ITEM} of a coding rule stands for.</summary>
    public required string ShortCode { get; set; }
    public required string Name { get; set; }
    public string? NameEn { get; set; }
    public string? Specification { get; set; }
    public MaterialKind Kind { get; set; }

    /// <summary>The stock unit: every ledger quantity of the material is in it.</summary>
    public long UnitId { get; set; }
    public Tracking Tracking { get; set; }

    /// <summary>Days from production (or receipt) to expiry; null when the material does not expire.</summary>
    public int? ShelfLifeDays { get; set; }

    /// <summary>A received batch stays pending until its incoming inspection is passed.</summary>
    public bool IncomingInspection { get; set; }

    /// <summary>A produced batch stays pending until its final inspection is passed.</summary>
    public bool FinalInspection { get; set; }

    /// <summary>A received batch cannot be released before its supplier certificate is filed.</summary>
    public bool CertificateRequired { get; set; }
    public bool IsActive { get; set; } = true;
}

/// <summary>Another unit a material is handled in, e.g. bags of 25 kg.</summary>
public sealed class MaterialUnit : Entity
{
    public long MaterialId { get; set; }
    public long UnitId { get; set; }

    /// <summary>How many stock units one of this unit is.</summary>
    public decimal Factor { get; set; }
}

public sealed class Supplier : EditableEntity, IMasterData, ICanBeInactive
{
    public required string Code { get; set; }
    public required string Name { get; set; }
    public string? NameEn { get; set; }
    public string? Contact { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }
    public SupplierStatus Status { get; set; }
    public bool IsActive { get; set; } = true;
}

public sealed class Customer : EditableEntity, IMasterData, ICanBeInactive
{
    public required string Code { get; set; }
    public required string Name { get; set; }
    public string? NameEn { get; set; }
    public string? Contact { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }
    public string? Address { get; set; }
    public bool IsActive { get; set; } = true;
}

/// <summary>A place where stock stands.</summary>
public sealed class Location : EditableEntity, IMasterData, ICanBeInactive, IBelongsToPlant
{
    public long PlantId { get; set; }
    public required string Code { get; set; }
    public required string Name { get; set; }
    public string? NameEn { get; set; }
    public LocationKind Kind { get; set; }
    public bool IsActive { get; set; } = true;
}

/// <summary>Where operations are done; material issued to its orders stands at its line-side location.</summary>
public sealed class WorkCenter : EditableEntity, IMasterData, ICanBeInactive, IBelongsToPlant
{
    public long PlantId { get; set; }
    public required string Code { get; set; }
    public required string Name { get; set; }
    public string? NameEn { get; set; }
    public long LocationId { get; set; }
    public bool IsActive { get; set; } = true;
}

public sealed class Equipment : EditableEntity, IMasterData, ICanBeInactive, IBelongsToPlant
{
    public long PlantId { get; set; }
    public long WorkCenterId { get; set; }
    public required string Code { get; set; }
    public required string Name { get; set; }
    public string? NameEn { get; set; }
    public EquipmentStatus Status { get; set; }
    public bool IsActive { get; set; } = true;
}

/// <summary>Why something was scrapped, held, adjusted …; a list the plant keeps, so that causes can be counted.</summary>
public sealed class ReasonCode : EditableEntity, IMasterData, ICanBeInactive
{
    public required string Code { get; set; }
    public ReasonKind Kind { get; set; }
    public required string Name { get; set; }
    public string? NameEn { get; set; }
    public bool IsActive { get; set; } = true;
}

/// <summary>Someone who does things in the plant; named on every fact. An account belongs to at most one person.</summary>
public sealed class Person : EditableEntity, IMasterData, ICanBeInactive, IBelongsToPlant
{
    public long PlantId { get; set; }

    /// <summary>Badge number, e.g. <c>OP001</c>.</summary>
    public required string Code { get; set; }
    public required string Name { get; set; }
    public string? NameEn { get; set; }
    public string? Team { get; set; }
    public string? Email { get; set; }
    public bool IsActive { get; set; } = true;
}
