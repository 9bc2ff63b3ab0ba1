namespace Traceability.Web.Resources;

/// <summary>Marker of the texts of shipments.</summary>
public sealed class Shipments;
