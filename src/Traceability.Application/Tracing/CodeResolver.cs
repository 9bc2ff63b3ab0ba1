using System.Text;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Data.Conventions;
using Traceability.Domain.Tracing;

namespace Traceability.Application.Tracing;

/// <summary>Finds what a typed or scanned code is: whatever its case and spaces, half or full width, bare or inside a link.</summary>
internal static class CodeResolver
{
    /// <summary>The code as it is compared: half width, upper case, no spaces; out of a scanned link or GS1 text where it is one.</summary>
    public static string Normalise(string typed)
    {
        var text = typed.Normalize(NormalizationForm.FormKC).Trim();
        if (text.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out var link))
        {
            // A link on a label ends in the code; a GS1 Digital Link names the batch after /10/ and the serial after /21/.
            var segments = link.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToList();
            var key = segments.FindLastIndex(s => s is "21" or "10");
            if (key >= 0 && key + 1 < segments.Count) text = segments[key + 1];
            else if (segments.Count > 0) text = segments[^1];
        }
        else if (text.StartsWith('(') && (text.IndexOf("(21)", StringComparison.Ordinal), text.IndexOf("(10)", StringComparison.Ordinal)) is var (serial, lot) && (serial >= 0 || lot >= 0))
        {
            var from = (serial >= 0 ? serial : lot) + 4;
            var to = text.IndexOf('(', from);
            text = to < 0 ? text[from..] : text[from..to];
        }

        return string.Concat(text.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c))).ToUpperInvariant();
    }

    /// <summary>Every record the code names, most direct first. Records that start the same trace are one hit.</summary>
    public static async Task<List<TraceStart>> ResolveAsync(TraceDbContext db, long plantId, string typed, CancellationToken ct)
    {
        var code = Normalise(typed);
        if (code.Length is 0 or > 200) return [];
        var hits = await db.ReadAsync("""
            select 1 as rank, b.tracking as kind, b.id, b.code, m.name, m.name_en, array[b.id] as batches
            from trace.batch b join trace.material m on m.id = b.material_id where b.plant_id = @plant and b.code = @code
            union all
            select 2, 'supplier_batch', min(b.id), min(b.supplier_batch_code), min(b.supplier_name), null, array_agg(b.id order by b.id)
            from trace.batch b where b.plant_id = @plant and replace(upper(b.supplier_batch_code), ' ', '') = @code and b.origin in ('received', 'returned', 'migrated')
            group by b.supplier_id
            union all
            select 3, 'work_order', w.id, w.code, m.name, m.name_en,
                   array(select b.id from trace.batch b where b.work_order_id = w.id and b.origin = 'produced' order by b.id)
            from trace.work_order w join trace.material m on m.id = w.material_id where w.plant_id = @plant and upper(w.code) = @code
            union all
            select 4, 'shipment', s.id, s.code, s.customer_name, null,
                   array(select distinct p.batch_id from trace.shipment_line l join trace.shipment_pick p on p.shipment_line_id = l.id where l.shipment_id = s.id order by 1)
            from trace.shipment s where s.plant_id = @plant and (upper(s.code) = @code or replace(upper(s.reference), ' ', '') = @code)
            union all
            select 5, 'receipt', r.id, r.code, r.supplier_name, null, array(select b.id from trace.batch b where b.receipt_id = r.id and b.origin = 'received' order by b.id)
            from trace.receipt r where r.plant_id = @plant and upper(r.code) = @code
            union all
            select 6, 'delivery_note', r.id, r.delivery_note, r.supplier_name, null, array(select b.id from trace.batch b where b.receipt_id = r.id and b.origin = 'received' order by b.id)
            from trace.receipt r where r.plant_id = @plant and replace(upper(r.delivery_note), ' ', '') = @code
            union all
            select 7, 'dossier', d.id, d.code, b.code, null, array[b.id]
            from trace.dossier d join trace.batch b on b.id = d.batch_id where d.plant_id = @plant and upper(d.code) = @code
            order by 1, 3
            """,
            r => new TraceStart(Naming.Value<TraceStartKind>(r.GetString(1)), r.GetInt64(2), r.GetString(3), r.Text(4), r.Text(5), r.Ids(6)), ct,
            ("plant", plantId), ("code", code));
        return [.. hits.DistinctBy(h => h.BatchIds.Count == 0 ? $"{h.Kind}:{h.Id}" : string.Join(',', h.BatchIds))];
    }
}
