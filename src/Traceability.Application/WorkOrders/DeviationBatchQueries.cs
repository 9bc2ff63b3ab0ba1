using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;

namespace Traceability.Application.WorkOrders;

/// <summary>Batches a deviation can be asked for: on hand at the plant, newest first, whatever their status.</summary>
public sealed class DeviationBatchQueries(TraceDatabase database)
{
    /// <param name="materialId">Only batches of this material; null for all.</param>
    public async Task<IReadOnlyList<Ref>> FindAsync(long? materialId, string? search, Actor actor, CancellationToken ct)
    {
        await using var db = database.Read();
        var pattern = QueryExtensions.Like((search ?? "").Trim());
        return await (from batch in db.Of<Batch>()
                      join material in db.Of<Material>() on batch.MaterialId equals material.Id
                      where batch.PlantId == actor.PlantId && (materialId == null || batch.MaterialId == materialId) && db.Of<Stock>().Any(s => s.BatchId == batch.Id && s.Quantity > 0)
                          && (EF.Functions.ILike(batch.Code, pattern, ListQueries.Escape) || (batch.SupplierBatchCode != null && EF.Functions.ILike(batch.SupplierBatchCode, pattern, ListQueries.Escape)))
                      orderby batch.Id descending
                      select new Ref(batch.Id, batch.Code, material.Name, material.NameEn)).Take(20).ToListAsync(ct);
    }
}
