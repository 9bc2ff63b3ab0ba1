namespace Traceability.Web.Resources;

/// <summary>Marker of the texts of master data.</summary>
public sealed class MasterData;
