namespace Traceability.Web.Resources;

/// <summary>Marker of the texts that belong to no feature: shell, kit and common errors.</summary>
public sealed class Shared;
