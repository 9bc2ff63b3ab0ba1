namespace Traceability.Web.Resources;

/// <summary>Marker of the texts of dossiers and their public verification.</summary>
public sealed class Dossiers;
