using Microsoft.EntityFrameworkCore;
using Traceability.Application.Dossiers;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;

namespace Traceability.Application.Labels;

/// <summary>Gathers what the labels of batches show.</summary>
public sealed class LabelQueries(TraceDatabase database)
{
    /// <summary>Most labels one file may hold.</summary>
    public const int MaxLabels = 1000;

    /// <summary>Labels of batches of the actor's plant, in the order asked for, each as many times as asked; empty when one of them is unknown.</summary>
    /// <param name="copies">How many of each; more than one are numbered.</param>
    public async Task<Result<IReadOnlyList<BatchLabel>>> BatchesAsync(IReadOnlyList<long> batchIds, int copies, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.PrintLabels) is { } forbidden) return forbidden;
        if (copies < 1 || (long)batchIds.Count * copies > MaxLabels) return CommonErrors.OutOfRange.On("Copies").With(1, MaxLabels);
        await using var db = database.Read();
        var plant = await db.Of<Plant>().SingleOrDefaultAsync(p => p.Id == actor.PlantId, ct);
        if (plant is null) return CommonErrors.NoPlant;
        var rows = await (from b in db.Of<Batch>()
                          join m in db.Of<Material>() on b.MaterialId equals m.Id
                          join u in db.Of<Unit>() on m.UnitId equals u.Id
                          where batchIds.Contains(b.Id) && b.PlantId == actor.PlantId
                          select new { Batch = b, Material = m, Unit = u, Quantity = db.Of<Stock>().Where(s => s.BatchId == b.Id).Sum(s => s.Quantity) }).ToDictionaryAsync(r => r.Batch.Id, ct);
        if (batchIds.Count == 0 || batchIds.Any(id => !rows.ContainsKey(id))) return BatchErrors.NotFound;
        var labels = new List<BatchLabel>();
        foreach (var row in batchIds.Select(id => rows[id]))
        {
            for (var copy = 1; copy <= copies; copy++)
            {
                labels.Add(new BatchLabel
                {
                    Code = row.Batch.Code,
                    QrContent = row.Batch.Code,
                    MaterialCode = row.Material.Code,
                    MaterialName = new BilingualText(row.Material.Name, row.Material.NameEn),
                    // On one of many bags the whole batch's quantity would mislead.
                    Quantity = copies == 1 && row.Quantity > 0 ? new DossierQuantity(row.Quantity, row.Unit.Code) : null,
                    Supplier = row.Batch.SupplierName is { } supplier ? new BilingualText(supplier) : null,
                    SupplierBatchCode = row.Batch.SupplierBatchCode,
                    ReceivedOn = row.Batch.Origin == BatchOrigin.Received ? plant.DayOf(row.Batch.OriginAt) : null,
                    ProducedOn = row.Batch.ProducedOn,
                    ExpiresOn = row.Batch.ExpiresOn,
                    Number = copies > 1 ? new LabelNumber(copy, copies) : null,
                });
            }
        }

        return labels;
    }
}
