namespace Traceability.Web.Resources;

/// <summary>Marker of the texts of coding rules.</summary>
public sealed class Coding;
