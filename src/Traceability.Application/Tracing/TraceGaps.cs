using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Data.Conventions;
using Traceability.Domain.Tracing;

namespace Traceability.Application.Tracing;

/// <summary>Finds the places of a trace where the chain is broken, so that they are shown instead of hidden.</summary>
internal static class TraceGaps
{
    public static Task<List<TraceGap>> FindAsync(TraceDbContext db, long[] batchIds, long[] runIds, CancellationToken ct) =>
        db.ReadAsync($"""
            with made_by as materialized (
                select distinct l.batch_id, l.run_id from trace.activity_line l
                where l.batch_id = any(@batches) and l.direction = 'output' and l.run_id is not null and {TraceWalk.Live}),
            with_inputs as materialized (
                select distinct l.run_id from trace.activity_line l
                where l.run_id in (select run_id from made_by union select unnest(@runs)) and l.direction = 'input' and {TraceWalk.Live}),
            orders as materialized (
                select w.id, w.code, w.status, w.completed_at, min(u.id) as run_id
                from trace.run u join trace.work_order w on w.id = u.work_order_id where u.id = any(@runs) group by w.id)
            select 'no_inputs', b.id, null::bigint, b.code, null, null, b.origin_at
            from trace.batch b where b.id = any(@batches) and b.origin in ('produced', 'split', 'merged')
              and not exists (select from made_by m join with_inputs i on i.run_id = m.run_id where m.batch_id = b.id)
            union all
            select 'no_supplier', b.id, null, b.code, null, null, b.origin_at
            from trace.batch b join trace.material m on m.id = b.material_id
            where b.id = any(@batches) and b.supplier_id is null and b.origin not in ('produced', 'split', 'merged', 'migrated') and m.kind in ('raw', 'packaging', 'auxiliary')
            union all
            select 'migrated', b.id, null, b.code, null, null, b.origin_at from trace.batch b where b.id = any(@batches) and b.origin = 'migrated'
            union all
            select distinct 'no_order', null::bigint, u.id, coalesce(u.label, u.id::text), null, null, u.started_at
            from trace.run u join trace.activity_line l on l.run_id = u.id join trace.activity a on a.id = l.activity_id
            where u.id = any(@runs) and u.work_order_id is null and a.kind in ('produce', 'rework') and {TraceWalk.Live}
            union all
            select 'no_outputs', null, u.id, coalesce(w.code, u.label, u.id::text), null, null, u.started_at
            from trace.run u left join trace.work_order w on w.id = u.work_order_id
            where u.id = any(@runs) and (w.id is null or w.status in ('completed', 'closed')) and u.id in (select run_id from with_inputs)
              and not exists (select from trace.activity_line l where l.run_id = u.id and l.direction = 'output' and {TraceWalk.Live})
            union all
            select 'untracked_material', null, o.run_id, o.code, m.name, m.name_en, o.completed_at
            from orders o join trace.work_order_material wm on wm.work_order_id = o.id join trace.material m on m.id = wm.material_id
            where o.status in ('completed', 'closed')
              and not exists (select from trace.run u join trace.activity_line l on l.run_id = u.id join trace.batch b on b.id = l.batch_id
                              where u.work_order_id = o.id and l.direction = 'input' and b.material_id = wm.material_id and {TraceWalk.Live})
              and not exists (select from trace.deviation d where d.work_order_id = o.id and d.status = 'approved' and d.replaces_material_id = wm.material_id)
            union all
            select 'step_not_reported', null, o.run_id, o.code, s.number || ' ' || s.name, s.number || ' ' || coalesce(s.name_en, s.name), o.completed_at
            from orders o join trace.work_order_step s on s.work_order_id = o.id
            where o.status in ('completed', 'closed') and not exists (select from trace.operation_report r where r.work_order_step_id = s.id and r.status <> 'reversed')
            union all
            select 'quantity_found', b.id, null, b.code, null, null, min(a.occurred_at)
            from trace.batch b join trace.activity_line l on l.batch_id = b.id join trace.activity a on a.id = l.activity_id
            where b.id = any(@batches) and a.kind = 'adjust' and l.direction = 'output' and {TraceWalk.Live}
            group by b.id, b.code
            """,
            r => new TraceGap(Naming.Value<TraceGapKind>(r.GetString(0)), r.Long(1), r.Long(2), r.GetString(3), r.Text(4), r.Text(5), r.Moment(6)),
            ct, ("batches", batchIds), ("runs", runIds));

    /// <summary>Per cent of the batches and runs without a gap.</summary>
    public static decimal Completeness(IReadOnlyList<TraceGap> gaps, int batches, int runs)
    {
        if (batches + runs == 0) return 100;
        var broken = gaps.Select(g => (g.BatchId, g.RunId)).Distinct().Count();
        return decimal.Round(100m * (batches + runs - Math.Min(broken, batches + runs)) / (batches + runs), 1);
    }
}
