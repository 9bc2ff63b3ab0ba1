namespace Traceability.Web.Resources;

/// <summary>Marker of the texts of operations and their reports.</summary>
public sealed class Operations;
