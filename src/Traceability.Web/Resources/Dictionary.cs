namespace Traceability.Web.Resources;

/// <summary>Marker of the texts of the data dictionary.</summary>
public sealed class Dictionary;
