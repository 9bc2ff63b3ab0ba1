namespace Traceability.Web.Resources;

/// <summary>Texts of batches, their papers and what quality decides about them.</summary>
public sealed class Batches;
