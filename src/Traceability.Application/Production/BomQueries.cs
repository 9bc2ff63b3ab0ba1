using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Production;

namespace Traceability.Application.Production;

/// <summary>One version in the list of bills of materials or routings.</summary>
public sealed record RecipeRow
{
    public long Id { get; init; }
    public long MaterialId { get; init; }
    public string MaterialCode { get; init; } = "";
    public string MaterialName { get; init; } = "";
    public string? MaterialNameEn { get; init; }
    public int Version { get; init; }
    public VersionStatus Status { get; init; }
    public DateOnly? EffectiveFrom { get; init; }

    /// <summary>Lines of the bill, steps of the routing.</summary>
    public int Count { get; init; }
    public string? Note { get; init; }
}

public sealed record BomView(long Id, Ref Material, string UnitCode, int Decimals, int Version, VersionStatus Status, decimal BaseQuantity, DateOnly? EffectiveFrom, string? Note, IReadOnlyList<BomLineView> Lines);

public sealed record BomLineView(Ref Material, decimal Quantity, string UnitCode, int Decimals, int? StepNumber);

/// <summary>Bills of materials, by version.</summary>
public sealed class BomQueries(TraceDatabase database)
{
    public async Task<Result<Paged<RecipeRow>>> ListAsync(PageRequest page, VersionStatus? status, long? materialId, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewMasterData) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var rows = from bom in db.Of<Bom>()
                   join material in db.Of<Material>() on bom.MaterialId equals material.Id
                   where (status == null || bom.Status == status) && (materialId == null || bom.MaterialId == materialId)
                   select new RecipeRow
                   {
                       Id = bom.Id,
                       MaterialId = material.Id,
                       MaterialCode = material.Code,
                       MaterialName = material.Name,
                       MaterialNameEn = material.NameEn,
                       Version = bom.Version,
                       Status = bom.Status,
                       EffectiveFrom = bom.EffectiveFrom,
                       Count = db.Of<BomLine>().Count(l => l.BomId == bom.Id),
                       Note = bom.Note,
                   };
        return await rows.Matching(page.Text, r => r.MaterialCode, r => r.MaterialName, r => r.MaterialNameEn).Sorted(page, nameof(RecipeRow.Id), fallbackDescending: true).ToPageAsync(page, ct);
    }

    public async Task<Result<BomView>> GetAsync(long id, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewMasterData) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var head = await (from bom in db.Of<Bom>()
                          join material in db.Of<Material>() on bom.MaterialId equals material.Id
                          join unit in db.Of<Unit>() on material.UnitId equals unit.Id
                          where bom.Id == id
                          select new { bom, material, unit }).SingleOrDefaultAsync(ct);
        if (head is null) return BomErrors.NotFound;
        var lines = await (from line in db.Of<BomLine>()
                           join material in db.Of<Material>() on line.MaterialId equals material.Id
                           join unit in db.Of<Unit>() on material.UnitId equals unit.Id
                           where line.BomId == id
                           orderby line.Sequence
                           select new BomLineView(new Ref(material.Id, material.Code, material.Name, material.NameEn), line.Quantity, unit.Code, unit.Decimals, line.StepNumber)).ToListAsync(ct);
        return new BomView(head.bom.Id, new Ref(head.material.Id, head.material.Code, head.material.Name, head.material.NameEn), head.unit.Code, head.unit.Decimals, head.bom.Version, head.bom.Status,
            head.bom.BaseQuantity, head.bom.EffectiveFrom, head.bom.Note, lines);
    }
}
