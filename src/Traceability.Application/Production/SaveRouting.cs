using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Production;

namespace Traceability.Application.Production;

/// <summary>Writes a draft of a routing: a new version when no id is given, else the draft with that id.</summary>
public sealed record SaveRouting(long? Id, long MaterialId, string? Note, IReadOnlyList<RoutingStepInput> Steps);

public sealed record RoutingStepInput(int Number, string Name, long WorkCenterId, IReadOnlyList<RoutingParameterInput> Parameters, string? NameEn = null,
    SkipRule SkipRule = SkipRule.Refuse, StepGrain Grain = StepGrain.Order, bool EquipmentRequired = false, bool IsKeyPoint = false);

public sealed record RoutingParameterInput(string Code, string Name, string? Unit = null, decimal? LowerLimit = null, decimal? UpperLimit = null,
    bool IsRequired = true, string? NameEn = null);

public sealed record RoutingSaved(long Id, int Version);

public sealed class SaveRoutingHandler(TraceDatabase database)
{
    public async Task<Result<RoutingSaved>> HandleAsync(SaveRouting input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.EditBomsAndRoutings) is { } forbidden) return forbidden;
        if (RoutingForm.Check(input) is { Failed: true } form) return form.Errors;
        await using var db = await database.BeginAsync(actor, "production.save_routing", ct);

        var centers = input.Steps.Select(s => s.WorkCenterId).Distinct().ToList();
        var known = (await db.Of<WorkCenter>().Where(w => centers.Contains(w.Id) && w.IsActive).Select(w => w.Id).ToListAsync(ct)).ToHashSet();
        var check = new Check().That(await db.Of<Material>().AnyAsync(m => m.Id == input.MaterialId && m.IsActive, ct), CommonErrors.Unknown.On(nameof(input.MaterialId)));
        for (var i = 0; i < input.Steps.Count; i++) check.That(known.Contains(input.Steps[i].WorkCenterId), CommonErrors.Unknown.On($"Steps[{i}].WorkCenterId"));
        if (check.Failed) return check.Errors;

        Routing? routing;
        if (input.Id is { } id)
        {
            routing = await db.LockAsync<Routing>(id, ct);
            if (routing is null) return RoutingErrors.NotFound;
            if (routing.MaterialId != input.MaterialId) return CommonErrors.Unknown.On(nameof(input.MaterialId));
            if (routing.Edit(input.Note) is { } refused) return refused;
            await db.RemoveStepsAsync(id, ct);
            if (await db.FlushAsync(ct) is { } flushed) return flushed;
        }
        else
        {
            var last = await db.Of<Routing>().Where(r => r.MaterialId == input.MaterialId).MaxAsync(r => (int?)r.Version, ct);
            routing = Routing.Draft(input.MaterialId, (last ?? 0) + 1, input.Note);
            await db.AddAsync(routing, ct);
        }

        await db.AddStepsAsync(routing.Id, input.Steps, ct);
        return await db.SaveAsync(() => new RoutingSaved(routing.Id, routing.Version), ct);
    }
}

internal static class RoutingForm
{
    public static Check Check(SaveRouting input)
    {
        var check = new Check().Id(input.MaterialId, nameof(input.MaterialId)).OptionalText(input.Note, nameof(input.Note), 500);
        if (input.Steps is not { Count: > 0 and <= 200 }) return check.Add(RoutingErrors.NoSteps);
        var numbers = new HashSet<int>();
        for (var i = 0; i < input.Steps.Count; i++)
        {
            var step = input.Steps[i];
            check.Text(step.Name, $"Steps[{i}].Name", 120).OptionalText(step.NameEn, $"Steps[{i}].NameEn", 120).Id(step.WorkCenterId, $"Steps[{i}].WorkCenterId")
                .That(step.Number > 0, CommonErrors.NotPositive.On($"Steps[{i}].Number")).That(numbers.Add(step.Number), RoutingErrors.DuplicateStep.On($"Steps[{i}].Number").With(step.Number));
            var codes = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            for (var j = 0; j < (step.Parameters?.Count ?? 0); j++)
            {
                var parameter = step.Parameters![j];
                var at = $"Steps[{i}].Parameters[{j}]";
                check.Text(parameter.Code, $"{at}.Code", 40).Text(parameter.Name, $"{at}.Name", 120).OptionalText(parameter.NameEn, $"{at}.NameEn", 120).OptionalText(parameter.Unit, $"{at}.Unit", 20)
                    .That(parameter.Code is null || codes.Add(parameter.Code.Trim()), RoutingErrors.DuplicateParameter.On($"{at}.Code").With(parameter.Code))
                    .That(parameter.LowerLimit is null || parameter.UpperLimit is null || parameter.LowerLimit <= parameter.UpperLimit, RoutingErrors.LimitsReversed.On($"{at}.UpperLimit").With(parameter.Name));
            }
        }

        return check;
    }

    public static async Task AddStepsAsync(this TraceDbContext db, long routingId, IEnumerable<RoutingStepInput> steps, CancellationToken ct)
    {
        foreach (var input in steps.OrderBy(s => s.Number))
        {
            var step = new RoutingStep
            {
                RoutingId = routingId,
                Number = input.Number,
                Name = input.Name.Trim(),
                NameEn = Blank(input.NameEn),
                WorkCenterId = input.WorkCenterId,
                SkipRule = input.SkipRule,
                Grain = input.Grain,
                EquipmentRequired = input.EquipmentRequired,
                IsKeyPoint = input.IsKeyPoint,
            };
            await db.AddAsync(step, ct);
            var sequence = 0;
            foreach (var parameter in input.Parameters ?? [])
            {
                await db.AddAsync(new RoutingParameter
                {
                    RoutingStepId = step.Id,
                    Sequence = sequence += 10,
                    Code = parameter.Code.Trim(),
                    Name = parameter.Name.Trim(),
                    NameEn = Blank(parameter.NameEn),
                    Unit = Blank(parameter.Unit),
                    LowerLimit = parameter.LowerLimit,
                    UpperLimit = parameter.UpperLimit,
                    IsRequired = parameter.IsRequired,
                }, ct);
            }
        }
    }

    public static async Task RemoveStepsAsync(this TraceDbContext db, long routingId, CancellationToken ct)
    {
        var steps = await db.Of<RoutingStep>().Where(s => s.RoutingId == routingId).ToListAsync(ct);
        var ids = steps.Select(s => s.Id).ToList();
        db.RemoveRange(await db.Of<RoutingParameter>().Where(p => ids.Contains(p.RoutingStepId)).ToListAsync(ct));
        db.RemoveRange(steps);
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
