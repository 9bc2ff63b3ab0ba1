using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Shipments;

namespace Traceability.Application.Shipments;

/// <summary>Writes down what a customer said of a dispatched shipment.</summary>
/// <param name="BatchId">The batch it is about; null for the shipment as a whole.</param>
/// <param name="ReceivedOn">The day the customer said it; null for today.</param>
public sealed record RecordFeedback(long ShipmentId, FeedbackKind Kind, string Content, long? BatchId = null, DateOnly? ReceivedOn = null);

public sealed record FeedbackRecorded(long Id);

public sealed class RecordFeedbackHandler(TraceDatabase database, TimeProvider clock, ILogger<RecordFeedbackHandler> log)
{
    public async Task<Result<FeedbackRecorded>> HandleAsync(RecordFeedback input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.PlanShipments) is { } forbidden) return forbidden;
        if (actor.PersonId is not { } person) return CommonErrors.NoPerson;
        var form = new Check().Text(input.Content, nameof(input.Content), 2000);
        if (form.Failed) return form.Errors;
        var now = clock.GetUtcNow();
        await using var db = await database.BeginAsync(actor, "shipments.feedback", ct);
        var plant = await db.Of<Plant>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == actor.PlantId, ct);
        if (plant is null) return CommonErrors.NoPlant;
        var shipment = await db.Of<Shipment>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == input.ShipmentId && s.PlantId == plant.Id, ct);
        if (shipment is null) return ShipmentErrors.NotFound;
        if (shipment.Status != ShipmentStatus.Dispatched) return ShipmentErrors.NotDispatched.With(shipment.Code);
        if (input.BatchId is { } batch && !await db.Of<ShipmentPick>().AnyAsync(p => p.BatchId == batch && db.Of<ShipmentLine>().Any(l => l.Id == p.ShipmentLineId && l.ShipmentId == shipment.Id), ct))
            return ShipmentErrors.BatchNotSent;
        var feedback = new ShipmentFeedback
        {
            ShipmentId = shipment.Id,
            BatchId = input.BatchId,
            Kind = input.Kind,
            Content = input.Content.Trim(),
            ReceivedOn = input.ReceivedOn ?? plant.DayOf(now),
            PersonId = person,
            RecordedAt = now,
        };
        await db.AddAsync(feedback, ct);
        var saved = await db.SaveAsync(() => new FeedbackRecorded(feedback.Id), ct);
        if (saved.IsSuccess) log.LogInformation("Feedback on shipment {Shipment} recorded", shipment.Code);
        return saved;
    }
}
