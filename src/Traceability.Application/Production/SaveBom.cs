using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Production;

namespace Traceability.Application.Production;

/// <summary>Writes a draft of a bill of materials: a new version when no id is given, else the draft with that id.</summary>
/// <param name="BaseQuantity">How much of the material the lines are for.</param>
public sealed record SaveBom(long? Id, long MaterialId, decimal BaseQuantity, string? Note, IReadOnlyList<BomLineInput> Lines);

/// <param name="Quantity">In the component's stock unit, for the base quantity.</param>
/// <param name="StepNumber">Operation that uses it; null when any may.</param>
public sealed record BomLineInput(long MaterialId, decimal Quantity, int? StepNumber = null);

public sealed record BomSaved(long Id, int Version);

public sealed class SaveBomHandler(TraceDatabase database)
{
    public async Task<Result<BomSaved>> HandleAsync(SaveBom input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.EditBomsAndRoutings) is { } forbidden) return forbidden;
        if (CheckForm(input) is { Failed: true } form) return form.Errors;
        await using var db = await database.BeginAsync(actor, "production.save_bom", ct);

        var ids = input.Lines.Select(l => l.MaterialId).Append(input.MaterialId).Distinct().ToList();
        var known = (await db.Of<Material>().Where(m => ids.Contains(m.Id) && m.IsActive).Select(m => m.Id).ToListAsync(ct)).ToHashSet();
        var check = new Check().That(known.Contains(input.MaterialId), CommonErrors.Unknown.On(nameof(input.MaterialId)));
        for (var i = 0; i < input.Lines.Count; i++) check.That(known.Contains(input.Lines[i].MaterialId), CommonErrors.Unknown.On($"Lines[{i}].MaterialId"));
        if (check.Failed) return check.Errors;

        Bom? bom;
        if (input.Id is { } id)
        {
            bom = await db.LockAsync<Bom>(id, ct);
            if (bom is null) return BomErrors.NotFound;
            if (bom.MaterialId != input.MaterialId) return CommonErrors.Unknown.On(nameof(input.MaterialId));
            if (bom.Edit(input.BaseQuantity, input.Note) is { } refused) return refused;
            db.RemoveRange(await db.Of<BomLine>().Where(l => l.BomId == id).ToListAsync(ct));
            if (await db.FlushAsync(ct) is { } flushed) return flushed;
        }
        else
        {
            var last = await db.Of<Bom>().Where(b => b.MaterialId == input.MaterialId).MaxAsync(b => (int?)b.Version, ct);
            bom = Bom.Draft(input.MaterialId, (last ?? 0) + 1, input.BaseQuantity, input.Note);
            await db.AddAsync(bom, ct);
        }

        for (var i = 0; i < input.Lines.Count; i++)
        {
            var line = input.Lines[i];
            await db.AddAsync(new BomLine { BomId = bom.Id, Sequence = (i + 1) * 10, MaterialId = line.MaterialId, Quantity = line.Quantity, StepNumber = line.StepNumber }, ct);
        }

        return await db.SaveAsync(() => new BomSaved(bom.Id, bom.Version), ct);
    }

    private static Check CheckForm(SaveBom input)
    {
        var check = new Check().Id(input.MaterialId, nameof(input.MaterialId)).Quantity(input.BaseQuantity, nameof(input.BaseQuantity)).OptionalText(input.Note, nameof(input.Note), 500);
        if (input.Lines is not { Count: > 0 and <= 500 }) return check.Add(BomErrors.NoLines);
        var seen = new HashSet<long>();
        for (var i = 0; i < input.Lines.Count; i++)
        {
            var line = input.Lines[i];
            check.Id(line.MaterialId, $"Lines[{i}].MaterialId").Quantity(line.Quantity, $"Lines[{i}].Quantity")
                .That(line.StepNumber is null or > 0, CommonErrors.NotPositive.On($"Lines[{i}].StepNumber"))
                .That(line.MaterialId != input.MaterialId, BomErrors.ContainsItself.On($"Lines[{i}].MaterialId"))
                .That(line.MaterialId <= 0 || seen.Add(line.MaterialId), BomErrors.DuplicateMaterial.On($"Lines[{i}].MaterialId"));
        }

        return check;
    }
}
