using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.Production;

namespace Traceability.Application.Production;

/// <summary>Makes a draft the version that orders are released with from now on; the former one is retired.</summary>
public sealed record ActivateRouting(long Id);

public sealed class ActivateRoutingHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<RoutingSaved>> HandleAsync(ActivateRouting input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.EditBomsAndRoutings) is { } forbidden) return forbidden;
        await using var db = await database.BeginAsync(actor, "production.activate_routing", ct);
        var routing = await db.LockAsync<Routing>(input.Id, ct);
        if (routing is null) return RoutingErrors.NotFound;
        var steps = await db.Of<RoutingStep>().CountAsync(s => s.RoutingId == routing.Id, ct);
        if (routing.Activate(steps, await db.TodayAsync(actor, clock, ct)) is { } refused) return refused;
        // Written first and by itself: only one version of a material may be active at any moment.
        await db.Of<Routing>().Where(r => r.MaterialId == routing.MaterialId && r.Status == VersionStatus.Active && r.Id != routing.Id)
            .ExecuteUpdateAsync(u => u.SetProperty(r => r.Status, VersionStatus.Retired), ct);
        return await db.SaveAsync(() => new RoutingSaved(routing.Id, routing.Version), ct);
    }
}

/// <summary>Starts the next version of a routing as a draft with the same steps and parameters.</summary>
public sealed record CopyRouting(long Id);

public sealed class CopyRoutingHandler(TraceDatabase database)
{
    public async Task<Result<RoutingSaved>> HandleAsync(CopyRouting input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.EditBomsAndRoutings) is { } forbidden) return forbidden;
        await using var db = await database.BeginAsync(actor, "production.copy_routing", ct);
        var source = await db.Of<Routing>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == input.Id, ct);
        if (source is null) return RoutingErrors.NotFound;
        var steps = await db.Of<RoutingStep>().AsNoTracking().Where(s => s.RoutingId == source.Id).ToListAsync(ct);
        var ids = steps.Select(s => s.Id).ToList();
        var parameters = await db.Of<RoutingParameter>().AsNoTracking().Where(p => ids.Contains(p.RoutingStepId)).OrderBy(p => p.Sequence).ToListAsync(ct);
        var last = await db.Of<Routing>().Where(r => r.MaterialId == source.MaterialId).MaxAsync(r => r.Version, ct);
        var copy = Routing.Draft(source.MaterialId, last + 1, source.Note);
        await db.AddAsync(copy, ct);
        await db.AddStepsAsync(copy.Id, steps.Select(s => new RoutingStepInput(s.Number, s.Name, s.WorkCenterId,
            [.. parameters.Where(p => p.RoutingStepId == s.Id).Select(p => new RoutingParameterInput(p.Code, p.Name, p.Unit, p.LowerLimit, p.UpperLimit, p.IsRequired, p.NameEn))],
            s.NameEn, s.SkipRule, s.Grain, s.EquipmentRequired, s.IsKeyPoint)), ct);
        return await db.SaveAsync(() => new RoutingSaved(copy.Id, copy.Version), ct);
    }
}

/// <summary>Throws a draft away.</summary>
public sealed record DeleteRoutingDraft(long Id);

public sealed class DeleteRoutingDraftHandler(TraceDatabase database)
{
    public async Task<Result<Done>> HandleAsync(DeleteRoutingDraft input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.EditBomsAndRoutings) is { } forbidden) return forbidden;
        await using var db = await database.BeginAsync(actor, "production.delete_routing_draft", ct);
        var routing = await db.LockAsync<Routing>(input.Id, ct);
        if (routing is null) return RoutingErrors.NotFound;
        if (routing.Status != VersionStatus.Draft) return RoutingErrors.NotDraft.With(routing.Version);
        await db.RemoveStepsAsync(routing.Id, ct);
        db.Remove(routing);
        return await db.SaveAsync(() => Done.Value, ct);
    }
}
