using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Production;

namespace Traceability.Application.Production;

/// <summary>Makes a draft the version that orders are released with from now on; the former one is retired.</summary>
public sealed record ActivateBom(long Id);

public sealed class ActivateBomHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<BomSaved>> HandleAsync(ActivateBom input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.EditBomsAndRoutings) is { } forbidden) return forbidden;
        await using var db = await database.BeginAsync(actor, "production.activate_bom", ct);
        var bom = await db.LockAsync<Bom>(input.Id, ct);
        if (bom is null) return BomErrors.NotFound;
        var lines = await db.Of<BomLine>().CountAsync(l => l.BomId == bom.Id, ct);
        if (bom.Activate(lines, await db.TodayAsync(actor, clock, ct)) is { } refused) return refused;
        // Written first and by itself: only one version of a material may be active at any moment.
        await db.Of<Bom>().Where(b => b.MaterialId == bom.MaterialId && b.Status == VersionStatus.Active && b.Id != bom.Id)
            .ExecuteUpdateAsync(u => u.SetProperty(b => b.Status, VersionStatus.Retired), ct);
        return await db.SaveAsync(() => new BomSaved(bom.Id, bom.Version), ct);
    }
}

internal static class PlantDay
{
    /// <summary>The calendar day at the actor's plant; the day in UTC when the actor works in none.</summary>
    public static async Task<DateOnly> TodayAsync(this TraceDbContext db, Actor actor, TimeProvider clock, CancellationToken ct)
    {
        var plant = await db.Of<Plant>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == actor.PlantId, ct);
        return plant?.DayOf(clock.GetUtcNow()) ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
    }
}
