using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.Production;

namespace Traceability.Application.Production;

/// <summary>Starts the next version of a bill of materials as a draft with the same lines.</summary>
public sealed record CopyBom(long Id);

public sealed class CopyBomHandler(TraceDatabase database)
{
    public async Task<Result<BomSaved>> HandleAsync(CopyBom input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.EditBomsAndRoutings) is { } forbidden) return forbidden;
        await using var db = await database.BeginAsync(actor, "production.copy_bom", ct);
        var source = await db.Of<Bom>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == input.Id, ct);
        if (source is null) return BomErrors.NotFound;
        var last = await db.Of<Bom>().Where(b => b.MaterialId == source.MaterialId).MaxAsync(b => b.Version, ct);
        var copy = Bom.Draft(source.MaterialId, last + 1, source.BaseQuantity, source.Note);
        await db.AddAsync(copy, ct);
        foreach (var line in await db.Of<BomLine>().AsNoTracking().Where(l => l.BomId == source.Id).OrderBy(l => l.Sequence).ToListAsync(ct))
        {
            await db.AddAsync(new BomLine { BomId = copy.Id, Sequence = line.Sequence, MaterialId = line.MaterialId, Quantity = line.Quantity, StepNumber = line.StepNumber }, ct);
        }

        return await db.SaveAsync(() => new BomSaved(copy.Id, copy.Version), ct);
    }
}

/// <summary>Throws a draft away.</summary>
public sealed record DeleteBomDraft(long Id);

public sealed class DeleteBomDraftHandler(TraceDatabase database)
{
    public async Task<Result<Done>> HandleAsync(DeleteBomDraft input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.EditBomsAndRoutings) is { } forbidden) return forbidden;
        await using var db = await database.BeginAsync(actor, "production.delete_bom_draft", ct);
        var bom = await db.LockAsync<Bom>(input.Id, ct);
        if (bom is null) return BomErrors.NotFound;
        if (bom.Status != VersionStatus.Draft) return BomErrors.NotDraft.With(bom.Version);
        db.RemoveRange(await db.Of<BomLine>().Where(l => l.BomId == bom.Id).ToListAsync(ct));
        db.Remove(bom);
        return await db.SaveAsync(() => Done.Value, ct);
    }
}
