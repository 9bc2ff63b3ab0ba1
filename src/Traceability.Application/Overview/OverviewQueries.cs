using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.Overview;

/// <summary>What waits for somebody in the plant right now; every number is the count of a list that opens.</summary>
public sealed record Overview(long OpenInspections, long PendingBatches, long HeldBatches, long ExpiringBatches, long ReleasedOrders, long OrdersInProgress, long DraftShipments, long OutOfLimitReports,
    IReadOnlyList<RecentBatch> Recent);

/// <summary>A batch that came into being lately.</summary>
public sealed record RecentBatch(long Id, string Code, string MaterialName, string? MaterialNameEn, Domain.Batches.QualityStatus Status, bool OnHold, DateTimeOffset OriginAt);

/// <summary>The start page's figures, counted by the database in one statement.</summary>
public sealed class OverviewQueries(TraceDatabase database, TimeProvider clock)
{
    /// <summary>Days ahead a batch in stock counts as expiring soon.</summary>
    public const int ExpiringDays = 30;
    private const int RecentRows = 12;

    public async Task<Overview> GetAsync(Actor actor, CancellationToken ct)
    {
        await using var db = database.Read();
        var plant = await db.Of<Plant>().FindAsync([actor.PlantId], ct);
        if (plant is null) return new Overview(0, 0, 0, 0, 0, 0, 0, 0, []);
        var today = plant.DayOf(clock.GetUtcNow());
        await using var command = database.Source.CreateCommand("""
            select (select count(*) from trace.inspection where plant_id = @plant and status = 'open'),
                   (select count(*) from trace.batch b where b.plant_id = @plant and b.quality_status = 'pending' and exists (select 1 from trace.stock s where s.batch_id = b.id and s.quantity > 0)),
                   (select count(*) from trace.batch b where b.plant_id = @plant and b.hold_count > 0),
                   (select count(*) from trace.batch b where b.plant_id = @plant and b.expires_on between @today and @soon and exists (select 1 from trace.stock s where s.batch_id = b.id and s.quantity > 0)),
                   (select count(*) from trace.work_order where plant_id = @plant and status = 'released'),
                   (select count(*) from trace.work_order where plant_id = @plant and status = 'in_progress'),
                   (select count(*) from trace.shipment where plant_id = @plant and status = 'draft'),
                   (select count(*) from trace.operation_report where plant_id = @plant and has_out_of_limits and status <> 'reversed' and started_at > @week)
            """);
        command.Parameters.AddWithValue("plant", plant.Id);
        command.Parameters.AddWithValue("today", today);
        command.Parameters.AddWithValue("soon", today.AddDays(ExpiringDays));
        command.Parameters.AddWithValue("week", clock.GetUtcNow().AddDays(-7).UtcDateTime);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        long Count(int column) => reader.GetInt64(column);
        return new Overview(Count(0), Count(1), Count(2), Count(3), Count(4), Count(5), Count(6), Count(7), await RecentAsync(plant.Id, ct));
    }

    private async Task<IReadOnlyList<RecentBatch>> RecentAsync(long plantId, CancellationToken ct)
    {
        await using var db = database.Read();
        return await (from b in db.Of<Domain.Batches.Batch>()
                      join m in db.Of<Material>() on b.MaterialId equals m.Id
                      where b.PlantId == plantId
                      orderby b.Id descending
                      select new RecentBatch(b.Id, b.Code, m.Name, m.NameEn, b.QualityStatus, b.HoldCount > 0, b.OriginAt)).Take(RecentRows).ToListAsync(ct);
    }
}
