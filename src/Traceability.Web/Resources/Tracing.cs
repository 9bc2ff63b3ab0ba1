namespace Traceability.Web.Resources;

/// <summary>Marker of the texts of tracing and search.</summary>
public sealed class Tracing;
