namespace Traceability.Web.Resources;

/// <summary>Marker of the texts of the audit trail.</summary>
public sealed class Audit;
