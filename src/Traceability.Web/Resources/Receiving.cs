namespace Traceability.Web.Resources;

/// <summary>Texts of receiving material.</summary>
public sealed class Receiving;
