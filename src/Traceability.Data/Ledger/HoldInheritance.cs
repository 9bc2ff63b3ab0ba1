using Traceability.Domain.Ledger;

namespace Traceability.Data.Ledger;

/// <summary>
/// What comes out of a run into which a batch under a "downstream" hold went is born under the same hold: the hold follows the
/// material also through orders that were under way when it was placed.
/// </summary>
public static class HoldInheritance
{
    /// <summary>Advisory lock: placing a downstream hold waits for postings into runs, and they for it, so that none slips through between the walk and the hold.</summary>
    private const long RunsLock = 7240712;

    /// <summary>Taken by a posting into a run before it locks any batch.</summary>
    public static Task EnterRunsAsync(this TraceDbContext db, CancellationToken ct) => LockAsync(db, "pg_advisory_xact_lock_shared", ct);

    /// <summary>Taken by a downstream hold before it walks the genealogy.</summary>
    public static Task CloseRunsAsync(this TraceDbContext db, CancellationToken ct) => LockAsync(db, "pg_advisory_xact_lock", ct);

    /// <summary>Puts what an activity put out under the holds its runs' inputs are under.</summary>
    internal static async Task InheritHoldsAsync(this TraceDbContext db, Posting posting, CancellationToken ct)
    {
        var outputs = posting.Lines.Where(l => l is { Direction: LineDirection.Output, RunId: not null }).ToList();
        if (outputs.Count == 0) return;
        await using var find = db.Command("""
            select distinct hb.hold_id, o.batch_id
            from unnest(@runs, @batches) as o (run_id, batch_id)
            join trace.activity_line i on i.run_id = o.run_id and i.direction = 'input' and i.reverses_line_id is null and i.batch_id <> o.batch_id
            join trace.hold_batch hb on hb.batch_id = i.batch_id and hb.released_at is null
            join trace.hold h on h.id = hb.hold_id and h.scope = 'downstream' and h.released_at is null
            where not exists (select 1 from trace.activity_line r where r.reverses_line_id = i.id)
            order by 1, 2
            """);
        find.Parameters.AddWithValue("runs", outputs.Select(l => l.RunId!.Value).ToArray());
        find.Parameters.AddWithValue("batches", outputs.Select(l => l.BatchId).ToArray());
        var holds = new List<long>();
        var batches = new List<long>();
        await using (var reader = await find.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                holds.Add(reader.GetInt64(0));
                batches.Add(reader.GetInt64(1));
            }
        }

        if (holds.Count == 0) return;
        // A hold released meanwhile is seen as released once its row can be locked.
        await using var inherit = db.Command("""
            with standing as (select id from trace.hold where id = any(@holds) and released_at is null order by id for share),
            born as (
                insert into trace.hold_batch (hold_id, batch_id)
                select x.hold_id, x.batch_id from unnest(@holds, @batches) as x (hold_id, batch_id) join standing s on s.id = x.hold_id
                on conflict (hold_id, batch_id) do nothing returning batch_id)
            update trace.batch b set hold_count = b.hold_count + n.count
            from (select batch_id, count(*)::int as count from born group by batch_id) n where n.batch_id = b.id
            """);
        inherit.Parameters.AddWithValue("holds", holds.ToArray());
        inherit.Parameters.AddWithValue("batches", batches.ToArray());
        await inherit.ExecuteNonQueryAsync(ct);
    }

    private static async Task LockAsync(TraceDbContext db, string function, CancellationToken ct)
    {
        await using var command = db.Command($"select {function}({RunsLock})");
        await command.ExecuteNonQueryAsync(ct);
    }
}
