using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.Holds;

namespace Traceability.Application.Holds;

/// <summary>Lets the batches of a hold go, all of them or some; says why.</summary>
/// <param name="BatchIds">Which; null for all.</param>
public sealed record ReleaseHold(long HoldId, string Reason, IReadOnlyList<long>? BatchIds = null);

/// <param name="IsEnded">No batch is left under the hold.</param>
public sealed record HoldReleased(long HoldId, int Batches, bool IsEnded);

public sealed class ReleaseHoldHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<HoldReleased>> HandleAsync(ReleaseHold input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ReleaseHolds) is { } forbidden) return forbidden;
        if (actor.PersonId is not { } person) return CommonErrors.NoPerson;
        var check = new Check().Reason(input.Reason, nameof(input.Reason));
        if (check.Failed) return check.Errors;

        await using var db = await database.BeginAsync(actor, "holds.release", ct, input.Reason);
        var hold = await db.LockAsync<Hold>(input.HoldId, ct);
        if (hold is null || hold.PlantId != actor.PlantId) return HoldErrors.NotFound;
        if (hold.RefuseIfReleased() is { } released) return released;
        long[]? only = input.BatchIds is { Count: > 0 } ? [.. input.BatchIds.Distinct()] : null;
        if (only is not null && await db.Of<HoldBatch>().CountAsync(b => b.HoldId == hold.Id && b.ReleasedAt == null && only.Contains(b.BatchId), ct) != only.Length)
            return HoldErrors.NotUnderHold;
        var lifted = await db.LiftAsync(hold, only, input.Reason, person, clock.GetUtcNow(), ct);
        return await db.SaveAsync(() => new HoldReleased(hold.Id, lifted, hold.ReleasedAt is not null), ct);
    }
}
