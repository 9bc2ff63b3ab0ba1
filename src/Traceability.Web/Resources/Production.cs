namespace Traceability.Web.Resources;

/// <summary>Marker of the texts of bills of materials and routings.</summary>
public sealed class Production;
