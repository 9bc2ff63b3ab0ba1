using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Production;

namespace Traceability.Application.Production;

public sealed record RoutingView(long Id, Ref Material, int Version, VersionStatus Status, DateOnly? EffectiveFrom, string? Note, IReadOnlyList<RoutingStepView> Steps);

public sealed record RoutingStepView(long Id, int Number, string Name, string? NameEn, Ref WorkCenter, SkipRule SkipRule, StepGrain Grain, bool EquipmentRequired, bool IsKeyPoint, IReadOnlyList<RoutingParameterView> Parameters);

public sealed record RoutingParameterView(string Code, string Name, string? NameEn, string? Unit, decimal? LowerLimit, decimal? UpperLimit, bool IsRequired);

/// <summary>Routings, by version.</summary>
public sealed class RoutingQueries(TraceDatabase database)
{
    public async Task<Result<Paged<RecipeRow>>> ListAsync(PageRequest page, VersionStatus? status, long? materialId, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewMasterData) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var rows = from routing in db.Of<Routing>()
                   join material in db.Of<Material>() on routing.MaterialId equals material.Id
                   where (status == null || routing.Status == status) && (materialId == null || routing.MaterialId == materialId)
                   select new RecipeRow
                   {
                       Id = routing.Id,
                       MaterialId = material.Id,
                       MaterialCode = material.Code,
                       MaterialName = material.Name,
                       MaterialNameEn = material.NameEn,
                       Version = routing.Version,
                       Status = routing.Status,
                       EffectiveFrom = routing.EffectiveFrom,
                       Count = db.Of<RoutingStep>().Count(s => s.RoutingId == routing.Id),
                       Note = routing.Note,
                   };
        return await rows.Matching(page.Text, r => r.MaterialCode, r => r.MaterialName, r => r.MaterialNameEn).Sorted(page, nameof(RecipeRow.Id), fallbackDescending: true).ToPageAsync(page, ct);
    }

    public async Task<Result<RoutingView>> GetAsync(long id, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewMasterData) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var head = await (from routing in db.Of<Routing>()
                          join material in db.Of<Material>() on routing.MaterialId equals material.Id
                          where routing.Id == id
                          select new { routing, material }).SingleOrDefaultAsync(ct);
        if (head is null) return RoutingErrors.NotFound;
        var steps = await (from step in db.Of<RoutingStep>()
                           join center in db.Of<WorkCenter>() on step.WorkCenterId equals center.Id
                           where step.RoutingId == id
                           orderby step.Number
                           select new { step, center }).ToListAsync(ct);
        var ids = steps.Select(s => s.step.Id).ToList();
        var parameters = await db.Of<RoutingParameter>().Where(p => ids.Contains(p.RoutingStepId)).OrderBy(p => p.Sequence).ToListAsync(ct);
        return new RoutingView(head.routing.Id, new Ref(head.material.Id, head.material.Code, head.material.Name, head.material.NameEn), head.routing.Version, head.routing.Status, head.routing.EffectiveFrom, head.routing.Note,
            [.. steps.Select(s => new RoutingStepView(s.step.Id, s.step.Number, s.step.Name, s.step.NameEn, new Ref(s.center.Id, s.center.Code, s.center.Name, s.center.NameEn), s.step.SkipRule, s.step.Grain,
                s.step.EquipmentRequired, s.step.IsKeyPoint,
                [.. parameters.Where(p => p.RoutingStepId == s.step.Id).Select(p => new RoutingParameterView(p.Code, p.Name, p.NameEn, p.Unit, p.LowerLimit, p.UpperLimit, p.IsRequired))]))]);
    }
}
