namespace Traceability.Web.Resources;

/// <summary>Marker of the texts of work orders, issued material and deviations.</summary>
public sealed class WorkOrders;
