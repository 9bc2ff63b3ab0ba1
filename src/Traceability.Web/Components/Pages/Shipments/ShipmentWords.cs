using Traceability.Domain.Shipments;
using Traceability.Web.Components.Ui;

namespace Traceability.Web.Components.Pages.Shipments;

internal static class ShipmentWords
{
    /// <summary>The look of a shipment's status.</summary>
    public static string KindOf(ShipmentStatus status) => status switch
    {
        ShipmentStatus.Draft => StatusKind.Warning,
        ShipmentStatus.Dispatched => StatusKind.Success,
        _ => StatusKind.Neutral,
    };
}
