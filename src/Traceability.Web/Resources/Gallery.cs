namespace Traceability.Web.Resources;

/// <summary>Marker of the gallery's texts.</summary>
public sealed class Gallery;
