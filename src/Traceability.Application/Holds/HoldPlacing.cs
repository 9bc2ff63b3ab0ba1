using Traceability.Application.Tracing;
using Traceability.Data;
using Traceability.Data.Coding;
using Traceability.Data.Ledger;
using Traceability.Domain.Coding;
using Traceability.Domain.Common;
using Traceability.Domain.Holds;
using Traceability.Domain.MasterData;
using Traceability.Domain.Tracing;

namespace Traceability.Application.Holds;

/// <summary>What to hold and why, as a use case asks for it inside its own transaction.</summary>
internal sealed record HoldRequest(IReadOnlyCollection<long> BatchIds, string Reason, HoldCause Cause)
{
    public long? ReasonCodeId { get; init; }
    public long? InspectionId { get; init; }

    /// <summary>Downstream: <see cref="BatchIds"/> names one batch, and everything made of it comes under the hold too.</summary>
    public HoldScope Scope { get; init; }
}

/// <summary>Places and lifts holds set by set: thousands of batches are one statement each.</summary>
internal static class HoldPlacing
{
    /// <summary>Locks the batches in id order, so that every posting is either done before or refused, and puts them under a new hold.</summary>
    /// <returns>The hold and how many batches it holds.</returns>
    public static async Task<Result<(Hold Hold, int Batches)>> PlaceHoldAsync(this TraceDbContext db, HoldRequest request, Plant plant, long person, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.FlushAsync(ct) is { } flushed) return flushed;
        long[] ids = [.. request.BatchIds.Distinct()];
        if (request.Scope == HoldScope.Downstream)
        {
            if (ids.Length != 1) return HoldErrors.NeedsRoot;
            await db.CloseRunsAsync(ct);
            ids = (await TraceWalk.ReachAsync(db, ids, TraceDirection.Forward, limit: null, ct)).BatchIds;
        }

        await LockAsync(db, ids, ct);
        var code = await db.NextCodeAsync(CodedRecord.Hold, plant.Id, new CodingValues(plant.DayOf(now), Plant: plant.Code), ct);
        if (!code.IsSuccess) return code.As<(Hold, int)>();
        var hold = Hold.Place(plant.Id, code.Value, request.ReasonCodeId, request.Reason, request.Cause, request.Scope,
            request.Scope == HoldScope.Downstream ? request.BatchIds.First() : null, request.InspectionId, person, now);
        await db.AddAsync(hold, ct);
        if (await db.FlushAsync(ct) is { } refused) return refused;

        await using var command = db.Command("""
            with put as (
                insert into trace.hold_batch (hold_id, batch_id)
                select @hold, id from trace.batch where plant_id = @plant and id = any(@ids) order by id
                returning batch_id)
            update trace.batch b set hold_count = b.hold_count + 1 from put where b.id = put.batch_id
            """);
        command.Parameters.AddWithValue("hold", hold.Id);
        command.Parameters.AddWithValue("plant", plant.Id);
        command.Parameters.AddWithValue("ids", ids);
        return (hold, await command.ExecuteNonQueryAsync(ct));
    }

    /// <summary>Lets batches of a hold go; the hold itself ends with its last batch. The caller has locked the hold's row.</summary>
    /// <param name="batchIds">Which; null for all.</param>
    /// <returns>How many batches were let go.</returns>
    public static async Task<int> LiftAsync(this TraceDbContext db, Hold hold, long[]? batchIds, string reason, long person, DateTimeOffset now, CancellationToken ct)
    {
        await using (var locked = db.Command("""
            select count(*) from (select b.id from trace.batch b join trace.hold_batch hb on hb.batch_id = b.id
            where hb.hold_id = @hold and hb.released_at is null and (@all or b.id = any(@ids)) order by b.id for no key update of b) l
            """))
        {
            Bind(locked);
            await locked.ExecuteNonQueryAsync(ct);
        }

        int lifted;
        await using (var command = db.Command("""
            with gone as (
                update trace.hold_batch set released_at = @now where hold_id = @hold and released_at is null and (@all or batch_id = any(@ids))
                returning batch_id)
            update trace.batch b set hold_count = b.hold_count - 1 from gone where b.id = gone.batch_id
            """))
        {
            Bind(command);
            command.Parameters.AddWithValue("now", now.UtcDateTime);
            lifted = await command.ExecuteNonQueryAsync(ct);
        }

        await using var left = db.Command("select exists (select 1 from trace.hold_batch where hold_id = @hold and released_at is null)");
        left.Parameters.AddWithValue("hold", hold.Id);
        if (await left.ExecuteScalarAsync(ct) is false) hold.Release(person, reason, now);
        return lifted;

        void Bind(Npgsql.NpgsqlCommand command)
        {
            command.Parameters.AddWithValue("hold", hold.Id);
            command.Parameters.AddWithValue("all", batchIds is null);
            command.Parameters.AddWithValue("ids", batchIds ?? []);
        }
    }

    private static async Task LockAsync(TraceDbContext db, long[] ids, CancellationToken ct)
    {
        await using var command = db.Command("select count(*) from (select id from trace.batch where id = any(@ids) order by id for no key update) l");
        command.Parameters.AddWithValue("ids", ids);
        await command.ExecuteNonQueryAsync(ct);
    }
}
