using Traceability.Application.Common;
using Traceability.Application.Tracing;
using Traceability.Data.Conventions;
using Traceability.Domain.Holds;
using Traceability.Domain.Ledger;

namespace Traceability.Application.Dossiers.Facts;

/// <content>Where it went, and what stood in its way.</content>
internal sealed partial class DossierFacts
{
    private async Task<List<DossierMove>> MovesAsync()
    {
        var rows = await FlowReader.ReadAsync(db, [batch.Id], ct);
        return [.. rows.Select(r => new DossierMove(DossierWords.Move(r.Kind, r.IsReversal), r.OccurredAt, Party(r.From), Party(r.To), Quantity(r.Quantity, r.Unit), r.Document, Person(r.Person))
        {
            ConfirmedBy = r.ConfirmedBy is { } second ? Person(second) : null,
        })];
    }

    /// <summary>Deliveries of the batch and of everything made of it, with what came back.</summary>
    private async Task<List<DossierShipment>> ShipmentsAsync() => await db.ReadAsync($"""
        select s.code, min(a.occurred_at), c.code, s.customer_name, c.name, c.name_en, b.code, u.code,
               coalesce(sum(l.quantity) filter (where a.kind = 'ship'), 0), coalesce(sum(l.quantity) filter (where a.kind = 'customer_return'), 0), s.reference, concat_ws(' ', s.carrier, s.vehicle)
        from trace.activity_line l
        join trace.activity a on a.id = l.activity_id and a.kind in ('ship', 'customer_return')
        join trace.shipment s on s.id = a.shipment_id
        join trace.customer c on c.id = s.customer_id
        join trace.batch b on b.id = l.batch_id
        join trace.material m on m.id = b.material_id
        join trace.unit u on u.id = m.unit_id
        where l.batch_id = any(@ids) and l.direction = case a.kind when 'ship' then 'input' else 'output' end and {TraceWalk.Live}
        group by s.id, s.code, c.code, s.customer_name, c.name, c.name_en, b.id, b.code, u.code, s.reference, s.carrier, s.vehicle
        order by min(a.occurred_at), s.id, b.id
        """,
        r => new DossierShipment(r.GetString(0), r.Time(1), r.GetString(2), NameThen(r.GetString(3), r.GetString(4), r.Text(5)), r.GetString(6), Quantity(r.GetDecimal(8), r.GetString(7)))
        {
            Returned = r.GetDecimal(9) == 0 ? null : Quantity(r.GetDecimal(9), r.GetString(7)),
            DeliveryNote = r.Text(10),
            Carrier = r.Text(11) is { Length: > 0 } carrier ? carrier : null,
        }, ct, ("ids", forth.BatchIds));

    /// <summary>Holds of the batch, of what went into it and of what was made of it. Lifted is a hold that stops none of them any more.</summary>
    private async Task<List<DossierHold>> HoldsAsync() => await db.ReadAsync("""
        select h.code, h.scope, o.code, x.codes, h.placed_at, p.code, p.name, p.name_en, g.name, g.name_en, h.reason,
               case when x.open = 0 then coalesce(h.released_at, x.last_released) end, q.code, q.name, q.name_en, h.release_reason
        from (select hb.hold_id, array_agg(b.code order by b.id) as codes, count(*) filter (where hb.released_at is null) as open, max(hb.released_at) as last_released
              from trace.hold_batch hb join trace.batch b on b.id = hb.batch_id where hb.batch_id = any(@ids) group by hb.hold_id) x
        join trace.hold h on h.id = x.hold_id
        join trace.person p on p.id = h.placed_by
        left join trace.person q on q.id = h.released_by
        left join trace.batch o on o.id = h.root_batch_id
        left join trace.reason_code g on g.id = h.reason_code_id
        order by h.placed_at, h.id
        """,
        r => new DossierHold(r.GetString(0), DossierWords.HoldScope(Naming.Value<HoldScope>(r.GetString(1)), r.Text(2), Codes(r.GetFieldValue<string[]>(3))), r.Time(4),
            new DossierPerson(r.GetString(5), new BilingualText(r.GetString(6), r.Text(7))), DossierWords.Reason(r.Text(8), r.Text(9), r.GetString(10)))
        {
            LiftedAt = r.Moment(11),
            LiftedBy = r.Text(12) is { } by ? new DossierPerson(by, new BilingualText(r.Text(13), r.Text(14))) : null,
            Decision = r.Text(15),
        }, ct, ("ids", batches.Keys.ToArray()));

    private async Task<List<DossierGap>> GapsAsync() =>
        [.. (await TraceGaps.FindAsync(db, [.. batches.Keys], [.. runs.Keys], ct)).Select(g => new DossierGap(DossierWords.Gap(g.Kind), g.Code, DossierWords.GapExplained(g)))];
}
