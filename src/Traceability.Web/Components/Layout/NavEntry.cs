using Traceability.Domain.Common;

namespace Traceability.Web.Components.Layout;

/// <summary>One line of the navigation.</summary>
/// <param name="Key">Key of its text in the shared resources.</param>
/// <param name="Icon">Name of its icon; only top entries have one.</param>
/// <param name="Href">Address; null for a group.</param>
/// <param name="AnyOf">Shown to who has any of these; to every signed-in person when empty.</param>
public sealed record NavEntry(string Key, string? Icon, string? Href, params Permission[] AnyOf)
{
    /// <summary>Entries of a group; a group without a visible entry is not shown.</summary>
    public IReadOnlyList<NavEntry> Children { get; init; } = [];

    /// <summary>The navigation of the application: at most eight top entries.</summary>
    public static readonly IReadOnlyList<NavEntry> All =
    [
        new("NavHome", "house", Links.Home),
        new("NavTrace", "waypoints", Links.Trace(), Permission.ViewTrace),
        new("NavMaterial", "package", null)
        {
            Children =
            [
                new("NavBatches", null, Links.Batches, Permission.ViewBatches),
                new("NavReceiving", null, Links.Receiving, Permission.ViewBatches, Permission.ReceiveMaterial),
                new("NavStock", null, Links.Stock, Permission.ViewBatches, Permission.MoveInventory),
            ],
        },
        new("NavProduction", "factory", null)
        {
            Children =
            [
                new("NavWorkOrders", null, Links.WorkOrders, Permission.ViewProduction),
                new("NavOperations", null, Links.Operations, Permission.ReportOperations),
                new("NavOperationReports", null, Links.OperationReports, Permission.ViewProduction),
            ],
        },
        new("NavQuality", "badge-check", null)
        {
            Children =
            [
                new("NavInspections", null, Links.Inspections, Permission.ViewQuality),
                new("NavHolds", null, Links.Holds, Permission.ViewQuality),
            ],
        },
        new("NavShipments", "truck", Links.Shipments, Permission.ViewShipments),
        new("NavDossiers", "file-check", Links.Dossiers, Permission.ViewDossiers),
        new("NavSettings", "settings-2", null)
        {
            Children =
            [
                new("NavMasterData", null, Links.MasterData, Permission.ViewMasterData),
                new("NavBoms", null, Links.Boms, Permission.ViewMasterData),
                new("NavRoutings", null, Links.Routings, Permission.ViewMasterData),
                new("NavCodingRules", null, Links.CodingRules, Permission.EditCodingRules),
                new("NavUsers", null, Links.Users, Permission.ManageUsers),
                new("NavAudit", null, Links.AuditTrail, Permission.ViewAudit),
            ],
        },
    ];

    public bool VisibleTo(Visitor visitor) =>
        Children.Count > 0
            ? Children.Any(child => child.VisibleTo(visitor))
            : visitor.Actor is not null && (AnyOf.Length == 0 || AnyOf.Any(visitor.Can));
}
