namespace Traceability.Web.Components;

public static partial class Links
{
    public const string Boms = "/settings/boms";
    public const string Routings = "/settings/routings";
    public const string Operations = "/operations";
    public const string NewWorkOrder = "/orders/new";

    public static string Bom(long id) => $"{Boms}/{id}";

    public static string Routing(long id) => $"{Routings}/{id}";

    public static string EditWorkOrder(long id) => $"{WorkOrders}/{id}/edit";

    public static string IssueTo(long orderId) => $"{WorkOrders}/{orderId}/issue";

    public static string Operation(long stepId) => $"{Operations}/{stepId}";

    public static string OperationReport(long id) => $"{OperationReports}/{id}";
}
