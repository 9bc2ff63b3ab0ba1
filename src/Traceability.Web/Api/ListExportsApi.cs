using Microsoft.Extensions.Localization;
using Traceability.Application.Batches;
using Traceability.Application.WorkOrders;
using Traceability.Domain.Common;
using Traceability.Domain.WorkOrders;
using Traceability.Web.Auth;
using Traceability.Web.Components;
using Traceability.Web.Components.Lists;
using Traceability.Web.Components.Pages.Batches;
using Traceability.Web.Components.Pages.Quality;
using Traceability.Web.Components.Ui;

namespace Traceability.Web.Api;

/// <summary>The lists of batches and of work orders as files: what is shown is what is exported.</summary>
public static class ListExportsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/batches/export", BatchesAsync).WithTags("Batches").RequirePermission(Permission.ViewBatches).WithSummary("The batch list as XLSX or CSV");
        api.MapGet("/work-orders/export", OrdersAsync).WithTags("Work orders").RequirePermission(Permission.ViewProduction).WithSummary("The list of work orders as XLSX or CSV");
    }

    private static Task<IResult> BatchesAsync([AsParameters] ExportQuery query, [AsParameters] BatchFilters filters, BatchQueries queries, ApiActor actor, HttpContext context,
        IStringLocalizer<Resources.Batches> texts, IStringLocalizer<Resources.Shared> words, CancellationToken ct) =>
        query.ToFileAsync<BatchRow>(context, texts["Batches"],
        [
            new("code", texts["Batch"], row => row.Code),
            new("materialCode", texts["Material"], row => QualityWords.Name(row.MaterialName, row.MaterialNameEn)),
            new("status", texts["Status"], row => words[$"Status.{(row.HoldCount > 0 ? StatusKind.Held : QualityWords.Kind(row.Status))}"].Value),
            new("quantity", texts["Quantity"], row => row.Quantity),
            new("unit", words["Unit"], row => UnitWords.Of(row.UnitCode)),
            new("source", texts["SupplierOrOrder"], row => row.SupplierName ?? row.WorkOrderCode),
            new("supplierBatchCode", texts["SupplierBatch"], row => row.SupplierBatchCode),
            new("expiresOn", texts["ExpiresOn"], row => row.ExpiresOn),
            new("originAt", texts["OriginAt"], row => row.OriginAt),
            new("kind", texts["Kind"], row => texts[$"MaterialKind.{row.MaterialKind}"].Value),
            new("origin", texts["Origin"], row => texts[$"BatchOrigin.{row.Origin}"].Value),
        ], async page => await queries.ListAsync(filters.Read(), page, actor, ct));

    private static Task<IResult> OrdersAsync([AsParameters] ExportQuery query, string? status, WorkOrderQueries queries, ApiActor actor, HttpContext context,
        IStringLocalizer<Resources.WorkOrders> texts, IStringLocalizer<Resources.Shared> words, CancellationToken ct) =>
        query.ToFileAsync<WorkOrderRow>(context, texts["Orders"],
        [
            new("code", texts["Order"], row => row.Code),
            new("materialCode", texts["Product"], row => $"{row.MaterialCode} {Names.Of(row.MaterialName, row.MaterialNameEn)}"),
            new("status", texts["Status"], row => texts[$"OrderStatus.{row.Status}"].Value),
            new("planned", texts["Planned"], row => row.Quantity),
            new("produced", texts["Produced"], row => row.Produced),
            new("unit", words["Unit"], row => UnitWords.Of(row.UnitCode)),
            new("progress", texts["Progress"], row => $"{row.FinishedSteps} / {row.StepCount}"),
            new("plannedStart", texts["PlannedStart"], row => row.PlannedStart),
            new("plannedEnd", texts["PlannedEnd"], row => row.PlannedEnd),
            new("responsibleName", texts["Responsible"], row => row.ResponsibleName),
        ], page => queries.ListAsync(page, new WorkOrderFilter(Enum.TryParse<WorkOrderStatus>(status, out var parsed) ? parsed : null), actor, ct));
}
