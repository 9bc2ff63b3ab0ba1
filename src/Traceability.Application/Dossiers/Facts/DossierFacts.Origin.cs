using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Application.Tracing;
using Traceability.Data.Conventions;
using Traceability.Domain.Batches;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;

namespace Traceability.Application.Dossiers.Facts;

/// <content>What the batch is, what was decided of it, and where it came from.</content>
internal sealed partial class DossierFacts
{
    private async Task<DossierBatch> IdentityAsync(IReadOnlyList<DossierDecision> decisions)
    {
        var more = (await db.ReadAsync("""
            select m.specification, s.name, s.name_en, r.version, b.version
            from trace.batch x
            join trace.material m on m.id = x.material_id
            left join trace.supplier s on s.id = x.supplier_id
            left join trace.work_order w on w.id = x.work_order_id
            left join trace.routing r on r.id = w.routing_id
            left join trace.bom b on b.id = w.bom_id
            where x.id = @id
            """,
            r => (Specification: r.Text(0), Supplier: r.Text(1), SupplierEn: r.Text(2), Routing: r.Int(3), Bom: r.Int(4)), ct, ("id", batch.Id)))[0];
        return new DossierBatch
        {
            Code = batch.Code,
            MaterialCode = batch.Material.Code,
            MaterialName = Name(batch.Material),
            Specification = more.Specification,
            Quantity = Quantity(batch.Made, batch.Unit),
            Status = Status(batch),
            WorkOrder = batch.WorkOrderCode,
            Supplier = batch.SupplierName is { } supplier ? NameThen(supplier, more.Supplier, more.SupplierEn) : null,
            SupplierBatchCode = batch.SupplierBatchCode,
            RoutingVersion = more.Routing is { } routing ? $"v{routing}" : null,
            BomVersion = more.Bom is { } bom ? $"v{bom}" : null,
            ReceivedAt = batch.Origin == BatchOrigin.Received ? batch.OriginAt : null,
            ProducedAt = batch.Origin == BatchOrigin.Produced ? batch.OriginAt : null,
            ReleasedAt = decisions.LastOrDefault(d => d.To is DossierStatus.Released or DossierStatus.Concession)?.At,
            ExpiresOn = batch.ExpiresOn,
        };
    }

    private async Task<List<DossierDecision>> DecisionsAsync() => await db.ReadAsync("""
        select d.decided_at, d.from_status, d.to_status, d.by_rule, d.is_override, d.reason, i.code, p.code, p.name, p.name_en, s.code, s.name, s.name_en
        from trace.quality_decision d
        join trace.person p on p.id = d.decided_by
        left join trace.person s on s.id = d.second_person_id
        left join trace.inspection i on i.id = d.inspection_id
        where d.batch_id = @id order by d.decided_at, d.id
        """,
        r => new DossierDecision(r.Time(0), Status(Naming.Value<QualityStatus>(r.GetString(1))), Status(Naming.Value<QualityStatus>(r.GetString(2))),
            new DossierPerson(r.GetString(7), new BilingualText(r.GetString(8), r.Text(9))), DossierWords.Decision(r.GetBoolean(3), r.GetBoolean(4), r.Text(5)))
        {
            Document = r.Text(6),
            SecondPerson = r.Text(10) is { } second ? new DossierPerson(second, new BilingualText(r.Text(11), r.Text(12))) : null,
        }, ct, ("id", batch.Id));

    /// <summary>Every bought batch at the end of the way back, the batch itself when it was bought.</summary>
    private async Task<List<DossierSource>> SourcesAsync()
    {
        var bought = back.BatchIds.Select(id => batches[id]).Where(b => b.SupplierId is not null && b.Origin is BatchOrigin.Received or BatchOrigin.Returned or BatchOrigin.Migrated && b.SupplierCode is not null)
            .OrderBy(b => b.Material.Code, StringComparer.Ordinal).ThenBy(b => b.OriginAt).ThenBy(b => b.Id).ToList();
        if (bought.Count == 0) return [];
        var ids = bought.Select(b => b.Id).ToArray();
        var suppliers = await db.Of<Supplier>().Where(s => bought.Select(b => b.SupplierId).Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        var papers = (await db.ReadAsync("""
            select b.id, 'certificate', b.certificate_number, f.file_name, f.sha256, 0
            from trace.batch b left join trace.stored_file f on f.id = b.certificate_file_id
            where b.id = any(@ids) and (b.certificate_number is not null or f.id is not null)
            union all
            select p.batch_id, p.kind, null, f.file_name, f.sha256, p.id
            from trace.batch_file p join trace.stored_file f on f.id = p.stored_file_id
            where p.batch_id = any(@ids) and p.kind in ('certificate', 'report')
            order by 1, 6
            """,
            r => (BatchId: r.GetInt64(0), Paper: new DossierCertificate(DossierWords.Paper(Naming.Value<BatchFileKind>(r.GetString(1)), r.Text(2)), r.Text(3) ?? "", r.Text(4) ?? "")), ct, ("ids", ids)))
            .ToLookup(p => p.BatchId, p => p.Paper);
        return [.. bought.Select(b => new DossierSource
        {
            SupplierCode = b.SupplierCode!,
            SupplierName = NameThen(b.SupplierName ?? b.SupplierCode!, suppliers[b.SupplierId!.Value].Name, suppliers[b.SupplierId.Value].NameEn),
            SupplierBatchCode = b.SupplierBatchCode ?? "",
            BatchCode = b.Code,
            MaterialCode = b.Material.Code,
            MaterialName = Name(b.Material),
            Received = Quantity(b.Made, b.Unit),
            ReceiptNumber = b.ReceiptCode ?? "",
            ReceivedAt = b.OriginAt,
            Status = Status(b),
            Certificates = [.. papers[b.Id]],
        })];
    }

    /// <summary>
    /// The links of one direction, level by level: each batch of each run once, at the level at which the walk first enters the
    /// run, so that diamonds do not multiply and loops end. Forward, deliveries stand one level below what was delivered.
    /// </summary>
    private List<DossierGenealogyRow> Genealogy(IReadOnlyList<TraceLink> links, TraceReach reach, bool forward, IReadOnlyList<DossierShipment> shipments)
    {
        var (into, outOf) = forward ? (LineDirection.Input, LineDirection.Output) : (LineDirection.Output, LineDirection.Input);
        var inReach = reach.RunIds.ToHashSet();
        var leading = links.Where(l => l.Direction == into && inReach.Contains(l.RunId)).ToLookup(l => l.BatchId, l => l.RunId);
        var following = links.Where(l => l.Direction == outOf && inReach.Contains(l.RunId)).ToLookup(l => l.RunId);
        var delivered = shipments.ToLookup(s => s.BatchCode);
        var rows = new List<DossierGenealogyRow>();
        var (seenBatches, seenRuns) = (new HashSet<long> { batch.Id }, new HashSet<long>());
        List<TraceBatch> level = [batch];
        for (var depth = 1; level.Count > 0; depth++)
        {
            rows.AddRange(level.SelectMany(b => delivered[b.Code].Select(s => new DossierGenealogyRow(depth, s.Number, b.Material.Code, Name(b.Material), b.Code, s.Quantity, DossierStatus.Shipped) { Partner = s.CustomerName })));
            var next = new List<TraceBatch>();
            foreach (var entered in level.SelectMany(b => leading[b.Id].Select(run => (Batch: b, Run: run))).GroupBy(e => e.Run).Where(e => seenRuns.Add(e.Key)))
            {
                var through = entered.Select(e => e.Batch.Code).Distinct().ToList();
                foreach (var link in following[entered.Key].Where(l => l.BatchId != batch.Id).OrderBy(l => batches[l.BatchId].Material.Code, StringComparer.Ordinal).ThenBy(l => l.BatchId))
                {
                    var found = batches[link.BatchId];
                    rows.Add(Row(depth, found, link, through, forward));
                    if (seenBatches.Add(found.Id)) next.Add(found);
                }
            }

            level = next;
        }

        return rows;
    }

    private DossierGenealogyRow Row(int depth, TraceBatch found, TraceLink link, List<string> through, bool forward)
    {
        var run = runs[link.RunId];
        return new DossierGenealogyRow(depth, found.Code, found.Material.Code, Name(found.Material), Codes(through, 2), Quantity(link.Quantity, found.Unit), Status(found))
        {
            Run = run.Label ?? $"#{run.Id}",
            WorkOrder = run.WorkOrderCode,
            Partner = forward || found.Origin != BatchOrigin.Received ? null : Party(found.SupplierName),
        };
    }
}
