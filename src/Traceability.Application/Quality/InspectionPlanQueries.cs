using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;

namespace Traceability.Application.Quality;

/// <summary>A version of an inspection plan in a list.</summary>
public sealed record InspectionPlanRow
{
    public long Id { get; init; }
    public long MaterialId { get; init; }
    public string MaterialCode { get; init; } = "";
    public string MaterialName { get; init; } = "";
    public string? MaterialNameEn { get; init; }
    public InspectionKind Kind { get; init; }
    public int Version { get; init; }
    public InspectionPlanStatus Status { get; init; }
    public int Characteristics { get; init; }
    public int Inspections { get; init; }
    public string? Note { get; init; }
}

/// <summary>A line of a plan.</summary>
public sealed record CharacteristicView(long Id, int Sequence, string Code, string Name, string? NameEn, CharacteristicKind Kind, string? Unit, string? Method, decimal? LowerLimit, decimal? UpperLimit,
    int? SampleN, int? SampleC, decimal? LimitM, decimal? LimitBigM, bool IsRequired);

/// <summary>A plan version with its lines.</summary>
public sealed record InspectionPlanView(long Id, Ref Material, InspectionKind Kind, int Version, InspectionPlanStatus Status, string? Note, IReadOnlyList<CharacteristicView> Characteristics, IReadOnlyList<InspectionPlanVersion> Versions);

/// <summary>Another version of the same plan.</summary>
public sealed record InspectionPlanVersion(long Id, int Version, InspectionPlanStatus Status);

/// <summary>Reads inspection plans.</summary>
public sealed class InspectionPlanQueries(TraceDatabase database)
{
    /// <summary>Plan versions by material; the active version of each plan first.</summary>
    public async Task<Paged<InspectionPlanRow>> ListAsync(InspectionPlanStatus? status, InspectionKind? kind, long? materialId, PageRequest page, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewQuality)) return new Paged<InspectionPlanRow>([], 0);
        await using var db = database.Read();
        var rows = from p in db.Of<InspectionPlan>()
                   join m in db.Of<Material>() on p.MaterialId equals m.Id
                   where (status == null || p.Status == status) && (kind == null || p.Kind == kind) && (materialId == null || p.MaterialId == materialId)
                   select new InspectionPlanRow
                   {
                       Id = p.Id,
                       MaterialId = m.Id,
                       MaterialCode = m.Code,
                       MaterialName = m.Name,
                       MaterialNameEn = m.NameEn,
                       Kind = p.Kind,
                       Version = p.Version,
                       Status = p.Status,
                       Characteristics = db.Of<Characteristic>().Count(c => c.InspectionPlanId == p.Id),
                       Inspections = db.Of<Inspection>().Count(i => i.InspectionPlanId == p.Id),
                       Note = p.Note,
                   };
        return await rows.Matching(page.Text, r => r.MaterialCode, r => r.MaterialName, r => r.MaterialNameEn, r => r.Note).Sorted(page, nameof(InspectionPlanRow.MaterialCode)).ToPageAsync(page, ct);
    }

    /// <summary>One version; null when it does not exist or may not be seen.</summary>
    public async Task<InspectionPlanView?> FindAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewQuality)) return null;
        await using var db = database.Read();
        var plan = await db.Of<InspectionPlan>().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (plan is null) return null;
        var material = await db.Of<Material>().Where(m => m.Id == plan.MaterialId).Select(m => new Ref(m.Id, m.Code, m.Name, m.NameEn)).SingleAsync(ct);
        var versions = await db.Of<InspectionPlan>().Where(p => p.MaterialId == plan.MaterialId && p.Kind == plan.Kind).OrderByDescending(p => p.Version)
            .Select(p => new InspectionPlanVersion(p.Id, p.Version, p.Status)).ToListAsync(ct);
        return new InspectionPlanView(plan.Id, material, plan.Kind, plan.Version, plan.Status, plan.Note, await CharacteristicsAsync(db, id, ct), versions);
    }

    /// <summary>Kinds of inspection the material has an active plan for.</summary>
    public async Task<IReadOnlyList<InspectionKind>> ActiveKindsAsync(long materialId, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewQuality)) return [];
        await using var db = database.Read();
        return await db.Of<InspectionPlan>().Where(p => p.MaterialId == materialId && p.Status == InspectionPlanStatus.Active).Select(p => p.Kind).ToListAsync(ct);
    }

    internal static Task<List<CharacteristicView>> CharacteristicsAsync(TraceDbContext db, long planId, CancellationToken ct) =>
        db.Of<Characteristic>().Where(c => c.InspectionPlanId == planId).OrderBy(c => c.Sequence)
            .Select(c => new CharacteristicView(c.Id, c.Sequence, c.Code, c.Name, c.NameEn, c.Kind, c.Unit, c.Method, c.LowerLimit, c.UpperLimit, c.SampleN, c.SampleC, c.LimitM, c.LimitBigM, c.IsRequired)).ToListAsync(ct);
}
