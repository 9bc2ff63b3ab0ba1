using Traceability.Application.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.MasterData;

/// <summary>What every list and record page of master data shows.</summary>
public abstract record MasterDataView
{
    public long Id { get; init; }

    /// <summary>To be handed back when the record is saved.</summary>
    public uint Version { get; init; }
    public string Code { get; init; } = "";
    public string Name { get; init; } = "";
    public string? NameEn { get; init; }
    public bool IsActive { get; init; } = true;
}

public sealed record PlantView : MasterDataView
{
    public string TimeZone { get; init; } = "";
}

public sealed record UnitView : MasterDataView
{
    public UnitDimension Dimension { get; init; }
    public decimal Factor { get; init; }
    public int Decimals { get; init; }
}

public sealed record MaterialView : MasterDataView
{
    public string ShortCode { get; init; } = "";
    public string? Specification { get; init; }
    public MaterialKind Kind { get; init; }
    public long UnitId { get; init; }
    public string UnitCode { get; init; } = "";
    public Tracking Tracking { get; init; }
    public int? ShelfLifeDays { get; init; }
    public bool IncomingInspection { get; init; }
    public bool FinalInspection { get; init; }
    public bool CertificateRequired { get; init; }
}

/// <summary>A material with its alternative units.</summary>
public sealed record MaterialDetails(MaterialView Material, IReadOnlyList<UnitChoice> Units);

public sealed record SupplierView : MasterDataView
{
    public string? Contact { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public SupplierStatus Status { get; init; }
}

public sealed record CustomerView : MasterDataView
{
    public string? Contact { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string? Address { get; init; }
}

public sealed record LocationView : MasterDataView
{
    public LocationKind Kind { get; init; }
}

public sealed record WorkCenterView : MasterDataView
{
    public long LocationId { get; init; }
    public string LocationCode { get; init; } = "";
    public string LocationName { get; init; } = "";
    public string? LocationNameEn { get; init; }

    public Ref Location => new(LocationId, LocationCode, LocationName, LocationNameEn);
}

public sealed record EquipmentView : MasterDataView
{
    public long WorkCenterId { get; init; }
    public string WorkCenterCode { get; init; } = "";
    public string WorkCenterName { get; init; } = "";
    public string? WorkCenterNameEn { get; init; }
    public EquipmentStatus Status { get; init; }

    public Ref WorkCenter => new(WorkCenterId, WorkCenterCode, WorkCenterName, WorkCenterNameEn);
}

public sealed record ReasonCodeView : MasterDataView
{
    public ReasonKind Kind { get; init; }
}

public sealed record PersonView : MasterDataView
{
    public string? Team { get; init; }
    public string? Email { get; init; }
}
