using Microsoft.AspNetCore.Http.HttpResults;
using Traceability.Application.Operations;
using Traceability.Domain.Common;
using Traceability.Domain.Operations;
using Traceability.Web.Auth;

namespace Traceability.Web.Api;

/// <summary>What is done at the operations of orders.</summary>
public static class OperationReportsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/operation-reports").WithTags("Operations");
        group.MapGet("/", ListAsync).RequirePermission(Permission.ViewProduction).WithSummary("Operation reports");
        group.MapGet("/{id:long}", GetAsync).RequirePermission(Permission.ViewProduction).WithSummary("One report with everything in it");
        group.MapPost("/", ReportAsync).RequirePermission(Permission.ReportOperations).WithSummary("Report start and end of an operation in one call");
        group.MapPost("/start", StartAsync).RequirePermission(Permission.ReportOperations).WithSummary("Begin an operation now");
        group.MapPost("/{id:long}/finish", FinishAsync).RequirePermission(Permission.ReportOperations).WithSummary("End a running operation with its result");
        group.MapPost("/{id:long}/reverse", ReverseAsync).RequirePermission(Permission.ReverseReports).WithSummary("Take a whole report back");
        var operations = api.MapGroup("/operations").WithTags("Operations");
        operations.MapGet("/", ReadyAsync).RequirePermission(Permission.ViewProduction).WithSummary("Operations that can be worked on, earliest planned start first");
        operations.MapGet("/{stepId:long}", FormAsync).RequirePermission(Permission.ViewProduction).WithSummary("Everything needed to report one operation");
        api.MapGet("/work-orders/{id:long}/operations", ByOrderAsync).RequirePermission(Permission.ViewProduction).WithTags("Operations").WithSummary("Every operation of an order as it was done");
    }

    private static async Task<Results<Ok<Paged<ReportRow>>, ErrorResult>> ListAsync([AsParameters] ApiPage page, string? status, long? workOrderId, long? operatorId, long? equipmentId, bool? outOfLimits, DateTimeOffset? from, DateTimeOffset? to,
        ReportQueries queries, ApiActor actor, CancellationToken ct) => ApiEnum.Read<ReportStatus>(status, "status") is var read && read.Failed(out var errors) ? new ErrorResult(errors)
            : (await queries.ListAsync(page.ToRequest(), new ReportFilter(read.Value.Value, workOrderId, operatorId, equipmentId, outOfLimits ?? false, from?.ToUniversalTime(), to?.ToUniversalTime()), actor, ct)).ToHttp();

    private static async Task<Results<Ok<ReportView>, ErrorResult>> GetAsync(long id, ReportQueries queries, ApiActor actor, CancellationToken ct) => (await queries.GetAsync(id, actor, ct)).ToHttp();

    private static async Task<Results<Ok<OperationReported>, ErrorResult>> ReportAsync(ReportOperation input, ReportOperationHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(input, actor, ct)).ToHttp();

    private static async Task<Results<Ok<OperationStarted>, ErrorResult>> StartAsync(StartOperation input, StartOperationHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(input, actor, ct)).ToHttp();

    private static async Task<Results<Ok<OperationFinished>, ErrorResult>> FinishAsync(long id, FinishOperation input, FinishOperationHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input with { ReportId = id }, actor, ct)).ToHttp();

    private static async Task<Results<Ok<OperationReversed>, ErrorResult>> ReverseAsync(long id, ReverseOperation input, ReverseOperationHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input with { ReportId = id }, actor, ct)).ToHttp();

    private static async Task<Results<Ok<Paged<ReadyOperation>>, ErrorResult>> ReadyAsync([AsParameters] ApiPage page, long? workCenterId, OperationQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.ReadyAsync(page.ToRequest(), workCenterId, actor, ct)).ToHttp();

    private static async Task<Results<Ok<OperationForm>, ErrorResult>> FormAsync(long stepId, OperationQueries queries, ApiActor actor, CancellationToken ct) => (await queries.FormAsync(stepId, actor, ct)).ToHttp();

    private static async Task<Results<Ok<IReadOnlyList<ReportView>>, ErrorResult>> ByOrderAsync(long id, bool? includeReversed, ReportQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.ByWorkOrderAsync(id, actor, ct, includeReversed ?? false)).ToHttp();
}
