namespace Traceability.Web.Resources;

/// <summary>Marker of the texts of stock and its movements.</summary>
public sealed class Stock;
