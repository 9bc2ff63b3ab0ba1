using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;

namespace Traceability.Application.Quality;

/// <summary>Puts a draft into use and retires the version in use until now. Inspections already open keep the version they were opened with.</summary>
public sealed record ActivateInspectionPlan(long PlanId);

public sealed record InspectionPlanActivated(long PlanId, int Version, int? RetiredVersion);

public sealed class ActivateInspectionPlanHandler(TraceDatabase database)
{
    public async Task<Result<InspectionPlanActivated>> HandleAsync(ActivateInspectionPlan input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.EditInspectionPlans) is { } forbidden) return forbidden;
        await using var db = await database.BeginAsync(actor, "quality.activate_plan", ct);
        if (await db.LockAsync<InspectionPlan>(input.PlanId, ct) is not { } plan) return InspectionPlanErrors.NotFound;
        // Two drafts of one material are activated one after the other.
        await db.LockAsync<Material>(plan.MaterialId, ct);
        var former = await db.Of<InspectionPlan>().SingleOrDefaultAsync(p => p.MaterialId == plan.MaterialId && p.Kind == plan.Kind && p.Status == InspectionPlanStatus.Active, ct);
        // One active version at a time is a unique index: the former one has to be written first.
        former?.Retire();
        if (await db.FlushAsync(ct) is { } flushed) return flushed;
        if (plan.Activate(await db.Of<Characteristic>().CountAsync(c => c.InspectionPlanId == plan.Id, ct)) is { } refused) return refused;
        return await db.SaveAsync(() => new InspectionPlanActivated(plan.Id, plan.Version, former?.Version), ct);
    }
}

/// <summary>Takes an active plan out of use without a successor; batches received or made afterwards have no inspection opened for them.</summary>
public sealed record RetireInspectionPlan(long PlanId, string Reason);

public sealed class RetireInspectionPlanHandler(TraceDatabase database)
{
    public async Task<Result<Done>> HandleAsync(RetireInspectionPlan input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.EditInspectionPlans) is { } forbidden) return forbidden;
        var check = new Check().Reason(input.Reason, nameof(input.Reason));
        if (check.Failed) return check.Errors;
        await using var db = await database.BeginAsync(actor, "quality.retire_plan", ct, input.Reason);
        if (await db.LockAsync<InspectionPlan>(input.PlanId, ct) is not { } plan) return InspectionPlanErrors.NotFound;
        return plan.Retire() is { } refused ? refused : await db.SaveAsync(() => Done.Value, ct);
    }
}
