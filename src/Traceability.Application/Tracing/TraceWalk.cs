using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.Tracing;

namespace Traceability.Application.Tracing;

/// <summary>What a walk through the genealogy reached.</summary>
/// <param name="BatchIds">The batches, the starts among them, in the order they were reached.</param>
/// <param name="RunIds">The runs between them.</param>
/// <param name="IsTruncated">The caller's limit cut the walk off: there is more.</param>
public sealed record TraceReach(long[] BatchIds, long[] RunIds, bool IsTruncated);

/// <summary>
/// The one door to the genealogy: walks batch ↔ run along the ledger's lines. Inputs lead into a run, outputs out of it.
/// A line is dead when it reverses another or was reversed: what never happened leads nowhere. Every node is visited once, so
/// diamonds do not multiply and loops (rework) end. Nothing is cut unless the caller gives a limit.
/// </summary>
public static class TraceWalk
{
    /// <summary>SQL condition: the line (alias l) stands, it was neither reversed nor is it a reversal.</summary>
    internal const string Live = "l.reverses_line_id is null and not exists (select from trace.activity_line r where r.reverses_line_id = l.id)";

    /// <summary>Walks from the given batches inside the transaction the context is in.</summary>
    /// <param name="limit">Most batches and runs to reach in each direction; null for all there are.</param>
    public static async Task<TraceReach> ReachAsync(TraceDbContext db, IReadOnlyCollection<long> start, TraceDirection direction, int? limit, CancellationToken ct)
    {
        if (direction != TraceDirection.Both) return await WalkAsync(db, start, direction == TraceDirection.Forward, limit, ct);
        var back = await WalkAsync(db, start, forward: false, limit, ct);
        var forth = await WalkAsync(db, start, forward: true, limit, ct);
        return new TraceReach([.. back.BatchIds.Union(forth.BatchIds)], [.. back.RunIds.Union(forth.RunIds)], back.IsTruncated || forth.IsTruncated);
    }

    /// <summary>Ids of all batches made from the given ones, directly or through others; the given ones are not among them.</summary>
    public static async Task<long[]> DownstreamAsync(TraceDbContext db, IReadOnlyCollection<long> batchIds, CancellationToken ct) =>
        [.. (await WalkAsync(db, batchIds, forward: true, null, ct)).BatchIds.Except(batchIds)];

    private static async Task<TraceReach> WalkAsync(TraceDbContext db, IReadOnlyCollection<long> start, bool forward, int? limit, CancellationToken ct)
    {
        var (into, outOf) = forward ? ("input", "output") : ("output", "input");
        var inTransaction = db.Database.CurrentTransaction is not null;
        // The planner cannot know how wide a walk gets; probing indexes step by step is right at every width, and compiling the
        // statement would cost more than running it.
        if (inTransaction) await db.RunAsync("set local jit = off; set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_seqscan = off", ct);
        var rows = await db.ReadAsync($"""
            with recursive walk (is_run, id) as (
                select false, s.id from unnest(@start) as s (id)
                union
                select n.is_run, n.id from walk w cross join lateral (
                    select true as is_run, l.run_id as id from trace.activity_line l
                    where not w.is_run and l.batch_id = w.id and l.direction = '{into}' and l.run_id is not null and {Live}
                    union all
                    select false, l.batch_id from trace.activity_line l
                    where w.is_run and l.run_id = w.id and l.direction = '{outOf}' and {Live}) n)
            select is_run, id from walk limit @limit
            """,
            r => (IsRun: r.GetBoolean(0), Id: r.GetInt64(1)), ct,
            ("start", start.Distinct().ToArray()), ("limit", limit is { } most ? (long)most + 1 : long.MaxValue));
        if (inTransaction) await db.RunAsync("set local enable_hashjoin = on; set local enable_mergejoin = on; set local enable_seqscan = on", ct);
        var truncated = limit is { } given && rows.Count > given;
        if (truncated) rows.RemoveAt(rows.Count - 1);
        return new TraceReach([.. rows.Where(r => !r.IsRun).Select(r => r.Id)], [.. rows.Where(r => r.IsRun).Select(r => r.Id)], truncated);
    }
}
