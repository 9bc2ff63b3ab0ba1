using Microsoft.AspNetCore.Http.HttpResults;
using Traceability.Application.Quality;
using Traceability.Domain.Common;
using Traceability.Domain.Quality;
using Traceability.Web.Auth;

namespace Traceability.Web.Api;

/// <summary>Inspection plans and their versions.</summary>
public static class InspectionPlansApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/inspection-plans").WithTags("Quality");
        group.MapGet("/", ListAsync).RequirePermission(Permission.ViewQuality).WithSummary("Plan versions by material");
        group.MapGet("/{id:long}", FindAsync).RequirePermission(Permission.ViewQuality).WithSummary("One version with its characteristics");
        group.MapPost("/", SaveAsync).RequirePermission(Permission.EditInspectionPlans).WithSummary("Write a draft: a new version, or with planId the draft replaced as a whole");
        group.MapPost("/{id:long}/activation", ActivateAsync).RequirePermission(Permission.EditInspectionPlans).WithSummary("Put a draft into use and retire the former version");
        group.MapPost("/{id:long}/retirement", RetireAsync).RequirePermission(Permission.EditInspectionPlans).WithSummary("Take a version out of use without a successor");
    }

    private static async Task<Results<Ok<Paged<InspectionPlanRow>>, ErrorResult>> ListAsync(string? status, string? kind, long? materialId, [AsParameters] ApiPage page, InspectionPlanQueries queries, ApiActor actor, CancellationToken ct)
    {
        var check = new Check();
        var (inStatus, ofKind) = (ApiValues.Enum<InspectionPlanStatus>(status, "Status", check), ApiValues.Enum<InspectionKind>(kind, "Kind", check));
        return check.Failed ? new ErrorResult(check.Errors) : TypedResults.Ok(await queries.ListAsync(inStatus, ofKind, materialId, page.ToRequest(), actor, ct));
    }

    private static async Task<Results<Ok<InspectionPlanView>, ErrorResult>> FindAsync(long id, InspectionPlanQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.FindAsync(id, actor, ct)).OrNotFound(InspectionPlanErrors.NotFound);

    private static async Task<Results<Ok<InspectionPlanSaved>, ErrorResult>> SaveAsync(SaveInspectionPlan input, SaveInspectionPlanHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input, actor, ct)).ToHttp();

    private static async Task<Results<Ok<InspectionPlanActivated>, ErrorResult>> ActivateAsync(long id, ActivateInspectionPlanHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(new ActivateInspectionPlan(id), actor, ct)).ToHttp();

    private static async Task<Results<Ok<Done>, ErrorResult>> RetireAsync(long id, RetirementBody body, RetireInspectionPlanHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(new RetireInspectionPlan(id, body.Reason), actor, ct)).ToHttp();

    internal sealed record RetirementBody(string Reason);
}
