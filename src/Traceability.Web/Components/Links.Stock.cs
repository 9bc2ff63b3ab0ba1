namespace Traceability.Web.Components;

public static partial class Links
{
    public const string StockMove = "/stock/move";
    public const string StockMerge = "/stock/merge";
    public const string NewShipment = "/shipments/new";

    /// <summary>Moves a batch; without a code the page asks for one.</summary>
    public static string Move(string? batchCode = null) => With(StockMove, ("batch", batchCode));

    /// <summary>What can be done with a batch's stock: split, scrap, adjust or sample.</summary>
    public static string StockAction(string action, long batchId, long? locationId = null) =>
        With($"/stock/{action}/{batchId}", ("location", locationId?.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public static string EditShipment(long id) => $"{Shipment(id)}/edit";
}
