using Traceability.Application.Common;
using Traceability.Application.Tracing;
using Traceability.Data;
using Traceability.Data.Conventions;
using Traceability.Domain.Common;

namespace Traceability.Application.Searching;

/// <summary>What kind of record a search found.</summary>
public enum SearchKind { Batch, SupplierBatch, WorkOrder, Shipment, Receipt, Inspection, Hold, Dossier, Material, Supplier, Customer, Equipment, Person }

/// <summary>One record found.</summary>
/// <param name="IsExact">Its code is what was typed, not only contains it.</param>
public sealed record SearchHit(SearchKind Kind, long Id, string Code, string? Name, string? NameEn, bool IsExact);

/// <summary>Records of one kind, the best first.</summary>
/// <param name="HasMore">There are more of this kind than shown.</param>
public sealed record SearchGroup(SearchKind Kind, IReadOnlyList<SearchHit> Hits, bool HasMore);

/// <summary>What was found. <paramref name="Only"/> is the one record the text can only mean, if it means one.</summary>
public sealed record SearchAnswer(string Text, IReadOnlyList<SearchGroup> Groups, SearchHit? Only);

/// <summary>One box for everything: batch, supplier's batch, serial, order, shipment, receipt, document, material, party, person, or a scanned code.</summary>
public sealed class SearchQueries(TraceDatabase database)
{
    /// <summary>Hits shown of each kind.</summary>
    public const int PerKind = 8;

    public async Task<Result<SearchAnswer>> SearchAsync(string? text, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewTrace) is { } forbidden) return forbidden;
        var typed = text?.Trim() ?? "";
        var code = CodeResolver.Normalise(typed);
        if (code.Length is 0 or > 200) return new SearchAnswer(typed, [], null);
        await using var db = database.Read();
        // Codes are compared bare (upper case, no spaces); names as typed. Each branch stops by itself, so one kind cannot crowd out another.
        var rows = await db.ReadAsync($"""
            (select 'batch', b.id, b.code, m.name, m.name_en, b.code = @code from trace.batch b join trace.material m on m.id = b.material_id
             where b.plant_id = @plant and b.code like @like order by b.code <> @code, b.id desc limit {PerKind + 1})
            union all
            (select 'supplier_batch', b.id, b.supplier_batch_code || ' → ' || b.code, b.supplier_name, null, replace(upper(b.supplier_batch_code), ' ', '') = @code from trace.batch b
             where b.plant_id = @plant and b.origin in ('received', 'returned', 'migrated') and replace(upper(b.supplier_batch_code), ' ', '') like @like
             order by replace(upper(b.supplier_batch_code), ' ', '') <> @code, b.id desc limit {PerKind + 1})
            union all
            (select 'work_order', w.id, w.code, m.name, m.name_en, upper(w.code) = @code from trace.work_order w join trace.material m on m.id = w.material_id
             where w.plant_id = @plant and upper(w.code) like @like order by upper(w.code) <> @code, w.id desc limit {PerKind + 1})
            union all
            (select 'shipment', s.id, s.code, s.customer_name, null, upper(s.code) = @code or replace(upper(s.reference), ' ', '') = @code from trace.shipment s
             where s.plant_id = @plant and (upper(s.code) like @like or replace(upper(s.reference), ' ', '') like @like) order by upper(s.code) <> @code, s.id desc limit {PerKind + 1})
            union all
            (select 'receipt', r.id, coalesce(r.delivery_note || ' → ', '') || r.code, r.supplier_name, null, upper(r.code) = @code or replace(upper(r.delivery_note), ' ', '') = @code from trace.receipt r
             where r.plant_id = @plant and (upper(r.code) like @like or replace(upper(r.delivery_note), ' ', '') like @like) order by upper(r.code) <> @code, r.id desc limit {PerKind + 1})
            union all
            (select 'inspection', i.id, i.code, b.code, null, upper(i.code) = @code from trace.inspection i join trace.batch b on b.id = i.batch_id
             where i.plant_id = @plant and upper(i.code) like @like order by upper(i.code) <> @code, i.id desc limit {PerKind + 1})
            union all
            (select 'hold', h.id, h.code, h.reason, null, upper(h.code) = @code from trace.hold h
             where h.plant_id = @plant and upper(h.code) like @like order by upper(h.code) <> @code, h.id desc limit {PerKind + 1})
            union all
            (select 'dossier', d.id, d.code, b.code, null, upper(d.code) = @code from trace.dossier d join trace.batch b on b.id = d.batch_id
             where d.plant_id = @plant and upper(d.code) like @like order by upper(d.code) <> @code, d.id desc limit {PerKind + 1})
            union all
            (select 'material', m.id, m.code, m.name, m.name_en, upper(m.code) = @code from trace.material m
             where upper(m.code) like @like or m.name ilike @text or m.name_en ilike @text order by upper(m.code) <> @code, m.code limit {PerKind + 1})
            union all
            (select 'supplier', s.id, s.code, s.name, s.name_en, upper(s.code) = @code from trace.supplier s
             where upper(s.code) like @like or s.name ilike @text or s.name_en ilike @text order by upper(s.code) <> @code, s.code limit {PerKind + 1})
            union all
            (select 'customer', c.id, c.code, c.name, c.name_en, upper(c.code) = @code from trace.customer c
             where upper(c.code) like @like or c.name ilike @text or c.name_en ilike @text order by upper(c.code) <> @code, c.code limit {PerKind + 1})
            union all
            (select 'equipment', e.id, e.code, e.name, e.name_en, upper(e.code) = @code from trace.equipment e
             where e.plant_id = @plant and (upper(e.code) like @like or e.name ilike @text or e.name_en ilike @text) order by upper(e.code) <> @code, e.code limit {PerKind + 1})
            union all
            (select 'person', p.id, p.code, p.name, p.name_en, upper(p.code) = @code from trace.person p
             where p.plant_id = @plant and (upper(p.code) like @like or p.name ilike @text or p.name_en ilike @text) order by upper(p.code) <> @code, p.code limit {PerKind + 1})
            """,
            r => new SearchHit(Naming.Value<SearchKind>(r.GetString(0)), r.GetInt64(1), r.GetString(2), r.Text(3), r.Text(4), !r.IsDBNull(5) && r.GetBoolean(5)), ct,
            ("plant", actor.PlantId), ("code", code), ("like", QueryExtensions.Like(code)), ("text", QueryExtensions.Like(typed)));
        var seen = rows.Where(h => MaySee(actor, h.Kind)).ToList();
        var groups = seen.GroupBy(h => h.Kind).Select(g => new SearchGroup(g.Key, [.. g.Take(PerKind)], g.Count() > PerKind))
            .OrderByDescending(g => g.Hits.Any(h => h.IsExact)).ThenBy(g => g.Kind).ToList();
        var exact = seen.Where(h => h.IsExact).ToList();
        return new SearchAnswer(typed, groups, exact.Count == 1 ? exact[0] : seen.Count == 1 ? seen[0] : null);
    }

    private static bool MaySee(Actor actor, SearchKind kind) => actor.Can(kind switch
    {
        SearchKind.Batch or SearchKind.SupplierBatch or SearchKind.Receipt => Permission.ViewBatches,
        SearchKind.WorkOrder => Permission.ViewProduction,
        SearchKind.Shipment => Permission.ViewShipments,
        SearchKind.Inspection or SearchKind.Hold => Permission.ViewQuality,
        SearchKind.Dossier => Permission.ViewDossiers,
        _ => Permission.ViewMasterData,
    });
}
