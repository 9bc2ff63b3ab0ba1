using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Holds;
using Traceability.Domain.MasterData;

namespace Traceability.Application.Holds;

/// <summary>Stops batches at once, named by id or by printed code; with scope downstream one batch and everything made of it.</summary>
public sealed record PlaceHold(IReadOnlyList<long>? BatchIds, IReadOnlyList<string>? Codes, string Reason, long? ReasonCodeId = null, HoldScope Scope = HoldScope.Batches);

public sealed record HoldPlaced(long HoldId, string Code, int Batches);

public sealed class PlaceHoldHandler(TraceDatabase database, TimeProvider clock, ILogger<PlaceHoldHandler> log)
{
    /// <summary>Most batches one hold may name.</summary>
    public const int MaxBatches = 20_000;

    public async Task<Result<HoldPlaced>> HandleAsync(PlaceHold input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.PlaceHolds) is { } forbidden) return forbidden;
        if (actor.PersonId is not { } person) return CommonErrors.NoPerson;
        var codes = (input.Codes ?? []).Select(c => c.Trim().ToUpperInvariant()).Where(c => c.Length > 0).Distinct().ToArray();
        var ids = (input.BatchIds ?? []).Distinct().ToArray();
        var check = new Check().Reason(input.Reason, nameof(input.Reason)).That(codes.Length + ids.Length > 0, HoldErrors.NoBatches)
            .That(codes.Length + ids.Length <= MaxBatches, HoldErrors.TooMany.With(MaxBatches));
        if (check.Failed) return check.Errors;

        await using var db = await database.BeginAsync(actor, "holds.place", ct, input.Reason);
        var plant = await db.Of<Plant>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == actor.PlantId, ct);
        if (plant is null) return CommonErrors.NoPlant;
        if (input.ReasonCodeId is { } reasonCode && !await db.Of<ReasonCode>().AnyAsync(r => r.Id == reasonCode && r.Kind == ReasonKind.Hold && r.IsActive, ct))
            return CommonErrors.Unknown.On(nameof(input.ReasonCodeId));
        var found = await db.Of<Batch>().AsNoTracking().Where(b => b.PlantId == plant.Id && (ids.Contains(b.Id) || codes.Contains(b.Code))).Select(b => new { b.Id, b.Code }).ToListAsync(ct);
        var unknown = codes.Except(found.Select(b => b.Code)).ToList();
        if (unknown.Count > 0) return HoldErrors.UnknownCodes.With(string.Join(", ", unknown.Take(20)));
        if (ids.Except(found.Select(b => b.Id)).Any()) return BatchErrors.NotFound.On(nameof(input.BatchIds));

        var placed = await db.PlaceHoldAsync(new HoldRequest([.. found.Select(b => b.Id)], input.Reason, HoldCause.Person) { ReasonCodeId = input.ReasonCodeId, Scope = input.Scope }, plant, person, clock.GetUtcNow(), ct);
        if (!placed.IsSuccess) return placed.As<HoldPlaced>();
        var saved = await db.SaveAsync(() => new HoldPlaced(placed.Value.Hold.Id, placed.Value.Hold.Code, placed.Value.Batches), ct);
        if (saved.IsSuccess) log.LogInformation("Hold {Hold} stops {Batches} batches", saved.Value.Code, saved.Value.Batches);
        return saved;
    }
}
