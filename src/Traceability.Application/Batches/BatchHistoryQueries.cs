using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Data.Conventions;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;

namespace Traceability.Application.Batches;

/// <summary>What happened to a batch: its stock ledger, the operations it took part in, and what it was made of and became.</summary>
public sealed class BatchHistoryQueries(TraceDatabase database)
{
    /// <summary>Every in and out of the batch with the balance after it, newest first. The last balance is the stock.</summary>
    public async Task<Paged<MoveView>> MovesAsync(long batchId, PageRequest page, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewBatches)) return new Paged<MoveView>([], 0);
        await using var db = database.Read();
        long total = 0;
        var rows = await db.ReadAsync("""
            select l.id, a.id, a.kind, l.reverses_line_id is not null, a.occurred_at, a.recorded_at, lo.id, lo.code, lo.name, lo.name_en,
                   case l.direction when 'output' then l.quantity else -l.quantity end,
                   sum(case l.direction when 'output' then l.quantity else -l.quantity end) over (order by l.id),
                   coalesce(s.code, w.code, a.document, r.code),
                   case when s.id is not null then '/shipments/' || s.id when w.id is not null then '/work-orders/' || w.id when r.id is not null then '/receipts/' || r.id end,
                   p.id, p.code, p.name, p.name_en, x.id, x.code, x.name, x.name_en, coalesce(a.reason, rc.name), a.source, a.device, count(*) over ()
            from trace.activity_line l
            join trace.activity a on a.id = l.activity_id
            join trace.location lo on lo.id = l.location_id
            join trace.person p on p.id = a.person_id
            left join trace.person x on x.id = a.witness_id
            left join trace.reason_code rc on rc.id = a.reason_code_id
            left join trace.work_order w on w.id = a.work_order_id
            left join trace.shipment s on s.id = a.shipment_id
            left join trace.receipt r on r.id = a.receipt_id
            where l.batch_id = @batch and a.plant_id = @plant
            order by l.id desc limit @take offset @skip
            """,
            row =>
            {
                total = row.GetInt64(25);
                return new MoveView
                {
                    LineId = row.GetInt64(0),
                    ActivityId = row.GetInt64(1),
                    Kind = Naming.Value<ActivityKind>(row.GetString(2)),
                    IsReversal = row.GetBoolean(3),
                    OccurredAt = row.Time(4),
                    RecordedAt = row.Time(5),
                    Location = new Ref(row.GetInt64(6), row.GetString(7), row.GetString(8), row.Text(9)),
                    Quantity = row.GetDecimal(10),
                    Balance = row.GetDecimal(11),
                    Document = row.Text(12),
                    DocumentLink = row.Text(13),
                    Person = new Ref(row.GetInt64(14), row.GetString(15), row.GetString(16), row.Text(17)),
                    Witness = row.IsDBNull(18) ? null : new Ref(row.GetInt64(18), row.GetString(19), row.GetString(20), row.Text(21)),
                    Reason = row.Text(22),
                    Source = Naming.Value<CaptureSource>(row.GetString(23)),
                    Device = row.Text(24),
                };
            }, ct, ("batch", batchId), ("plant", actor.PlantId), ("take", page.Take), ("skip", page.Skip));
        return new Paged<MoveView>(rows, total);
    }

    /// <summary>Operation reports of the order that made the batch and of the orders that used it, oldest first.</summary>
    public async Task<IReadOnlyList<BatchOperationView>> OperationsAsync(long batchId, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewProduction)) return [];
        await using var db = database.Read();
        return await db.ReadAsync("""
            select o.id, w.id, w.code, b.work_order_id is not distinct from w.id, s.number, s.name, s.name_en, o.status, o.started_at, o.finished_at,
                   p.id, p.code, p.name, p.name_en, e.id, e.code, e.name, e.name_en, o.good_quantity, o.scrap_quantity, o.has_out_of_limits
            from trace.batch b
            join trace.operation_report o on o.work_order_id = b.work_order_id
                or o.work_order_id in (select a.work_order_id from trace.activity_line l join trace.activity a on a.id = l.activity_id
                                       where l.batch_id = b.id and l.direction = 'input' and a.work_order_id is not null)
            join trace.work_order w on w.id = o.work_order_id
            join trace.work_order_step s on s.id = o.work_order_step_id
            join trace.person p on p.id = o.operator_id
            left join trace.equipment e on e.id = o.equipment_id
            where b.id = @batch and b.plant_id = @plant
            order by (b.work_order_id is not distinct from w.id) desc, o.started_at, o.id limit 500
            """,
            row => new BatchOperationView
            {
                ReportId = row.GetInt64(0),
                WorkOrderId = row.GetInt64(1),
                WorkOrderCode = row.GetString(2),
                MadeIt = row.GetBoolean(3),
                StepNumber = row.GetInt32(4),
                StepName = row.GetString(5),
                StepNameEn = row.Text(6),
                Status = row.GetString(7),
                StartedAt = row.Time(8),
                FinishedAt = row.Moment(9),
                Operator = new Ref(row.GetInt64(10), row.GetString(11), row.GetString(12), row.Text(13)),
                Equipment = row.IsDBNull(14) ? null : new Ref(row.GetInt64(14), row.GetString(15), row.GetString(16), row.Text(17)),
                Good = row.GetDecimal(18),
                Scrap = row.GetDecimal(19),
                HasOutOfLimits = row.GetBoolean(20),
            }, ct, ("batch", batchId), ("plant", actor.PlantId));
    }

    /// <summary>
    /// What the batch was made of (relation "made_of"), what was made of it ("made_into"), the orders that used it ("used_by")
    /// and the shipments it left with ("shipped"): one step each, so that order, raw batch, product, test and operation are two clicks apart.
    /// </summary>
    public async Task<IReadOnlyList<RelatedView>> RelatedAsync(long batchId, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewBatches)) return [];
        await using var db = database.Read();
        return await db.ReadAsync("""
            with live as not materialized (
                select l.* from trace.activity_line l
                where l.reverses_line_id is null and not exists (select 1 from trace.activity_line r where r.reverses_line_id = l.id)),
            mine as (select * from live where batch_id = @batch and run_id is not null),
            linked as (
                select 'made_of' as relation, i.batch_id, i.run_id, sum(i.quantity) as quantity
                from live i where i.direction = 'input' and i.batch_id <> @batch and i.run_id in (select run_id from mine where direction = 'output') group by 2, 3
                union all
                select 'made_into', o.batch_id, o.run_id, sum(o.quantity)
                from live o where o.direction = 'output' and o.batch_id <> @batch and o.run_id in (select run_id from mine where direction = 'input') group by 2, 3)
            select k.relation, b.id, b.code, m.name, m.name_en, k.quantity, u.code, '/batches/' || b.id, b.quality_status, b.hold_count > 0, w.code, w.id
            from linked k join trace.batch b on b.id = k.batch_id join trace.material m on m.id = b.material_id join trace.unit u on u.id = m.unit_id
            join trace.run r on r.id = k.run_id left join trace.work_order w on w.id = r.work_order_id
            where b.plant_id = @plant
            union all
            select 'used_by', w.id, w.code, m.name, m.name_en, sum(case l.direction when 'input' then l.quantity else -l.quantity end), u.code, '/work-orders/' || w.id, null, false, null, null
            from live l join trace.activity a on a.id = l.activity_id and a.kind in ('issue', 'return', 'produce', 'rework') join trace.work_order w on w.id = a.work_order_id
            join trace.batch b on b.id = l.batch_id join trace.material bm on bm.id = b.material_id join trace.unit u on u.id = bm.unit_id
            join trace.material m on m.id = w.material_id
            where l.batch_id = @batch and w.plant_id = @plant and w.id is distinct from b.work_order_id
            group by w.id, w.code, m.name, m.name_en, u.code
            union all
            select 'shipped', s.id, s.code, s.customer_name, null, sum(l.quantity), u.code, '/shipments/' || s.id, null, false, null, null
            from live l join trace.activity a on a.id = l.activity_id and a.kind = 'ship' join trace.shipment s on s.id = a.shipment_id
            join trace.batch b on b.id = l.batch_id join trace.material bm on bm.id = b.material_id join trace.unit u on u.id = bm.unit_id
            where l.batch_id = @batch and l.direction = 'input' and s.plant_id = @plant group by s.id, s.code, s.customer_name, u.code
            order by 1, 3 limit 1000
            """,
            row => new RelatedView(row.GetString(0), row.GetInt64(1), row.GetString(2), row.Text(3), row.Text(4), row.GetDecimal(5), row.GetString(6), row.Text(7),
                row.Text(8) is { } status ? Naming.Value<QualityStatus>(status) : null, row.GetBoolean(9), row.Text(10), row.Long(11)),
            ct, ("batch", batchId), ("plant", actor.PlantId));
    }
}
