namespace Traceability.Web.Resources;

/// <summary>Texts of holds.</summary>
public sealed class Holds;
