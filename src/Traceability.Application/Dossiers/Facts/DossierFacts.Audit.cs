using System.Globalization;
using System.Text.Json;
using Traceability.Application.Common;

namespace Traceability.Application.Dossiers.Facts;

/// <content>What the audit trail says of the batch's own records.</content>
internal sealed partial class DossierFacts
{
    /// <summary>Newest entries of the audit trail a dossier shows; it says how many there are in all.</summary>
    private const int AuditExcerpt = 100;

    /// <summary>Fields that hold keys of other records and say nothing to a reader; who did it stands on every line.</summary>
    private static bool IsTechnical(string column) => column == "id" || column.EndsWith("_id", StringComparison.Ordinal) || column.EndsWith("_by", StringComparison.Ordinal);

    private async Task<(List<DossierAuditEntry> Entries, int Total)> AuditAsync()
    {
        var rows = await db.ReadAsync("""
            with record (table_name, row_id, code) as (
                select 'trace.batch', b.id, b.code from trace.batch b where b.id = @batch
                union all select 'trace.work_order', w.id, w.code from trace.work_order w where w.id = @order
                union all select 'trace.operation_report', o.id, w.code || ' / ' || s.number
                          from trace.operation_report o join trace.work_order w on w.id = o.work_order_id join trace.work_order_step s on s.id = o.work_order_step_id where o.work_order_id = @order
                union all select 'trace.inspection', i.id, i.code from trace.inspection i where i.batch_id = @batch
                union all select 'trace.inspection_result', r.id, i.code from trace.inspection i join trace.inspection_result r on r.inspection_id = i.id where i.batch_id = @batch
                union all select 'trace.quality_decision', d.id, b.code from trace.quality_decision d join trace.batch b on b.id = d.batch_id where d.batch_id = @batch
                union all select 'trace.hold', h.id, h.code from trace.hold h where h.id in (select hold_id from trace.hold_batch where batch_id = @batch)
                union all select 'trace.batch_file', f.id, b.code from trace.batch_file f join trace.batch b on b.id = f.batch_id where f.batch_id = @batch)
            -- Results as first entered stand in the inspections; the total counts them too.
            select * from (
            select e.recorded_at, e.actor_name, p.name, p.name_en, e.use_case, e.action, e.table_name, r.code, e.device, e.reason, e.old_values::text, e.new_values::text, count(*) over (), e.id
            from record r
            join audit.entry e on e.table_name = r.table_name and e.row_id = r.row_id
            left join accounts.account a on a.id = e.actor_id
            left join trace.person p on p.id = a.person_id) x
            where not (table_name = 'trace.inspection_result' and action = 'insert')
            order by id desc limit @most
            """,
            r => (At: r.Time(0), By: new DossierPerson(r.GetString(1), new BilingualText(r.Text(2), r.Text(3))), UseCase: r.GetString(4), Action: r.GetString(5), Table: r.GetString(6), Code: r.GetString(7),
                Device: r.Text(8), Reason: r.Text(9), Old: r.Text(10), New: r.Text(11), Total: r.GetInt64(12)),
            ct, ("batch", batch.Id), ("order", batch.WorkOrderId ?? 0), ("most", AuditExcerpt));
        rows.Reverse();
        var entries = rows.SelectMany(r => Changes(r.Action, r.Old, r.New).Select(c => new DossierAuditEntry(r.At, r.By, DossierWords.AuditAction(r.Action, r.Table), r.Code)
        {
            Device = r.Device,
            Field = c.Field,
            OldValue = c.Old,
            NewValue = c.New,
            Reason = r.Reason,
        })).ToList();
        return (entries, rows.Count == 0 ? 0 : (int)rows[0].Total + entries.Count - rows.Count);
    }

    /// <summary>One line for each field that changed; one line without fields for a record that came or went.</summary>
    private static IEnumerable<(BilingualText? Field, string? Old, string? New)> Changes(string action, string? old, string? now)
    {
        if (action != "update" || old is null || now is null) return [(null, null, null)];
        var (before, after) = (Values(old), Values(now));
        var changed = after.Keys.Where(k => !IsTechnical(k)).Order(StringComparer.Ordinal)
            .Select(k => ((BilingualText?)DossierWords.Field(k), before.GetValueOrDefault(k), after[k])).ToList();
        return changed.Count > 0 ? changed : [(null, null, null)];
    }

    private static Dictionary<string, string?> Values(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => DossierWords.Number(p.Value.GetDecimal()),
            JsonValueKind.String when p.Value.TryGetDateTimeOffset(out var at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            _ => p.Value.ToString(),
        });
    }
}
