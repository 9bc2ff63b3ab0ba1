namespace Traceability.Domain.Common;

/// <summary>
/// Everything a use case can demand. Stored and shown by name; roles are sets of permissions held as data.
/// </summary>
public enum Permission
{
    // Looking
    ViewBatches,
    ViewProduction,
    ViewQuality,
    ViewShipments,
    ViewMasterData,
    ViewTrace,
    ViewAudit,
    ViewDossiers,

    // Configuration
    EditMasterData,
    EditCodingRules,
    EditBomsAndRoutings,
    EditInspectionPlans,
    ManageUsers,
    ManageApiKeys,

    // Warehouse
    ReceiveMaterial,
    MoveInventory,
    AdjustInventory,
    IssueMaterial,
    PrintLabels,

    // Production
    PlanWorkOrders,
    ReportOperations,
    ReverseReports,
    ApproveDeviations,

    // Quality
    Inspect,
    OverrideVerdict,
    ReleaseBatches,
    PlaceHolds,
    ReleaseHolds,

    // Shipping
    PlanShipments,
    DispatchShipments,

    // Evidence
    CreateDossiers,
}
