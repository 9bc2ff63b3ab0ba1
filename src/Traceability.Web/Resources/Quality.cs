namespace Traceability.Web.Resources;

/// <summary>Texts of inspection plans and inspections.</summary>
public sealed class Quality;
