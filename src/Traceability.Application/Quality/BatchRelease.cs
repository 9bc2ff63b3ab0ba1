using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;

namespace Traceability.Application.Quality;

/// <summary>Applies <see cref="ReleaseRule"/> to a locked batch whenever something it owed has been done.</summary>
internal static class BatchRelease
{
    /// <summary>Releases the batch when nothing stands against it any more and the rule allows it without a person.</summary>
    /// <param name="concluded">The inspection concluded in this transaction, not yet written; null when the certificate was the last thing missing.</param>
    /// <returns>The decision, or null when the batch stays as it is.</returns>
    public static async Task<Result<QualityDecision>?> ReleaseByRuleAsync(this TraceDbContext db, Batch batch, Inspection? concluded, long person, DateTimeOffset now, CancellationToken ct)
    {
        var material = await db.Of<Material>().AsNoTracking().SingleAsync(m => m.Id == batch.MaterialId, ct);
        if (!ReleaseRule.ReleasesByItself(batch, material)) return null;
        var others = await db.Of<Inspection>().AsNoTracking().Where(i => i.BatchId == batch.Id).ToListAsync(ct);
        List<Inspection> inspections = [.. others.Where(i => i.Id != concluded?.Id)];
        if (concluded is not null) inspections.Add(concluded);
        if (ReleaseRule.Obstacle(batch, material, inspections) is not null) return null;
        var decision = QualityDecision.Take(batch, material, DecisionKind.Release, person, null, null, concluded?.Id, byRule: true, now);
        if (decision.IsSuccess) await db.AddAsync(decision.Value, ct);
        return decision;
    }
}
