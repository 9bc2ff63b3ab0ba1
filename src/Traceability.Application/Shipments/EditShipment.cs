using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.Shipments;

namespace Traceability.Application.Shipments;

/// <summary>Changes a draft. Lines given replace those there are (and what was picked for them); lines left out stay as they are.</summary>
public sealed record EditShipment(long ShipmentId, DateOnly? PlannedOn = null, string? Carrier = null, string? Vehicle = null, string? Reference = null, string? Note = null,
    IReadOnlyList<ShipmentLineInput>? Lines = null);

/// <summary>Gives up a draft; what was picked is free again.</summary>
public sealed record CancelShipment(long ShipmentId, string Reason);

public sealed class EditShipmentHandler(TraceDatabase database)
{
    public async Task<Result<Done>> HandleAsync(EditShipment input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.PlanShipments) is { } forbidden) return forbidden;
        var form = ShipmentForm.Check(input.Carrier, input.Vehicle, input.Reference, input.Note);
        if (input.Lines is not null) ShipmentForm.CheckLines(form, input.Lines);
        if (form.Failed) return form.Errors;
        await using var db = await database.BeginAsync(actor, "shipments.edit", ct);
        var shipment = await db.LockAsync<Shipment>(input.ShipmentId, ct);
        if (shipment is null || shipment.PlantId != actor.PlantId) return ShipmentErrors.NotFound;
        if (shipment.Describe(input.PlannedOn, input.Carrier, input.Vehicle, input.Reference, input.Note) is { } refused) return refused;
        if (input.Lines is { } lines)
        {
            if (await ShipmentForm.RefuseMaterialsAsync(db, lines, ct) is { Count: > 0 } unknown) return unknown;
            await db.Of<ShipmentLine>().Where(l => l.ShipmentId == shipment.Id).ExecuteDeleteAsync(ct);
            await ShipmentForm.AddLinesAsync(db, shipment.Id, lines, ct);
        }

        return await db.SaveAsync(() => Done.Value, ct);
    }
}

public sealed class CancelShipmentHandler(TraceDatabase database)
{
    public async Task<Result<Done>> HandleAsync(CancelShipment input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.PlanShipments) is { } forbidden) return forbidden;
        if (new Check().Reason(input.Reason) is { Failed: true } form) return form.Errors;
        await using var db = await database.BeginAsync(actor, "shipments.cancel", ct, input.Reason);
        var shipment = await db.LockAsync<Shipment>(input.ShipmentId, ct);
        if (shipment is null || shipment.PlantId != actor.PlantId) return ShipmentErrors.NotFound;
        return shipment.Cancel() is { } refused ? refused : await db.SaveAsync(() => Done.Value, ct);
    }
}
