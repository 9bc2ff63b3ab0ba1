using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Data.Conventions;
using Traceability.Domain.Batches;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;

namespace Traceability.Application.Tracing;

/// <summary>Reads what a trace shows of the batches and runs a walk reached: one set-based statement a kind of row.</summary>
internal static class TraceReader
{
    public static async Task<List<TraceBatch>> BatchesAsync(TraceDbContext db, long[] ids, IReadOnlySet<long> start, CancellationToken ct)
    {
        var batches = await db.ReadAsync("""
            select b.id, b.code, m.id, m.code, m.name, m.name_en, m.kind, u.code, u.decimals, b.tracking, b.origin, b.quality_status, b.hold_count > 0,
                   q.made, s.on_hand, s.in_process, q.shipped, b.supplier_id, p.code, b.supplier_name, b.supplier_batch_code,
                   b.receipt_id, c.code, b.certificate_number, b.certificate_file_id, b.work_order_id, w.code, b.produced_on, b.expires_on, b.origin_at
            from unnest(@ids) with ordinality as n (id, place)
            join trace.batch b on b.id = n.id
            join trace.material m on m.id = b.material_id
            join trace.unit u on u.id = m.unit_id
            left join trace.supplier p on p.id = b.supplier_id
            left join trace.receipt c on c.id = b.receipt_id
            left join trace.work_order w on w.id = b.work_order_id
            left join lateral (
                select sum(s.quantity) filter (where o.kind <> 'line') as on_hand, sum(s.quantity) filter (where o.kind = 'line') as in_process
                from trace.stock s join trace.location o on o.id = s.location_id where s.batch_id = b.id) s on true
            left join lateral (
                select sum(l.quantity) filter (where l.direction = 'output' and a.kind in ('receive', 'produce', 'split', 'merge', 'repack', 'disassemble', 'unpack', 'migrate')) as made,
                       coalesce(sum(l.quantity) filter (where l.direction = 'input' and a.kind = 'ship'), 0)
                       - coalesce(sum(l.quantity) filter (where l.direction = 'output' and a.kind = 'customer_return'), 0) as shipped
                from trace.activity_line l join trace.activity a on a.id = l.activity_id where l.batch_id = b.id) q on true
            order by n.place
            """,
            r => new TraceBatch(r.GetInt64(0), r.GetString(1), start.Contains(r.GetInt64(0)), new Ref(r.GetInt64(2), r.GetString(3), r.GetString(4), r.Text(5)),
                Naming.Value<MaterialKind>(r.GetString(6)), r.GetString(7), r.GetInt32(8), Naming.Value<Tracking>(r.GetString(9)), Naming.Value<BatchOrigin>(r.GetString(10)),
                Naming.Value<QualityStatus>(r.GetString(11)), r.GetBoolean(12), r.Number(13), r.Number(14), r.Number(15), r.Number(16),
                r.Long(17), r.Text(18), r.Text(19), r.Text(20), r.Long(21), r.Text(22), r.Text(23), r.Long(24), r.Long(25), r.Text(26), r.Day(27), r.Day(28), r.Time(29)),
            ct, ("ids", ids));
        var tests = (await db.ReadAsync("select i.batch_id, i.id, i.code, i.kind, i.status, i.concluded_at from trace.inspection i where i.batch_id = any(@ids) order by i.id",
            r => (BatchId: r.GetInt64(0), Test: new TraceTest(r.GetInt64(1), r.GetString(2), r.GetString(3), r.GetString(4), r.Moment(5))), ct, ("ids", ids))).ToLookup(t => t.BatchId, t => t.Test);
        return [.. batches.Select(b => tests.Contains(b.Id) ? b with { Tests = [.. tests[b.Id]] } : b)];
    }

    public static Task<List<TraceRun>> RunsAsync(TraceDbContext db, long[] ids, CancellationToken ct) =>
        db.ReadAsync("""
            select u.id, u.grain, u.work_order_id, w.code, k.kind, s.number, s.name, s.name_en, e.code, u.label, u.started_at, u.ended_at
            from trace.run u
            left join trace.work_order w on w.id = u.work_order_id
            left join trace.work_order_step s on s.id = u.work_order_step_id
            left join trace.equipment e on e.id = u.equipment_id
            left join lateral (select a.kind from trace.activity_line l join trace.activity a on a.id = l.activity_id
                               where l.run_id = u.id and l.reverses_line_id is null order by l.direction desc, l.id limit 1) k on true
            where u.id = any(@ids) order by u.started_at, u.id
            """,
            r => new TraceRun(r.GetInt64(0), Naming.Value<RunGrain>(r.GetString(1)), r.Long(2), r.Text(3), r.Text(4) is { } kind ? Naming.Value<ActivityKind>(kind) : null,
                r.Int(5), r.Text(6), r.Text(7), r.Text(8), r.Text(9), r.Time(10), r.Moment(11)),
            ct, ("ids", ids));

    /// <summary>The lines between the batches and runs of the answer, one row a run, batch and direction.</summary>
    public static async Task<List<TraceLink>> LinksAsync(TraceDbContext db, long[] batchIds, long[] runIds, CancellationToken ct)
    {
        var rows = await db.ReadAsync($"""
            select l.run_id, l.batch_id, l.direction, sum(l.quantity), min(a.kind), min(a.occurred_at), max(a.occurred_at),
                   array_agg(distinct a.person_id), array_agg(distinct a.work_order_step_id) filter (where a.work_order_step_id is not null)
            from trace.activity_line l join trace.activity a on a.id = l.activity_id
            where l.run_id = any(@runs) and l.batch_id = any(@batches) and {TraceWalk.Live}
            group by l.run_id, l.batch_id, l.direction
            order by min(a.occurred_at), l.run_id, l.batch_id
            """,
            r => (RunId: r.GetInt64(0), BatchId: r.GetInt64(1), Direction: Naming.Value<LineDirection>(r.GetString(2)), Quantity: r.Number(3), Kind: Naming.Value<ActivityKind>(r.GetString(4)),
                From: r.Time(5), To: r.Time(6), Persons: r.Ids(7), Steps: r.Ids(8)),
            ct, ("runs", runIds), ("batches", batchIds));
        var persons = await PersonsAsync(db, [.. rows.SelectMany(r => r.Persons).Distinct()], ct);
        var steps = (await db.ReadAsync("select id, number, name, name_en from trace.work_order_step where id = any(@ids)",
            r => (Id: r.GetInt64(0), Step: new TraceStep(r.GetInt32(1), r.GetString(2), r.Text(3))), ct, ("ids", rows.SelectMany(r => r.Steps).Distinct().ToArray()))).ToDictionary(s => s.Id, s => s.Step);
        return [.. rows.Select(r => new TraceLink(r.RunId, r.BatchId, r.Direction, r.Quantity, r.Kind, r.From, r.To,
            [.. r.Persons.Select(p => persons[p])], [.. r.Steps.Select(s => steps[s]).OrderBy(s => s.Number)]))];
    }

    public static async Task<List<TraceOperation>> OperationsAsync(TraceDbContext db, IReadOnlyList<TraceRun> runs, CancellationToken ct)
    {
        var orders = runs.Select(r => r.WorkOrderId).OfType<long>().Distinct().ToArray();
        if (orders.Length == 0) return [];
        var operations = await db.ReadAsync("""
            select o.id, o.work_order_id, o.run_id, s.number, s.name, s.name_en, p.id, p.code, p.name, p.name_en, e.code, o.started_at, o.finished_at,
                   o.good_quantity, o.scrap_quantity, o.rework_quantity, o.has_out_of_limits
            from trace.operation_report o
            join trace.work_order_step s on s.id = o.work_order_step_id
            join trace.person p on p.id = o.operator_id
            left join trace.equipment e on e.id = o.equipment_id
            where o.work_order_id = any(@orders) and o.status <> 'reversed' order by o.work_order_id, s.number, o.started_at, o.id
            """,
            r => new TraceOperation(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), new TraceStep(r.GetInt32(3), r.GetString(4), r.Text(5)),
                new Ref(r.GetInt64(6), r.GetString(7), r.GetString(8), r.Text(9)), r.Text(10), r.Time(11), r.Moment(12), r.Number(13), r.Number(14), r.Number(15), r.GetBoolean(16)),
            ct, ("orders", orders));
        var parameters = (await db.ReadAsync("""
            select v.operation_report_id, w.name, w.name_en, w.unit, v.value, v.lower_limit, v.upper_limit, v.is_within
            from trace.operation_parameter v join trace.work_order_parameter w on w.id = v.work_order_parameter_id
            where v.operation_report_id = any(@reports) order by v.operation_report_id, w.sequence
            """,
            r => (ReportId: r.GetInt64(0), Parameter: new TraceParameter(r.GetString(1), r.Text(2), r.Text(3), r.GetDecimal(4), r.IsDBNull(5) ? null : r.GetDecimal(5), r.IsDBNull(6) ? null : r.GetDecimal(6), r.GetBoolean(7))),
            ct, ("reports", operations.Select(o => o.ReportId).ToArray()))).ToLookup(p => p.ReportId, p => p.Parameter);
        return [.. operations.Select(o => parameters.Contains(o.ReportId) ? o with { Parameters = [.. parameters[o.ReportId]] } : o)];
    }

    public static Task<List<TraceShipment>> ShipmentsAsync(TraceDbContext db, long[] batchIds, CancellationToken ct) =>
        db.ReadAsync($"""
            select c.id, c.code, s.customer_name, s.id, s.code, min(a.occurred_at), l.batch_id, sum(l.quantity)
            from trace.activity_line l
            join trace.activity a on a.id = l.activity_id and a.kind = 'ship'
            join trace.shipment s on s.id = a.shipment_id
            join trace.customer c on c.id = s.customer_id
            where l.batch_id = any(@ids) and l.direction = 'input' and {TraceWalk.Live}
            group by c.id, c.code, s.customer_name, s.id, s.code, l.batch_id
            order by min(a.occurred_at), s.id, l.batch_id
            """,
            r => new TraceShipment(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetInt64(3), r.GetString(4), r.Time(5), r.GetInt64(6), r.GetDecimal(7)), ct, ("ids", batchIds));

    /// <summary>Net production of the batches, the start not counted.</summary>
    public static Task<List<TraceQuantity>> ProducedAsync(TraceDbContext db, long[] batchIds, CancellationToken ct) =>
        db.ReadAsync("""
            select m.code, m.name, m.name_en, sum(l.quantity), u.code
            from trace.activity_line l
            join trace.activity a on a.id = l.activity_id and a.kind = 'produce'
            join trace.batch b on b.id = l.batch_id
            join trace.material m on m.id = b.material_id
            join trace.unit u on u.id = m.unit_id
            where l.batch_id = any(@ids) and l.direction = 'output'
            group by m.id, m.code, m.name, m.name_en, u.code having sum(l.quantity) <> 0 order by m.code
            """,
            r => new TraceQuantity(r.GetString(0), r.GetString(1), r.Text(2), r.GetDecimal(3), r.GetString(4)), ct, ("ids", batchIds));

    /// <summary>How many of the batches the walk ends at: nothing was made from them (forward) or they were made from nothing.</summary>
    public static async Task<int> LeavesAsync(TraceDbContext db, long[] batchIds, string direction, CancellationToken ct) =>
        (int)(await db.ReadAsync($"""
            select count(*) from unnest(@ids) as b (id)
            where not exists (select from trace.activity_line l where l.batch_id = b.id and l.direction = '{direction}' and l.run_id is not null and {TraceWalk.Live})
            """, r => r.GetInt64(0), ct, ("ids", batchIds)))[0];

    public static async Task<Dictionary<long, Ref>> PersonsAsync(TraceDbContext db, long[] ids, CancellationToken ct) =>
        (await db.ReadAsync("select id, code, name, name_en from trace.person where id = any(@ids)",
            r => new Ref(r.GetInt64(0), r.GetString(1), r.GetString(2), r.Text(3)), ct, ("ids", ids))).ToDictionary(p => p.Id);
}
