using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Ledger;

namespace Traceability.Application.WorkOrders;

/// <summary>What became of a batch issued to an order at one line-side location, in the material's stock unit.</summary>
internal sealed record IssuedBatch(long BatchId, long LocationId, decimal Issued, decimal Returned, decimal Consumed, decimal Scrapped)
{
    /// <summary>Issued and neither returned, consumed nor scrapped.</summary>
    public decimal Open => Issued - Returned - Consumed - Scrapped;
}

internal static class IssuedMaterial
{
    /// <summary>Everything issued to the order, summed from the ledger (reversals carry negative quantities and cancel out).</summary>
    public static async Task<List<IssuedBatch>> IssuedToAsync(this TraceDbContext db, long workOrderId, CancellationToken ct)
    {
        var sums = await (from line in db.Of<ActivityLine>()
                          join activity in db.Of<Activity>() on line.ActivityId equals activity.Id
                          where activity.WorkOrderId == workOrderId
                              && ((activity.Kind == ActivityKind.Issue && line.Direction == LineDirection.Output)
                                  || ((activity.Kind == ActivityKind.Return || activity.Kind == ActivityKind.Produce || activity.Kind == ActivityKind.Scrap) && line.Direction == LineDirection.Input))
                          group line.Quantity by new { line.BatchId, line.LocationId, activity.Kind } into g
                          select new { g.Key.BatchId, g.Key.LocationId, g.Key.Kind, Quantity = g.Sum() }).ToListAsync(ct);
        return [.. sums.GroupBy(s => (s.BatchId, s.LocationId)).Select(g =>
        {
            decimal Of(ActivityKind kind) => g.Where(s => s.Kind == kind).Sum(s => s.Quantity);
            return new IssuedBatch(g.Key.BatchId, g.Key.LocationId, Of(ActivityKind.Issue), Of(ActivityKind.Return), Of(ActivityKind.Produce), Of(ActivityKind.Scrap));
        }).Where(i => i.Issued > 0)];
    }
}
