using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;

namespace Traceability.Application.Quality;

/// <summary>Writes a draft of an inspection plan: a new version when <paramref name="PlanId"/> is null, else the draft is replaced as a whole.</summary>
public sealed record SaveInspectionPlan(long? PlanId, long MaterialId, InspectionKind Kind, string? Note, IReadOnlyList<CharacteristicInput> Characteristics);

public sealed record CharacteristicInput(string Code, string Name, string? NameEn, CharacteristicKind Kind, string? Unit = null, string? Method = null, decimal? LowerLimit = null, decimal? UpperLimit = null,
    int? SampleN = null, int? SampleC = null, decimal? LimitM = null, decimal? LimitBigM = null, bool IsRequired = true);

public sealed record InspectionPlanSaved(long PlanId, int Version);

public sealed class SaveInspectionPlanHandler(TraceDatabase database)
{
    public async Task<Result<InspectionPlanSaved>> HandleAsync(SaveInspectionPlan input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.EditInspectionPlans) is { } forbidden) return forbidden;
        var lines = input.Characteristics ?? [];
        var check = new Check().Id(input.MaterialId, nameof(input.MaterialId)).OptionalText(input.Note, nameof(input.Note), 500)
            .That(lines.Count is > 0 and <= 200, InspectionPlanErrors.NoCharacteristics);
        for (var i = 0; i < lines.Count; i++)
        {
            Build(lines[i], 0, i).CheckInto(check, $"Characteristics[{i}]");
            var code = lines[i].Code?.Trim();
            check.That(string.IsNullOrEmpty(code) || !lines.Take(i).Any(l => string.Equals(l.Code?.Trim(), code, StringComparison.OrdinalIgnoreCase)),
                InspectionPlanErrors.DuplicateCode.On($"Characteristics[{i}].Code").With(code));
        }

        if (check.Failed) return check.Errors;
        await using var db = await database.BeginAsync(actor, "quality.save_plan", ct);
        InspectionPlan plan;
        if (input.PlanId is { } id)
        {
            if (await db.LockAsync<InspectionPlan>(id, ct) is not { } draft) return InspectionPlanErrors.NotFound;
            if (draft.Edit(input.Note) is { } refused) return refused;
            plan = draft;
            db.RemoveRange(await db.Of<Characteristic>().Where(c => c.InspectionPlanId == id).ToListAsync(ct));
            if (await db.FlushAsync(ct) is { } flushed) return flushed;
        }
        else
        {
            if (await db.LockAsync<Material>(input.MaterialId, ct) is not { IsActive: true }) return CommonErrors.Unknown.On(nameof(input.MaterialId));
            var last = await db.Of<InspectionPlan>().Where(p => p.MaterialId == input.MaterialId && p.Kind == input.Kind).MaxAsync(p => (int?)p.Version, ct) ?? 0;
            plan = InspectionPlan.Draft(input.MaterialId, input.Kind, last + 1, input.Note);
            await db.AddAsync(plan, ct);
        }

        for (var i = 0; i < lines.Count; i++) await db.AddAsync(Build(lines[i], plan.Id, i), ct);
        return await db.SaveAsync(() => new InspectionPlanSaved(plan.Id, plan.Version), ct);
    }

    private static Characteristic Build(CharacteristicInput line, long planId, int index) => new()
    {
        InspectionPlanId = planId,
        Sequence = (index + 1) * 10,
        Code = line.Code?.Trim() ?? "",
        Name = line.Name?.Trim() ?? "",
        NameEn = Clean(line.NameEn),
        Kind = line.Kind,
        Unit = Clean(line.Unit),
        Method = Clean(line.Method),
        LowerLimit = line.Kind == CharacteristicKind.Numeric ? line.LowerLimit : null,
        UpperLimit = line.Kind == CharacteristicKind.Numeric ? line.UpperLimit : null,
        SampleN = line.Kind == CharacteristicKind.Sampling ? line.SampleN : null,
        SampleC = line.Kind == CharacteristicKind.Sampling ? line.SampleC : null,
        LimitM = line.Kind == CharacteristicKind.Sampling ? line.LimitM : null,
        LimitBigM = line.Kind == CharacteristicKind.Sampling ? line.LimitBigM : null,
        IsRequired = line.IsRequired,
    };

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
