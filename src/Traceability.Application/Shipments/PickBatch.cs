using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Shipments;

namespace Traceability.Application.Shipments;

/// <summary>Takes a quantity of a batch for a line of a draft. A batch that may not leave is refused here already.</summary>
/// <param name="Quantity">In the material's stock unit; added to what was picked of the batch at that place before.</param>
public sealed record PickBatch(long ShipmentId, long LineId, long BatchId, long LocationId, decimal Quantity);

public sealed record BatchPicked(long PickId, decimal Quantity);

/// <summary>Puts a pick back.</summary>
public sealed record RemovePick(long ShipmentId, long PickId);

public sealed class PickBatchHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<BatchPicked>> HandleAsync(PickBatch input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.DispatchShipments) is { } forbidden) return forbidden;
        if (actor.PersonId is not { } person) return CommonErrors.NoPerson;
        var form = new Check().Id(input.LineId, nameof(input.LineId)).Id(input.BatchId, nameof(input.BatchId)).Id(input.LocationId, nameof(input.LocationId)).Quantity(input.Quantity, nameof(input.Quantity));
        if (form.Failed) return form.Errors;
        var now = clock.GetUtcNow();
        await using var db = await database.BeginAsync(actor, "shipments.pick", ct);
        var plant = await db.Of<Plant>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == actor.PlantId, ct);
        if (plant is null) return CommonErrors.NoPlant;
        var shipment = await db.LockAsync<Shipment>(input.ShipmentId, ct);
        if (shipment is null || shipment.PlantId != plant.Id) return ShipmentErrors.NotFound;
        if (shipment.RefuseUnlessDraft() is { } fixedAlready) return fixedAlready;
        var line = await db.Of<ShipmentLine>().AsNoTracking().SingleOrDefaultAsync(l => l.Id == input.LineId && l.ShipmentId == shipment.Id, ct);
        if (line is null) return ShipmentErrors.LineNotFound;
        var batch = await db.Of<Batch>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == input.BatchId && b.PlantId == plant.Id, ct);
        if (batch is null) return BatchErrors.NotFound.On(nameof(input.BatchId));
        if (batch.MaterialId != line.MaterialId) return ShipmentErrors.OtherMaterial.With(batch.Code);
        if (PostingRules.Refusal(ActivityKind.Ship, batch, plant.DayOf(now), toQuarantine: false, deviated: false) is { } mayNotLeave) return mayNotLeave.On(nameof(input.BatchId));
        var location = await db.Of<Location>().AsNoTracking().SingleOrDefaultAsync(l => l.Id == input.LocationId && l.PlantId == plant.Id, ct);
        if (location is null) return CommonErrors.Unknown.On(nameof(input.LocationId));
        if (location.Kind == LocationKind.Line) return ShipmentErrors.AtLine.With(location.Code);

        var picks = await db.Of<ShipmentPick>().AsTracking().Where(p => p.ShipmentLineId == line.Id).ToListAsync(ct);
        var picked = picks.Sum(p => p.Quantity) + input.Quantity;
        if (picked > line.Quantity) return ShipmentErrors.OverPicked.With(line.Quantity, picked);
        var onHand = await db.Of<Stock>().Where(s => s.BatchId == batch.Id && s.LocationId == location.Id).SumAsync(s => s.Quantity, ct);
        var promised = await (from p in db.Of<ShipmentPick>()
                              join l in db.Of<ShipmentLine>() on p.ShipmentLineId equals l.Id
                              join s in db.Of<Shipment>() on l.ShipmentId equals s.Id
                              where s.Status == ShipmentStatus.Draft && p.BatchId == batch.Id && p.LocationId == location.Id
                              select p.Quantity).SumAsync(ct);
        if (promised + input.Quantity > onHand) return LedgerErrors.Insufficient.With(batch.Code, Math.Max(0, onHand - promised), input.Quantity);

        var pick = picks.SingleOrDefault(p => p.BatchId == batch.Id && p.LocationId == location.Id);
        if (pick is null)
        {
            pick = new ShipmentPick { ShipmentLineId = line.Id, BatchId = batch.Id, LocationId = location.Id, Quantity = input.Quantity, PickedBy = person, PickedAt = now };
            await db.AddAsync(pick, ct);
        }
        else
        {
            (pick.Quantity, pick.PickedBy, pick.PickedAt) = (pick.Quantity + input.Quantity, person, now);
        }

        return await db.SaveAsync(() => new BatchPicked(pick.Id, pick.Quantity), ct);
    }
}

public sealed class RemovePickHandler(TraceDatabase database)
{
    public async Task<Result<Done>> HandleAsync(RemovePick input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.DispatchShipments) is { } forbidden) return forbidden;
        await using var db = await database.BeginAsync(actor, "shipments.unpick", ct);
        var shipment = await db.LockAsync<Shipment>(input.ShipmentId, ct);
        if (shipment is null || shipment.PlantId != actor.PlantId) return ShipmentErrors.NotFound;
        if (shipment.RefuseUnlessDraft() is { } refused) return refused;
        var removed = await db.Of<ShipmentPick>().Where(p => p.Id == input.PickId && db.Of<ShipmentLine>().Any(l => l.Id == p.ShipmentLineId && l.ShipmentId == shipment.Id)).ExecuteDeleteAsync(ct);
        return removed == 0 ? ShipmentErrors.PickNotFound : await db.SaveAsync(() => Done.Value, ct);
    }
}
