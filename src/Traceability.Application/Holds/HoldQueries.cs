using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Holds;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;

namespace Traceability.Application.Holds;

/// <summary>A hold in a list.</summary>
public sealed record HoldRow
{
    public long Id { get; init; }
    public string Code { get; init; } = "";
    public HoldCause Cause { get; init; }
    public HoldScope Scope { get; init; }
    public string? ReasonName { get; init; }
    public string? ReasonNameEn { get; init; }
    public string Reason { get; init; } = "";

    /// <summary>Batches it was placed on.</summary>
    public int Batches { get; init; }

    /// <summary>Batches it still stops.</summary>
    public int Held { get; init; }
    public DateTimeOffset PlacedAt { get; init; }
    public string PlacedBy { get; init; } = "";
    public DateTimeOffset? ReleasedAt { get; init; }
}

/// <summary>A batch under a hold.</summary>
public sealed record HeldBatchRow
{
    public long Id { get; init; }
    public string Code { get; init; } = "";
    public string MaterialCode { get; init; } = "";
    public string MaterialName { get; init; } = "";
    public string? MaterialNameEn { get; init; }
    public QualityStatus Status { get; init; }
    public int HoldCount { get; init; }
    public decimal Quantity { get; init; }
    public string UnitCode { get; init; } = "";
    public int UnitDecimals { get; init; }
    public DateTimeOffset? ReleasedAt { get; init; }
}

/// <summary>A hold's record.</summary>
public sealed record HoldView(long Id, string Code, HoldCause Cause, HoldScope Scope, Ref? ReasonCode, string Reason, long? InspectionId, string? InspectionCode, long? RootBatchId, string? RootBatchCode,
    DateTimeOffset PlacedAt, Ref PlacedBy, DateTimeOffset? ReleasedAt, Ref? ReleasedBy, string? ReleaseReason, int Batches, int Held);

/// <summary>Reads holds of the actor's plant.</summary>
public sealed class HoldQueries(TraceDatabase database)
{
    /// <summary>Holds by code, reason or a batch's code; newest first.</summary>
    /// <param name="open">True for those that still stop batches, false for ended ones, null for all.</param>
    public async Task<Paged<HoldRow>> ListAsync(bool? open, HoldCause? cause, PageRequest page, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewQuality)) return new Paged<HoldRow>([], 0);
        await using var db = database.Read();
        var holds = db.Of<Hold>().Where(h => h.PlantId == actor.PlantId && (open == null || h.ReleasedAt == null == open) && (cause == null || h.Cause == cause));
        if (page.Text is { } text)
        {
            var pattern = QueryExtensions.Like(text);
            holds = holds.Where(h => EF.Functions.ILike(h.Code, pattern, ListQueries.Escape) || EF.Functions.ILike(h.Reason, pattern, ListQueries.Escape) ||
                db.Of<HoldBatch>().Any(hb => hb.HoldId == h.Id && db.Of<Batch>().Any(b => b.Id == hb.BatchId && EF.Functions.ILike(b.Code, pattern, ListQueries.Escape))));
        }

        return await holds.Select(h => new HoldRow
        {
            Id = h.Id,
            Code = h.Code,
            Cause = h.Cause,
            Scope = h.Scope,
            ReasonName = db.Of<ReasonCode>().Where(r => r.Id == h.ReasonCodeId).Select(r => r.Name).SingleOrDefault(),
            ReasonNameEn = db.Of<ReasonCode>().Where(r => r.Id == h.ReasonCodeId).Select(r => r.NameEn).SingleOrDefault(),
            Reason = h.Reason,
            Batches = db.Of<HoldBatch>().Count(b => b.HoldId == h.Id),
            Held = db.Of<HoldBatch>().Count(b => b.HoldId == h.Id && b.ReleasedAt == null),
            PlacedAt = h.PlacedAt,
            PlacedBy = db.Of<Person>().Where(p => p.Id == h.PlacedBy).Select(p => p.Name).Single(),
            ReleasedAt = h.ReleasedAt,
        }).Sorted(page, nameof(HoldRow.Id), fallbackDescending: true).ToPageAsync(page, ct);
    }

    /// <summary>One hold; null when it does not exist in the actor's plant or may not be seen.</summary>
    public async Task<HoldView?> FindAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewQuality)) return null;
        await using var db = database.Read();
        var hold = await db.Of<Hold>().SingleOrDefaultAsync(h => h.Id == id && h.PlantId == actor.PlantId, ct);
        if (hold is null) return null;
        var persons = await db.Of<Person>().Where(p => p.Id == hold.PlacedBy || p.Id == hold.ReleasedBy).Select(p => new Ref(p.Id, p.Code, p.Name, p.NameEn)).ToListAsync(ct);
        var reason = await db.Of<ReasonCode>().Where(r => r.Id == hold.ReasonCodeId).Select(r => new Ref(r.Id, r.Code, r.Name, r.NameEn)).SingleOrDefaultAsync(ct);
        return new HoldView(hold.Id, hold.Code, hold.Cause, hold.Scope, reason, hold.Reason,
            hold.InspectionId, await db.Of<Inspection>().Where(i => i.Id == hold.InspectionId).Select(i => i.Code).SingleOrDefaultAsync(ct),
            hold.RootBatchId, await db.Of<Batch>().Where(b => b.Id == hold.RootBatchId).Select(b => b.Code).SingleOrDefaultAsync(ct),
            hold.PlacedAt, persons.Single(p => p.Id == hold.PlacedBy), hold.ReleasedAt, persons.SingleOrDefault(p => p.Id == hold.ReleasedBy), hold.ReleaseReason,
            await db.Of<HoldBatch>().CountAsync(b => b.HoldId == id, ct), await db.Of<HoldBatch>().CountAsync(b => b.HoldId == id && b.ReleasedAt == null, ct));
    }

    /// <summary>The batches of a hold, by code.</summary>
    public async Task<Paged<HeldBatchRow>> BatchesAsync(long holdId, bool? held, PageRequest page, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewQuality)) return new Paged<HeldBatchRow>([], 0);
        await using var db = database.Read();
        var rows = from hb in db.Of<HoldBatch>()
                   join h in db.Of<Hold>() on hb.HoldId equals h.Id
                   join b in db.Of<Batch>() on hb.BatchId equals b.Id
                   join m in db.Of<Material>() on b.MaterialId equals m.Id
                   join u in db.Of<Unit>() on m.UnitId equals u.Id
                   where h.Id == holdId && h.PlantId == actor.PlantId && (held == null || hb.ReleasedAt == null == held)
                   select new HeldBatchRow
                   {
                       Id = b.Id,
                       Code = b.Code,
                       MaterialCode = m.Code,
                       MaterialName = m.Name,
                       MaterialNameEn = m.NameEn,
                       Status = b.QualityStatus,
                       HoldCount = b.HoldCount,
                       Quantity = db.Of<Stock>().Where(s => s.BatchId == b.Id).Sum(s => s.Quantity),
                       UnitCode = u.Code,
                       UnitDecimals = u.Decimals,
                       ReleasedAt = hb.ReleasedAt,
                   };
        return await rows.Matching(page.Text, r => r.Code, r => r.MaterialCode, r => r.MaterialName, r => r.MaterialNameEn).Sorted(page, nameof(HeldBatchRow.Code)).ToPageAsync(page, ct);
    }
}
