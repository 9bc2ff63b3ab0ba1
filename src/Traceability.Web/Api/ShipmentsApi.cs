using Microsoft.AspNetCore.Http.HttpResults;
using Traceability.Application.Shipments;
using Traceability.Domain.Common;
using Traceability.Domain.Shipments;
using Traceability.Web.Auth;

namespace Traceability.Web.Api;

/// <summary>Shipments from plan to dispatch, and what a customer was sent.</summary>
public static class ShipmentsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/shipments").WithTags("Shipments");
        group.MapGet("/", ListAsync).RequirePermission(Permission.ViewShipments).WithSummary("Shipments, newest first");
        group.MapGet("/{id:long}", GetAsync).RequirePermission(Permission.ViewShipments).WithSummary("A shipment with its lines and picks");
        group.MapGet("/{id:long}/lines/{lineId:long}/proposal", ProposeAsync).RequirePermission(Permission.ViewShipments).WithSummary("What to pick for a line, earliest expiry first");
        group.MapPost("/", CreateAsync).RequirePermission(Permission.PlanShipments).WithSummary("Plan a shipment");
        group.MapPut("/{id:long}", EditAsync).RequirePermission(Permission.PlanShipments).WithSummary("Change a draft");
        group.MapPost("/{id:long}/cancel", CancelAsync).RequirePermission(Permission.PlanShipments).WithSummary("Give a draft up");
        group.MapPost("/{id:long}/picks", PickAsync).RequirePermission(Permission.DispatchShipments).WithSummary("Pick a batch for a line; refused for one that may not leave");
        group.MapDelete("/{id:long}/picks/{pickId:long}", RemoveAsync).RequirePermission(Permission.DispatchShipments).WithSummary("Put a pick back");
        group.MapPost("/{id:long}/dispatch", DispatchAsync).RequirePermission(Permission.DispatchShipments).WithSummary("Let the shipment go; refused while a picked batch may not leave");
        group.MapPost("/{id:long}/feedback", FeedbackAsync).RequirePermission(Permission.PlanShipments).WithSummary("Write down what the customer said");
        api.MapGet("/batches/{batchId:long}/feedback", FeedbackOfBatchAsync).WithTags("Shipments").RequirePermission(Permission.ViewShipments).WithSummary("What customers said of a batch");
        api.MapGet("/customers/{customerId:long}/received-batches", ReceivedAsync).WithTags("Shipments").RequirePermission(Permission.ViewShipments).WithSummary("Every batch a customer was ever sent");
    }

    private static async Task<Results<Ok<Paged<ShipmentRow>>, ErrorResult>> ListAsync(string? status, long? customerId, [AsParameters] ApiPage page, ShipmentQueries queries, ApiActor actor, CancellationToken ct)
    {
        var check = new Check();
        var wanted = ApiValues.Enum<ShipmentStatus>(status, nameof(status), check);
        return check.Failed ? new ErrorResult(check.Errors) : (await queries.ListAsync(new ShipmentFilter(wanted, customerId), page.ToRequest(), actor, ct)).ToHttp();
    }

    private static async Task<Results<Ok<ShipmentView>, ErrorResult>> GetAsync(long id, ShipmentQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.GetAsync(id, actor, ct)).ToHttp();

    private static async Task<Results<Ok<IReadOnlyList<PickProposal>>, ErrorResult>> ProposeAsync(long id, long lineId, ShipmentQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.ProposeAsync(id, lineId, actor, ct)).ToHttp();

    private static async Task<Results<Ok<ShipmentCreated>, ErrorResult>> CreateAsync(CreateShipment input, CreateShipmentHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input, actor, ct)).ToHttp();

    private static async Task<Results<Ok<Done>, ErrorResult>> EditAsync(long id, EditShipment input, EditShipmentHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input with { ShipmentId = id }, actor, ct)).ToHttp();

    private static async Task<Results<Ok<Done>, ErrorResult>> CancelAsync(long id, CancelShipment input, CancelShipmentHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input with { ShipmentId = id }, actor, ct)).ToHttp();

    private static async Task<Results<Ok<BatchPicked>, ErrorResult>> PickAsync(long id, PickBatch input, PickBatchHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input with { ShipmentId = id }, actor, ct)).ToHttp();

    private static async Task<Results<Ok<Done>, ErrorResult>> RemoveAsync(long id, long pickId, RemovePickHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(new RemovePick(id, pickId), actor, ct)).ToHttp();

    private static async Task<Results<Ok<ShipmentDispatched>, ErrorResult>> DispatchAsync(long id, DispatchShipment? input, DispatchShipmentHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync((input ?? new DispatchShipment(id)) with { ShipmentId = id }, actor, ct)).ToHttp();

    private static async Task<Results<Ok<FeedbackRecorded>, ErrorResult>> FeedbackAsync(long id, RecordFeedback input, RecordFeedbackHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input with { ShipmentId = id }, actor, ct)).ToHttp();

    private static async Task<Results<Ok<IReadOnlyList<FeedbackView>>, ErrorResult>> FeedbackOfBatchAsync(long batchId, ShipmentQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.FeedbackOfBatchAsync(batchId, actor, ct)).ToHttp();

    private static async Task<Results<Ok<Paged<ReceivedByCustomer>>, ErrorResult>> ReceivedAsync(long customerId, [AsParameters] ApiPage page, ShipmentQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.ReceivedAsync(customerId, page.ToRequest(), actor, ct)).ToHttp();
}
