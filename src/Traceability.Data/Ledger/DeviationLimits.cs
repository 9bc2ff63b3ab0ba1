using Microsoft.EntityFrameworkCore;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.WorkOrders;

namespace Traceability.Data.Ledger;

/// <summary>
/// Keeps what is used under an order's deviations within their quantities. Exact because whoever posts material of an order
/// holds the order's row.
/// </summary>
internal static class DeviationLimits
{
    /// <param name="needed">Batches that only pass by a deviation, with the approved deviations that cover them.</param>
    public static async Task<List<Error>> CheckAsync(TraceDbContext db, Posting posting, IReadOnlyCollection<(Batch Batch, List<Deviation> Under)> needed,
        IReadOnlyDictionary<long, Batch> batches, long orderId, CancellationToken ct)
    {
        var errors = new List<Error>();
        // One deviation may cover several batches of its material: what they take together is held against it.
        foreach (var group in needed.Where(n => n.Under.All(d => d.MaxQuantity is not null)).GroupBy(n => string.Join(',', n.Under.Select(d => d.Id).Order())))
        {
            var under = group.First().Under;
            var limit = under.Sum(d => d.MaxQuantity!.Value);
            var material = under[0].MaterialId;
            var ofOneBatch = under.All(d => d.BatchId is not null) ? under[0].BatchId : null;
            var asked = posting.Lines.Where(l => l.Direction == LineDirection.Input && batches[l.BatchId].MaterialId == material && (ofOneBatch is null || l.BatchId == ofOneBatch)).Sum(l => l.Quantity);
            var used = await UsedAsync(db, posting.Kind, orderId, material, ofOneBatch, ct);
            if (used + asked > limit) errors.Add(DeviationErrors.QuantityExceeded.With(under[0].Code, limit, used, asked));
        }

        return errors;
    }

    private static async Task<decimal> UsedAsync(TraceDbContext db, ActivityKind kind, long orderId, long materialId, long? batchId, CancellationToken ct)
    {
        // What was issued and came back was not used; reversals carry negative quantities and fall out by themselves.
        var lines = from line in db.Of<ActivityLine>()
                    join activity in db.Of<Activity>() on line.ActivityId equals activity.Id
                    join batch in db.Of<Batch>() on line.BatchId equals batch.Id
                    where activity.WorkOrderId == orderId && line.Direction == LineDirection.Input && batch.MaterialId == materialId && (batchId == null || batch.Id == batchId)
                        && (activity.Kind == kind || (kind == ActivityKind.Issue && activity.Kind == ActivityKind.Return))
                    select activity.Kind == ActivityKind.Return ? -line.Quantity : line.Quantity;
        return await lines.SumAsync(ct);
    }
}
