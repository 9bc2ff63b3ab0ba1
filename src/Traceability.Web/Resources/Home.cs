namespace Traceability.Web.Resources;

/// <summary>Texts of the start page.</summary>
public sealed class Home;
