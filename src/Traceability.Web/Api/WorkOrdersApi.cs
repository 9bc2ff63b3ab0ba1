using Microsoft.AspNetCore.Http.HttpResults;
using Traceability.Application.WorkOrders;
using Traceability.Domain.Common;
using Traceability.Domain.WorkOrders;
using Traceability.Web.Auth;

namespace Traceability.Web.Api;

/// <summary>Orders, the material issued to them, and deviations.</summary>
public static class WorkOrdersApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/work-orders").WithTags("Work orders");
        group.MapGet("/", ListAsync).RequirePermission(Permission.ViewProduction).WithSummary("Orders");
        group.MapGet("/{id:long}", GetAsync).RequirePermission(Permission.ViewProduction).WithSummary("One order with its operations");
        group.MapPost("/", PlanAsync).RequirePermission(Permission.PlanWorkOrders).WithSummary("Plan an order");
        group.MapPost("/{id:long}/change", ChangeAsync).RequirePermission(Permission.PlanWorkOrders).WithSummary("Change an order not yet released");
        group.MapPost("/{id:long}/release", ReleaseAsync).RequirePermission(Permission.PlanWorkOrders).WithSummary("Hand an order to production");
        group.MapPost("/{id:long}/complete", CompleteAsync).RequirePermission(Permission.PlanWorkOrders).WithSummary("Say that production is over");
        group.MapPost("/{id:long}/close", CloseAsync).RequirePermission(Permission.PlanWorkOrders).WithSummary("Settle an order; refused while issued material is open");
        group.MapPost("/{id:long}/cancel", CancelAsync).RequirePermission(Permission.PlanWorkOrders).WithSummary("Give an order up");
        group.MapGet("/{id:long}/kit", KitAsync).RequirePermission(Permission.ViewProduction).WithSummary("Is all material there?");
        group.MapGet("/{id:long}/issue-proposal", ProposeAsync).RequirePermission(Permission.ViewProduction).WithSummary("Batches to issue, earliest expiry first");
        group.MapGet("/{id:long}/issued", IssuedAsync).RequirePermission(Permission.ViewProduction).WithSummary("Issued batches and what became of them");
        group.MapGet("/{id:long}/outputs", OutputsAsync).RequirePermission(Permission.ViewProduction).WithSummary("Batches the order made");
        group.MapPost("/{id:long}/issues", IssueAsync).RequirePermission(Permission.IssueMaterial).WithSummary("Issue batches; the receiver confirms with their own password");
        group.MapPost("/{id:long}/returns", ReturnAsync).RequirePermission(Permission.IssueMaterial).WithSummary("Bring left-over material back");
        group.MapPost("/{id:long}/scraps", ScrapAsync).RequirePermission(Permission.ReportOperations).WithSummary("Write issued material off");
        group.MapPost("/{id:long}/deviations", RequestAsync).RequirePermission(Permission.ViewProduction).WithSummary("Ask for a deviation");
        var deviations = api.MapGroup("/deviations").WithTags("Work orders");
        deviations.MapGet("/", DeviationsAsync).RequirePermission(Permission.ViewProduction).WithSummary("Deviations");
        deviations.MapPost("/{id:long}/decide", DecideAsync).RequirePermission(Permission.ApproveDeviations).WithSummary("Approve or refuse a deviation");
    }

    private static async Task<Results<Ok<Paged<WorkOrderRow>>, ErrorResult>> ListAsync([AsParameters] ApiPage page, string? status, long? materialId, DateTimeOffset? plannedFrom, DateTimeOffset? plannedTo,
        WorkOrderQueries queries, ApiActor actor, CancellationToken ct) => ApiEnum.Read<WorkOrderStatus>(status, "status") is var read && read.Failed(out var errors) ? new ErrorResult(errors)
            : (await queries.ListAsync(page.ToRequest(), new WorkOrderFilter(read.Value.Value, materialId, plannedFrom?.ToUniversalTime(), plannedTo?.ToUniversalTime()), actor, ct)).ToHttp();

    private static async Task<Results<Ok<WorkOrderView>, ErrorResult>> GetAsync(long id, WorkOrderQueries queries, ApiActor actor, CancellationToken ct) => (await queries.GetAsync(id, actor, ct)).ToHttp();

    private static async Task<Results<Ok<WorkOrderPlanned>, ErrorResult>> PlanAsync(PlanWorkOrder input, PlanWorkOrderHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(input, actor, ct)).ToHttp();

    private static async Task<Results<Ok<WorkOrderPlanned>, ErrorResult>> ChangeAsync(long id, ChangeWorkOrder input, ChangeWorkOrderHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input with { Id = id }, actor, ct)).ToHttp();

    private static async Task<Results<Ok<WorkOrderReleased>, ErrorResult>> ReleaseAsync(long id, ReleaseWorkOrderHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(new ReleaseWorkOrder(id), actor, ct)).ToHttp();

    private static async Task<Results<Ok<WorkOrderSettled>, ErrorResult>> CompleteAsync(long id, CompleteWorkOrderHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(new CompleteWorkOrder(id), actor, ct)).ToHttp();

    private static async Task<Results<Ok<WorkOrderSettled>, ErrorResult>> CloseAsync(long id, CloseWorkOrderHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(new CloseWorkOrder(id), actor, ct)).ToHttp();

    private static async Task<Results<Ok<WorkOrderSettled>, ErrorResult>> CancelAsync(long id, ReasonInput input, CancelWorkOrderHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(new CancelWorkOrder(id, input.Reason ?? ""), actor, ct)).ToHttp();

    private static async Task<Results<Ok<IReadOnlyList<KitLine>>, ErrorResult>> KitAsync(long id, OrderMaterialQueries queries, ApiActor actor, CancellationToken ct) => (await queries.KitAsync(id, actor, ct)).ToHttp();

    private static async Task<Results<Ok<IReadOnlyList<IssueProposal>>, ErrorResult>> ProposeAsync(long id, OrderMaterialQueries queries, ApiActor actor, CancellationToken ct) => (await queries.ProposeAsync(id, actor, ct)).ToHttp();

    private static async Task<Results<Ok<IReadOnlyList<IssuedView>>, ErrorResult>> IssuedAsync(long id, OrderMaterialQueries queries, ApiActor actor, CancellationToken ct) => (await queries.IssuedAsync(id, actor, ct)).ToHttp();

    private static async Task<Results<Ok<IReadOnlyList<OutputView>>, ErrorResult>> OutputsAsync(long id, WorkOrderQueries queries, ApiActor actor, CancellationToken ct) => (await queries.OutputsAsync(id, actor, ct)).ToHttp();

    private static async Task<Results<Ok<MaterialIssued>, ErrorResult>> IssueAsync(long id, IssueMaterial input, IssueMaterialHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input with { WorkOrderId = id }, actor, ct)).ToHttp();

    private static async Task<Results<Ok<MaterialMoved>, ErrorResult>> ReturnAsync(long id, ReturnMaterial input, ReturnMaterialHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input with { WorkOrderId = id }, actor, ct)).ToHttp();

    private static async Task<Results<Ok<MaterialMoved>, ErrorResult>> ScrapAsync(long id, ScrapIssuedMaterial input, ScrapIssuedMaterialHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input with { WorkOrderId = id }, actor, ct)).ToHttp();

    private static async Task<Results<Ok<DeviationRequested>, ErrorResult>> RequestAsync(long id, RequestDeviation input, RequestDeviationHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input with { WorkOrderId = id }, actor, ct)).ToHttp();

    private static async Task<Results<Ok<IReadOnlyList<DeviationView>>, ErrorResult>> DeviationsAsync(long? workOrderId, string? status, DeviationQueries queries, ApiActor actor, CancellationToken ct) =>
        ApiEnum.Read<DeviationStatus>(status, "status") is var read && read.Failed(out var errors) ? new ErrorResult(errors) : (await queries.ListAsync(workOrderId, read.Value.Value, actor, ct)).ToHttp();

    private static async Task<Results<Ok<DeviationDecided>, ErrorResult>> DecideAsync(long id, DecideDeviation input, DecideDeviationHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input with { Id = id }, actor, ct)).ToHttp();

    internal sealed record ReasonInput(string? Reason);
}
