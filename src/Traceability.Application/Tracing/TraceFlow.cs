using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Data.Conventions;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;

namespace Traceability.Application.Tracing;

/// <summary>Everything that happened to the batches, in the order it happened.</summary>
public sealed record TraceFlow(TraceStart Start, IReadOnlyList<FlowRow> Rows, bool IsTruncated);

/// <summary>One move of one batch.</summary>
/// <param name="From">Where it came from: a location, a supplier, or the order it came out of.</param>
/// <param name="To">Where it went: a location, a customer, or the order it went into.</param>
/// <param name="Quantity">In <paramref name="Unit"/>; negative when it takes an earlier row back.</param>
/// <param name="Balance">Stock of the batch, over all places, after this row.</param>
/// <param name="ConfirmedBy">The second person, where the step has one.</param>
/// <param name="IsLate">Recorded more than an hour after it happened.</param>
public sealed record FlowRow(long ActivityId, ActivityKind Kind, TraceStep? Step, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, bool IsLate, long BatchId, string BatchCode, Ref Material,
    string? From, string? To, decimal Quantity, string Unit, decimal Balance, string? Document, Ref Person, Ref? ConfirmedBy, string? EquipmentCode, CaptureSource Source,
    bool IsReversal, bool IsReversed, string? Reason, long? WorkOrderId, string? WorkOrderCode);

internal static class FlowReader
{
    public static async Task<List<FlowRow>> ReadAsync(TraceDbContext db, long[] batchIds, CancellationToken ct)
    {
        // One row an activity and batch: the lines of a move (out of here, into there) are one row; those in one direction are summed.
        var rows = await db.ReadAsync("""
            select a.id, a.kind, s.number, s.name, s.name_en, a.occurred_at, a.recorded_at, b.id, b.code, m.id, m.code, m.name, m.name_en, u.code,
                   l.took, l.gave, l.places_out, l.places_in, coalesce(h.customer_name, c.supplier_name), w.id, w.code, coalesce(a.document, w.code, h.code, c.code),
                   p.id, p.code, p.name, p.name_en, x.id, x.code, x.name, x.name_en, e.code, a.source, a.reverses_id is not null,
                   exists (select from trace.activity z where z.reverses_id = a.id), coalesce(g.name || coalesce(': ' || a.reason, ''), a.reason)
            from (select activity_id, batch_id, coalesce(sum(quantity) filter (where direction = 'input'), 0) as took, coalesce(sum(quantity) filter (where direction = 'output'), 0) as gave,
                         string_agg(distinct o.code, ', ') filter (where direction = 'input') as places_out, string_agg(distinct o.code, ', ') filter (where direction = 'output') as places_in
                  from trace.activity_line join trace.location o on o.id = location_id where batch_id = any(@ids) group by activity_id, batch_id) l
            join trace.activity a on a.id = l.activity_id
            join trace.batch b on b.id = l.batch_id
            join trace.material m on m.id = b.material_id
            join trace.unit u on u.id = m.unit_id
            join trace.person p on p.id = a.person_id
            left join trace.person x on x.id = a.witness_id
            left join trace.equipment e on e.id = a.equipment_id
            left join trace.work_order w on w.id = a.work_order_id
            left join trace.work_order_step s on s.id = a.work_order_step_id
            left join trace.shipment h on h.id = a.shipment_id
            left join trace.receipt c on c.id = a.receipt_id
            left join trace.reason_code g on g.id = a.reason_code_id
            order by a.occurred_at, a.id, b.id
            """,
            r =>
            {
                var kind = Naming.Value<ActivityKind>(r.GetString(1));
                var (took, gave) = (r.GetDecimal(14), r.GetDecimal(15));
                var (placesOut, placesIn, party, order) = (r.Text(16), r.Text(17), r.Text(18), r.Text(20));
                var row = new FlowRow(r.GetInt64(0), kind, r.Int(2) is { } number ? new TraceStep(number, r.GetString(3), r.Text(4)) : null, r.Time(5), r.Time(6),
                    r.Time(6) - r.Time(5) > TimeSpan.FromHours(1), r.GetInt64(7), r.GetString(8), new Ref(r.GetInt64(9), r.GetString(10), r.GetString(11), r.Text(12)),
                    placesOut ?? (kind == ActivityKind.Receive ? party : order), placesIn ?? (kind == ActivityKind.Ship ? party : order),
                    took == 0 ? gave : took, r.GetString(13), 0, r.Text(21), new Ref(r.GetInt64(22), r.GetString(23), r.GetString(24), r.Text(25)),
                    r.Long(26) is { } witness ? new Ref(witness, r.GetString(27), r.GetString(28), r.Text(29)) : null, r.Text(30), Naming.Value<CaptureSource>(r.GetString(31)),
                    r.GetBoolean(32), r.GetBoolean(33), r.Text(34), r.Long(19), order);
                return (Row: row, Change: gave - took);
            },
            ct, ("ids", batchIds));
        var balances = new Dictionary<long, decimal>();
        return [.. rows.Select(r => r.Row with { Balance = balances[r.Row.BatchId] = balances.GetValueOrDefault(r.Row.BatchId) + r.Change })];
    }
}
