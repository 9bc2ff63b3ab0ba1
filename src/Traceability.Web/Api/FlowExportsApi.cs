using Microsoft.Extensions.Localization;
using Traceability.Application.Exports;
using Traceability.Application.Inventory;
using Traceability.Application.Shipments;
using Traceability.Application.Tracing;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Shipments;
using Traceability.Domain.Tracing;
using Traceability.Web.Auth;
using Traceability.Web.Components;
using Traceability.Web.Components.Lists;
using Traceability.Web.Components.Pages.Tracing;

namespace Traceability.Web.Api;

/// <summary>Stock, shipments and flow tables as files, in the reader's language.</summary>
public static class FlowExportsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/stock/export", StockAsync).WithTags("Stock").RequirePermission(Permission.ViewBatches).WithSummary("The stock list as XLSX or CSV");
        api.MapGet("/shipments/export", ShipmentsAsync).WithTags("Shipments").RequirePermission(Permission.ViewShipments).WithSummary("The list of shipments as XLSX or CSV");
        api.MapGet("/trace/{code}/flow/export", FlowAsync).WithTags("Tracing").RequirePermission(Permission.ViewTrace).WithSummary("The batch flow table as XLSX or CSV");
    }

    /// <param name="Expiry">soon: within 30 days; past: expired.</param>
    internal sealed record StockListView(string? Kind, string? Status, long? Location, long? Material, string? Expiry);

    private static async Task<IResult> StockAsync([AsParameters] ExportQuery query, [AsParameters] StockListView view, InventoryQueries queries, IStringLocalizer<Resources.Stock> words, IStringLocalizer<Resources.Shared> shared,
        TimeProvider clock, ApiActor actor, HttpContext context, CancellationToken ct)
    {
        var check = new Check();
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var held = view.Status == "held";
        var filter = new StockFilter(view.Material, view.Location, null, ApiValues.Enum<MaterialKind>(view.Kind, nameof(view.Kind), check), held ? null : ApiValues.Enum<QualityStatus>(view.Status, nameof(view.Status), check),
            held ? true : null, view.Expiry switch { "soon" => today.AddDays(30), "past" => today.AddDays(-1), _ => null });
        if (check.Failed) return new ErrorResult(check.Errors);
        IReadOnlyList<ListColumn<StockView>> columns =
        [
            new("batchCode", words["Batch"], r => r.BatchCode), new("materialCode", words["Material"], r => r.MaterialCode), new("materialName", "", r => TraceWords.Name(r.MaterialName, r.MaterialNameEn)),
            new("locationCode", words["Location"], r => r.LocationCode), new("quantity", words["Quantity"], r => r.Quantity), new("unit", shared["Unit"], r => r.Unit),
            new("status", words["Status"], r => shared[$"Status.{(r.IsOnHold ? "held" : TraceWords.Key(r.QualityStatus))}"].Value), new("expiresOn", words["ExpiresOn"], r => r.ExpiresOn),
            new("supplierBatchCode", words["SupplierBatch"], r => r.SupplierBatchCode), new("originAt", words["Since"], r => r.OriginAt),
        ];
        return await query.ToFileAsync(context, words["Title"], columns, page => queries.StockAsync(filter, page, actor, ct));
    }

    private static async Task<IResult> ShipmentsAsync([AsParameters] ExportQuery query, string? status, long? customer, ShipmentQueries queries, IStringLocalizer<Resources.Shipments> words, ApiActor actor, HttpContext context, CancellationToken ct)
    {
        var check = new Check();
        var filter = new ShipmentFilter(ApiValues.Enum<ShipmentStatus>(status, nameof(status), check), customer);
        if (check.Failed) return new ErrorResult(check.Errors);
        IReadOnlyList<ListColumn<ShipmentRow>> columns =
        [
            new("code", words["Code"], r => r.Code), new("customerName", words["Customer"], r => r.CustomerName), new("status", words["Status"], r => words[$"Status.{TraceWords.Key(r.Status)}"].Value),
            new("plannedOn", words["PlannedOn"], r => r.PlannedOn), new("dispatchedAt", words["DispatchedAt"], r => r.DispatchedAt), new("reference", words["Reference"], r => r.Reference),
            new("lines", words["Lines"], r => r.Lines), new("carrier", words["Carrier"], r => r.Carrier),
        ];
        return await query.ToFileAsync(context, words["Title"], columns, page => queries.ListAsync(filter, page, actor, ct));
    }

    private static async Task<IResult> FlowAsync(string code, string? format, [AsParameters] TraceApi.TraceQuery query, TraceQueries queries, IStringLocalizer<Resources.Tracing> words, IStringLocalizer<Resources.Shared> shared,
        IVisitorSource visitors, TimeProvider clock, ApiActor actor, HttpContext context, CancellationToken ct)
    {
        var check = new Check();
        var kind = ApiValues.Enum<ExportFormat>(format, nameof(format), check) ?? ExportFormat.Xlsx;
        if (check.Failed) return new ErrorResult(check.Errors);
        if (query.Read(code).Failed(out var errors, out var request)) return new ErrorResult(errors);
        if ((await queries.FlowAsync(request, query.Direction is not null, actor, ct)).Failed(out var refused, out var flow)) return new ErrorResult(refused);
        ExportColumn<FlowRow>[] columns =
        [
            new("step", words["ColWhat"], r => $"{words[$"Activity.{TraceWords.Key(r.Kind)}"]}{(r.Step is { } step ? $" {step.Number} {step.Name()}" : "")}{(r.IsReversal ? $" ({words["Reversal"]})" : r.IsReversed ? $" ({words["Reversed"]})" : "")}"),
            new("occurredAt", words["ColTime"], r => r.OccurredAt), new("recordedAt", words["ColRecorded"], r => r.RecordedAt), new("batch", words["ColBatch"], r => r.BatchCode), new("material", words["ColMaterial"], r => r.Material.Name()),
            new("from", words["ColFrom"], r => r.From), new("to", words["ColTo"], r => r.To), new("quantity", words["ColQuantity"], r => r.Quantity), new("unit", shared["Unit"], r => r.Unit), new("balance", words["ColBalance"], r => r.Balance),
            new("document", words["ColDocument"], r => r.Document), new("person", words["ColPerson"], r => r.Person.Name()), new("confirmedBy", words["ColConfirmed"], r => r.ConfirmedBy?.Name()),
            new("equipment", words["ColEquipment"], r => r.EquipmentCode), new("source", words["ColSource"], r => words[$"Source.{TraceWords.Key(r.Source)}"].Value), new("reason", words["ColReason"], r => r.Reason),
        ];
        var visitor = await visitors.VisitorAsync(context.User, ct);
        var table = ExportTable.Of($"{words["FlowTitle"]} {flow.Start.Code}", columns, flow.Rows.ToAsyncEnumerable(), TimeZoneInfo.FindSystemTimeZoneById(visitor.Plant?.TimeZone ?? PlantClock.DefaultZone));
        return Results.Stream(body => TableExporter.WriteAsync(table, kind, body, ct), TableExporter.ContentType(kind), TableExporter.FileName(table, kind, clock.GetUtcNow()));
    }
}
