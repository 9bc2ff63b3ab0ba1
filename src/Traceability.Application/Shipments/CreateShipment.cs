using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Traceability.Data;
using Traceability.Data.Coding;
using Traceability.Domain.Coding;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Shipments;

namespace Traceability.Application.Shipments;

/// <summary>Plans goods for a customer.</summary>
/// <param name="Reference">The customer's order number.</param>
public sealed record CreateShipment(long CustomerId, IReadOnlyList<ShipmentLineInput> Lines, DateOnly? PlannedOn = null, string? Carrier = null, string? Vehicle = null, string? Reference = null, string? Note = null);

/// <param name="Quantity">In the material's stock unit.</param>
public sealed record ShipmentLineInput(long MaterialId, decimal Quantity);

public sealed record ShipmentCreated(long Id, string Code);

public sealed class CreateShipmentHandler(TraceDatabase database, TimeProvider clock, ILogger<CreateShipmentHandler> log)
{
    public async Task<Result<ShipmentCreated>> HandleAsync(CreateShipment input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.PlanShipments) is { } forbidden) return forbidden;
        if (actor.PersonId is not { } person) return CommonErrors.NoPerson;
        var form = ShipmentForm.Check(input.Carrier, input.Vehicle, input.Reference, input.Note).Id(input.CustomerId, nameof(input.CustomerId));
        ShipmentForm.CheckLines(form, input.Lines);
        if (form.Failed) return form.Errors;
        var now = clock.GetUtcNow();

        await using var db = await database.BeginAsync(actor, "shipments.create", ct);
        var plant = await db.Of<Plant>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == actor.PlantId, ct);
        if (plant is null) return CommonErrors.NoPlant;
        var customer = await db.Of<Customer>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == input.CustomerId, ct);
        if (customer is null) return CommonErrors.Unknown.On(nameof(input.CustomerId));
        if (await ShipmentForm.RefuseMaterialsAsync(db, input.Lines, ct) is { Count: > 0 } refused) return refused;
        var code = await db.NextCodeAsync(CodedRecord.Shipment, plant.Id, new CodingValues(plant.DayOf(now), Plant: plant.Code), ct);
        if (!code.IsSuccess) return code.As<ShipmentCreated>();
        var shipment = Shipment.Plan(plant.Id, code.Value, customer, input.PlannedOn, input.Carrier, input.Vehicle, input.Reference, input.Note, person, now);
        if (!shipment.IsSuccess) return shipment.As<ShipmentCreated>();
        await db.AddAsync(shipment.Value, ct);
        await ShipmentForm.AddLinesAsync(db, shipment.Value.Id, input.Lines, ct);
        var saved = await db.SaveAsync(() => new ShipmentCreated(shipment.Value.Id, shipment.Value.Code), ct);
        if (saved.IsSuccess) log.LogInformation("Shipment {Shipment} planned for {Customer}", shipment.Value.Code, customer.Code);
        return saved;
    }
}

internal static class ShipmentForm
{
    public const int MostLines = 200;

    public static Check Check(string? carrier, string? vehicle, string? reference, string? note) => new Check().OptionalText(carrier, "Carrier", 80)
        .OptionalText(vehicle, "Vehicle", 80).OptionalText(reference, "Reference", 80).OptionalText(note, "Note", 500);

    public static void CheckLines(Check form, IReadOnlyList<ShipmentLineInput>? lines)
    {
        form.That(lines is { Count: > 0 and <= MostLines }, ShipmentErrors.NoLines.With(MostLines));
        for (var i = 0; i < (lines?.Count ?? 0); i++) form.Id(lines![i].MaterialId, $"Lines[{i}].MaterialId").Quantity(lines[i].Quantity, $"Lines[{i}].Quantity");
    }

    public static async Task<List<Error>> RefuseMaterialsAsync(TraceDbContext db, IReadOnlyList<ShipmentLineInput> lines, CancellationToken ct)
    {
        var ids = lines.Select(l => l.MaterialId).Distinct().ToList();
        var materials = await db.Of<Material>().AsNoTracking().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, ct);
        var check = new Check();
        for (var i = 0; i < lines.Count; i++)
        {
            var field = $"Lines[{i}].MaterialId";
            if (!materials.TryGetValue(lines[i].MaterialId, out var material)) check.Add(CommonErrors.Unknown.On(field));
            else check.That(material.IsActive, ShipmentErrors.MaterialInactive.On(field).With(material.Code));
        }

        return check.Errors;
    }

    public static async Task AddLinesAsync(TraceDbContext db, long shipmentId, IReadOnlyList<ShipmentLineInput> lines, CancellationToken ct)
    {
        for (var i = 0; i < lines.Count; i++)
            await db.AddAsync(new ShipmentLine { ShipmentId = shipmentId, Sequence = i + 1, MaterialId = lines[i].MaterialId, Quantity = lines[i].Quantity }, ct);
    }
}
