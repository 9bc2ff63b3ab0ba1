using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Traceability.Data;
using Traceability.Data.Ledger;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.Shipments;

namespace Traceability.Application.Shipments;

/// <summary>Lets a shipment go: everything picked leaves the stock through the ledger, which refuses what may not leave.</summary>
/// <param name="AcceptShort">The person knows that less was picked than planned and means it.</param>
/// <param name="OccurredAt">When it left; null for now.</param>
public sealed record DispatchShipment(long ShipmentId, bool AcceptShort = false, DateTimeOffset? OccurredAt = null, long? WitnessId = null);

public sealed record ShipmentDispatched(long ActivityId, string Code);

public sealed class DispatchShipmentHandler(TraceDatabase database, TimeProvider clock, ILogger<DispatchShipmentHandler> log)
{
    public async Task<Result<ShipmentDispatched>> HandleAsync(DispatchShipment input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.DispatchShipments) is { } forbidden) return forbidden;
        if (actor.PersonId is not { } person) return CommonErrors.NoPerson;
        var now = clock.GetUtcNow();
        var occurredAt = (input.OccurredAt ?? now).ToUniversalTime();
        await using var db = await database.BeginAsync(actor, "shipments.dispatch", ct);
        var shipment = await db.LockAsync<Shipment>(input.ShipmentId, ct);
        if (shipment is null || shipment.PlantId != actor.PlantId) return ShipmentErrors.NotFound;
        if (shipment.RefuseUnlessDraft() is { } refused) return refused;
        var lines = await db.Of<ShipmentLine>().AsNoTracking().Where(l => l.ShipmentId == shipment.Id).OrderBy(l => l.Sequence).ToListAsync(ct);
        var lineIds = lines.Select(l => l.Id).ToList();
        var picks = await db.Of<ShipmentPick>().AsNoTracking().Where(p => lineIds.Contains(p.ShipmentLineId)).OrderBy(p => p.Id).ToListAsync(ct);
        if (picks.Count == 0) return ShipmentErrors.NothingPicked.With(shipment.Code);
        var missing = lines.Count(l => picks.Where(p => p.ShipmentLineId == l.Id).Sum(p => p.Quantity) < l.Quantity);
        if (missing > 0 && !input.AcceptShort) return ShipmentErrors.Incomplete.With(shipment.Code, missing);

        var posted = await db.PostAsync(new Posting(ActivityKind.Ship, [.. picks.Select(p => Posting.In(p.BatchId, p.LocationId, p.Quantity))])
        { OccurredAt = occurredAt, ShipmentId = shipment.Id, Document = shipment.Code, WitnessId = input.WitnessId }, actor, now, ct);
        if (!posted.IsSuccess) return posted.As<ShipmentDispatched>();
        if (shipment.Dispatch(occurredAt, person) is { } late) return late;
        var saved = await db.SaveAsync(() => new ShipmentDispatched(posted.Value.Id, shipment.Code), ct);
        if (saved.IsSuccess) log.LogInformation("Shipment {Shipment} dispatched with {Picks} picks", shipment.Code, picks.Count);
        return saved;
    }
}
