using Microsoft.EntityFrameworkCore;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.WorkOrders;

namespace Traceability.Data.Ledger;

/// <summary>
/// The single door: everything that changes material — page, station, REST, import, device — is posted here, in the caller's
/// transaction. In this order: permission, form, place, hold, quality status and expiry, bill of materials or approved
/// deviation, equipment, quantity; then activity, lines and stock are written together, so that the sum of lines is the stock.
/// </summary>
public static class MaterialLedger
{
    /// <summary>How far ahead of the server a reported time may be (clocks differ).</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Posts one activity. New batches must have been added to the context before. Locks the batches (shared) and then the
    /// stock rows (exclusive), each in id order.
    /// </summary>
    /// <returns>The activity, or every refusal found; on a refusal the caller must not save.</returns>
    public static async Task<Result<Activity>> PostAsync(this TraceDbContext db, Posting posting, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        if (actor.Demand(PostingRules.PermissionFor(posting.Kind, posting.WorkOrderId is not null)) is { } forbidden) return forbidden;
        if (actor.PersonId is null && posting.PersonId is null) return CommonErrors.NoPerson;
        if (posting.Lines.Count == 0) return LedgerErrors.NoLines;
        var occurredAt = posting.OccurredAt ?? now;
        if (occurredAt > now + ClockTolerance) return LedgerErrors.InTheFuture;
        var form = new Check();
        foreach (var line in posting.Lines) form.Quantity(line.Quantity, "Quantity");
        if (form.Failed) return form.Errors;
        if (await db.FlushAsync(ct) is { } flushed) return flushed;

        if (posting.Lines.Any(l => l.RunId is not null)) await db.EnterRunsAsync(ct);
        var batchIds = posting.Lines.Select(l => l.BatchId).Distinct().Order().ToArray();
        var batches = await LockBatchesAsync(db, batchIds, ct);
        if (batches.Count != batchIds.Length) return BatchErrors.NotFound.On("BatchId");
        var locationIds = posting.Lines.Select(l => l.LocationId).Distinct().ToArray();
        var locations = await db.Of<Location>().AsNoTracking().Where(l => locationIds.Contains(l.Id)).ToDictionaryAsync(l => l.Id, ct);
        if (locations.Count != locationIds.Length) return CommonErrors.Unknown.On("LocationId");
        var plant = await db.Of<Plant>().AsNoTracking().SingleAsync(p => p.Id == actor.PlantId, ct);

        var errors = await CheckAsync(db, posting, batches, locations, plant, occurredAt, ct);
        if (errors.Count > 0) return errors;
        if (await LockAndCheckStockAsync(db, posting, batches, ct) is { } insufficient) return insufficient;

        var activity = new Activity
        {
            PlantId = actor.PlantId,
            Kind = posting.Kind,
            OccurredAt = occurredAt,
            RecordedAt = now,
            PersonId = posting.PersonId ?? actor.PersonId!.Value,
            WitnessId = posting.WitnessId,
            EquipmentId = posting.EquipmentId,
            WorkOrderId = posting.WorkOrderId,
            WorkOrderStepId = posting.WorkOrderStepId,
            OperationReportId = posting.OperationReportId,
            ShipmentId = posting.ShipmentId,
            ReceiptId = posting.ReceiptId,
            Source = actor.Source,
            Device = actor.Device,
            RequestId = actor.RequestId,
            ReasonCodeId = posting.ReasonCodeId,
            Reason = posting.Reason,
            Document = posting.Document,
        };
        var lines = posting.Lines.Select(l => (l.Direction, l.BatchId, l.LocationId, l.Quantity, l.RunId, Reverses: (long?)null)).ToList();
        if (await WriteAsync(db, activity, lines, ct) is { } refused) return refused;
        await db.InheritHoldsAsync(posting, ct);
        return activity;
    }

    /// <summary>
    /// Takes an activity back by posting its opposite. Refused when what came out of it is no longer where it was put.
    /// </summary>
    public static async Task<Result<Activity>> ReverseAsync(this TraceDbContext db, long activityId, string reason, long? reasonCodeId, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        if (actor.PersonId is null) return CommonErrors.NoPerson;
        if (await db.FlushAsync(ct) is { } flushed) return flushed;
        var old = await db.Of<Activity>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == activityId && a.PlantId == actor.PlantId, ct);
        if (old is null) return LedgerErrors.ActivityNotFound;
        if (old.ReversesId is not null || await db.Of<Activity>().AnyAsync(a => a.ReversesId == activityId, ct)) return LedgerErrors.AlreadyReversed;
        var oldLines = await db.Of<ActivityLine>().AsNoTracking().Where(l => l.ActivityId == activityId).OrderBy(l => l.Id).ToListAsync(ct);

        var batches = await LockBatchesAsync(db, [.. oldLines.Select(l => l.BatchId).Distinct().Order()], ct);
        var back = new Posting(old.Kind, [.. oldLines.Select(l => new PostingLine(l.Direction == LineDirection.Input ? LineDirection.Output : LineDirection.Input, l.BatchId, l.LocationId, l.Quantity))]);
        if (await LockAndCheckStockAsync(db, back, batches, ct) is { } used) return LedgerErrors.OutputUsed.With([.. used.Args]);

        var activity = new Activity
        {
            PlantId = old.PlantId,
            Kind = old.Kind,
            OccurredAt = now,
            RecordedAt = now,
            PersonId = actor.PersonId.Value,
            EquipmentId = old.EquipmentId,
            WorkOrderId = old.WorkOrderId,
            WorkOrderStepId = old.WorkOrderStepId,
            OperationReportId = old.OperationReportId,
            ShipmentId = old.ShipmentId,
            ReceiptId = old.ReceiptId,
            Source = actor.Source,
            Device = actor.Device,
            ReversesId = old.Id,
            ReasonCodeId = reasonCodeId,
            Reason = reason,
            Document = old.Document,
        };
        var lines = oldLines.Select(l => (l.Direction, l.BatchId, l.LocationId, -l.Quantity, l.RunId, Reverses: (long?)l.Id)).ToList();
        return await WriteAsync(db, activity, lines, ct) is { } refused ? refused : activity;
    }

    private static async Task<Dictionary<long, Batch>> LockBatchesAsync(TraceDbContext db, long[] ids, CancellationToken ct) =>
        await db.Of<Batch>().FromSql($"select * from trace.batch where id = any({ids}) order by id for share").AsNoTracking().ToDictionaryAsync(b => b.Id, ct);

    private static async Task<List<Error>> CheckAsync(TraceDbContext db, Posting posting, Dictionary<long, Batch> batches, Dictionary<long, Location> locations, Plant plant, DateTimeOffset occurredAt, CancellationToken ct)
    {
        var errors = new List<Error>();
        foreach (var line in posting.Lines)
        {
            var batch = batches[line.BatchId];
            var location = locations[line.LocationId];
            if (batch.PlantId != plant.Id || location.PlantId != plant.Id) errors.Add(LedgerErrors.OtherPlant.With(batch.Code, location.Code));
            if (line.Direction == LineDirection.Output && !location.IsActive) errors.Add(LedgerErrors.LocationInactive.With(location.Code));
            if (batch.Tracking == Tracking.Serial && line.Quantity != 1) errors.Add(BatchErrors.SerialQuantity.On("Quantity").With(batch.Code));
        }

        var inputs = posting.Lines.Where(l => l.Direction == LineDirection.Input).Select(l => batches[l.BatchId]).DistinctBy(b => b.Id).ToList();
        var deviations = posting.WorkOrderId is { } orderId && inputs.Count > 0
            ? await db.Of<Deviation>().AsNoTracking().Where(d => d.WorkOrderId == orderId && d.Status == DeviationStatus.Approved).ToListAsync(ct) : [];
        var outputs = posting.Lines.Where(l => l.Direction == LineDirection.Output).ToList();
        var toQuarantine = outputs.Count > 0 && outputs.All(l => locations[l.LocationId].Kind == LocationKind.Quarantine);
        var today = plant.DayOf(occurredAt);
        var needed = new List<(Batch Batch, List<Deviation> Under)>();
        foreach (var batch in inputs)
        {
            var forThisBatch = deviations.Where(d => d.MaterialId == batch.MaterialId && d.BatchId == batch.Id).ToList();
            if (PostingRules.Refusal(posting.Kind, batch, today, toQuarantine, forThisBatch.Count > 0) is { } refusal) errors.Add(refusal.On("BatchId"));
            else if (forThisBatch.Count > 0 && PostingRules.Refusal(posting.Kind, batch, today, toQuarantine, false) is not null) needed.Add((batch, forThisBatch));
        }

        if (PostingRules.NeedsBom(posting.Kind) && posting.WorkOrderId is { } order && inputs.Count > 0)
        {
            var onBom = (await db.Of<WorkOrderMaterial>().Where(m => m.WorkOrderId == order).Select(m => m.MaterialId).ToListAsync(ct)).ToHashSet();
            foreach (var batch in inputs.Where(b => !onBom.Contains(b.MaterialId)))
            {
                var forThis = deviations.Where(d => d.MaterialId == batch.MaterialId && (d.BatchId is null || d.BatchId == batch.Id)).ToList();
                if (forThis.Count == 0) errors.Add(LedgerErrors.NotOnBom.With(batch.Code));
                else needed.Add((batch, forThis));
            }

            errors.AddRange(await DeviationLimits.CheckAsync(db, posting, needed, batches, order, ct));
        }

        if (posting.EquipmentId is { } equipmentId)
        {
            var equipment = await db.Of<Equipment>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == equipmentId && e.PlantId == plant.Id, ct);
            if (equipment is null) errors.Add(CommonErrors.Unknown.On("EquipmentId"));
            else if (equipment.Status != EquipmentStatus.Available || !equipment.IsActive) errors.Add(LedgerErrors.EquipmentNotAvailable.With(equipment.Code));
        }

        return errors;
    }

    /// <summary>Locks the stock rows this posting takes from, in id order, and refuses what is not there.</summary>
    private static async Task<Error?> LockAndCheckStockAsync(TraceDbContext db, Posting posting, Dictionary<long, Batch> batches, CancellationToken ct)
    {
        var needs = Net(posting.Lines.Select(l => (l.BatchId, l.LocationId, l.Direction == LineDirection.Output ? l.Quantity : -l.Quantity)));
        var keys = needs.Keys.OrderBy(k => k).ToList();
        var batchIds = keys.Select(k => k.BatchId).ToArray();
        var locationIds = keys.Select(k => k.LocationId).ToArray();
        var rows = await db.Of<Stock>().FromSql($"""
            select s.* from trace.stock s join unnest({batchIds}, {locationIds}) as k (batch_id, location_id)
              on s.batch_id = k.batch_id and s.location_id = k.location_id order by s.id for update of s
            """).AsNoTracking().ToDictionaryAsync(s => (s.BatchId, s.LocationId), s => s.Quantity, ct);
        foreach (var (key, change) in needs.Where(n => n.Value < 0))
        {
            var available = rows.GetValueOrDefault(key);
            if (available + change < 0) return LedgerErrors.Insufficient.With(batches[key.BatchId].Code, available, -change);
        }

        // A serial is one thing: it cannot stand in two places.
        var serials = needs.Where(n => n.Value > 0 && batches[n.Key.BatchId].Tracking == Tracking.Serial).Select(n => n.Key.BatchId).ToArray();
        if (serials.Length == 0) return null;
        var onHand = await db.Of<Stock>().Where(s => serials.Contains(s.BatchId) && s.Quantity > 0).Select(s => new { s.BatchId, s.LocationId, s.Quantity }).ToListAsync(ct);
        foreach (var serial in serials)
        {
            var after = onHand.Where(s => s.BatchId == serial).Sum(s => s.Quantity) + needs.Where(n => n.Key.BatchId == serial).Sum(n => n.Value);
            if (after > 1) return LedgerErrors.SerialOnHand.With(batches[serial].Code);
        }

        return null;
    }

    private static async Task<Error?> WriteAsync(TraceDbContext db, Activity activity, IReadOnlyList<(LineDirection Direction, long BatchId, long LocationId, decimal Quantity, long? RunId, long? Reverses)> lines, CancellationToken ct)
    {
        await db.AddAsync(activity, ct);
        foreach (var line in lines)
        {
            await db.AddAsync(new ActivityLine
            {
                ActivityId = activity.Id,
                RunId = line.RunId,
                BatchId = line.BatchId,
                LocationId = line.LocationId,
                Direction = line.Direction,
                Quantity = line.Quantity,
                ReversesLineId = line.Reverses,
            }, ct);
        }

        if (await db.FlushAsync(ct) is { } refused) return refused;

        var net = Net(lines.Select(l => (l.BatchId, l.LocationId, l.Direction == LineDirection.Output ? l.Quantity : -l.Quantity)));
        var keys = net.Where(n => n.Value != 0).OrderBy(n => n.Key).ToList();
        if (keys.Count == 0) return null;
        // Falling rows were locked above, so "update" finds them; rising ones may be new. A check constraint guards both.
        await using var command = db.Command("""
            with change as (select * from unnest(@batches, @locations, @quantities) as c (batch_id, location_id, quantity)),
            falling as (
                update trace.stock s set quantity = s.quantity + c.quantity from change c
                where c.quantity < 0 and s.batch_id = c.batch_id and s.location_id = c.location_id)
            insert into trace.stock (plant_id, batch_id, location_id, quantity)
            select @plant, batch_id, location_id, quantity from change where quantity > 0 order by batch_id, location_id
            on conflict (batch_id, location_id) do update set quantity = trace.stock.quantity + excluded.quantity
            """);
        command.Parameters.AddWithValue("plant", activity.PlantId);
        command.Parameters.AddWithValue("batches", keys.Select(k => k.Key.BatchId).ToArray());
        command.Parameters.AddWithValue("locations", keys.Select(k => k.Key.LocationId).ToArray());
        command.Parameters.AddWithValue("quantities", keys.Select(k => k.Value).ToArray());
        await command.ExecuteNonQueryAsync(ct);
        return null;
    }

    private static Dictionary<(long BatchId, long LocationId), decimal> Net(IEnumerable<(long BatchId, long LocationId, decimal Change)> changes)
    {
        var net = new Dictionary<(long, long), decimal>();
        foreach (var (batch, location, change) in changes) net[(batch, location)] = net.GetValueOrDefault((batch, location)) + change;
        return net;
    }
}
