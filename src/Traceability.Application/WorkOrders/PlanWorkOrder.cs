using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Data.Coding;
using Traceability.Domain.Coding;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.WorkOrders;

namespace Traceability.Application.WorkOrders;

/// <summary>Plans an order as a draft; what is still missing is asked for at its release.</summary>
/// <param name="Quantity">In the material's stock unit.</param>
/// <param name="LineCode">What {L} stands for in the codes of the order's output batches, e.g. A.</param>
public sealed record PlanWorkOrder(long MaterialId, decimal Quantity, long? ResponsiblePersonId = null, DateTimeOffset? PlannedStart = null, DateTimeOffset? PlannedEnd = null,
    string? LineCode = null, string? Note = null);

public sealed record WorkOrderPlanned(long Id, string Code);

public sealed class PlanWorkOrderHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<WorkOrderPlanned>> HandleAsync(PlanWorkOrder input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.PlanWorkOrders) is { } forbidden) return forbidden;
        var plan = new WorkOrderPlan(input.Quantity, input.ResponsiblePersonId, input.PlannedStart, input.PlannedEnd, input.LineCode, input.Note);
        if (plan.CheckForm().Id(input.MaterialId, nameof(input.MaterialId)) is { Failed: true } form) return form.Errors;
        await using var db = await database.BeginAsync(actor, "orders.plan", ct);
        var plant = await db.Of<Plant>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == actor.PlantId, ct);
        if (plant is null) return CommonErrors.NoPlant;
        var material = await db.Of<Material>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == input.MaterialId, ct);
        if (material is null) return CommonErrors.Unknown.On(nameof(input.MaterialId));
        if (!material.IsActive) return WorkOrderErrors.MaterialInactive.With(material.Code);
        if (await db.UnknownPersonAsync(input.ResponsiblePersonId, plant.Id, ct)) return CommonErrors.Unknown.On(nameof(input.ResponsiblePersonId));

        var now = clock.GetUtcNow();
        var code = await db.NextCodeAsync(CodedRecord.WorkOrder, plant.Id, new CodingValues(plant.DayOf(now), "WO", material.ShortCode, input.LineCode, plant.Code), ct, material.Kind);
        if (!code.IsSuccess) return code.As<WorkOrderPlanned>();
        var order = WorkOrder.Plan(plant.Id, code.Value, material.Id, plan, now);
        await db.AddAsync(order, ct);
        return await db.SaveAsync(() => new WorkOrderPlanned(order.Id, order.Code), ct);
    }
}

/// <summary>Changes the plan of an order that is not released yet.</summary>
/// <param name="Version">Row version the form was opened with; null to change whatever stands there.</param>
public sealed record ChangeWorkOrder(long Id, decimal Quantity, long? ResponsiblePersonId, DateTimeOffset? PlannedStart, DateTimeOffset? PlannedEnd, string? LineCode, string? Note, uint? Version = null);

public sealed class ChangeWorkOrderHandler(TraceDatabase database)
{
    public async Task<Result<WorkOrderPlanned>> HandleAsync(ChangeWorkOrder input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.PlanWorkOrders) is { } forbidden) return forbidden;
        var plan = new WorkOrderPlan(input.Quantity, input.ResponsiblePersonId, input.PlannedStart, input.PlannedEnd, input.LineCode, input.Note);
        if (plan.CheckForm() is { Failed: true } form) return form.Errors;
        await using var db = await database.BeginAsync(actor, "orders.change", ct);
        if (await db.LockOrderAsync(input.Id, actor, ct) is not { } order) return WorkOrderErrors.NotFound;
        if (input.Version is { } version && version != order.Version) return CommonErrors.ChangedMeanwhile;
        if (await db.UnknownPersonAsync(input.ResponsiblePersonId, actor.PlantId, ct)) return CommonErrors.Unknown.On(nameof(input.ResponsiblePersonId));
        return order.Change(plan) is { } refused ? refused : await db.SaveAsync(() => new WorkOrderPlanned(order.Id, order.Code), ct);
    }
}

internal static class WorkOrderLoading
{
    /// <summary>The order of the actor's plant with its row locked: whoever changes or posts for an order holds it.</summary>
    public static async Task<WorkOrder?> LockOrderAsync(this TraceDbContext db, long id, Actor actor, CancellationToken ct) =>
        await db.LockAsync<WorkOrder>(id, ct) is { } order && order.PlantId == actor.PlantId ? order : null;

    public static async Task<bool> UnknownPersonAsync(this TraceDbContext db, long? personId, long plantId, CancellationToken ct) =>
        personId is { } id && !await db.Of<Person>().AnyAsync(p => p.Id == id && p.PlantId == plantId && p.IsActive, ct);

    public static Check CheckForm(this WorkOrderPlan plan) => new Check().Quantity(plan.Quantity, nameof(plan.Quantity))
        .OptionalText(plan.LineCode, nameof(plan.LineCode), 10).OptionalText(plan.Note, nameof(plan.Note), 500)
        .That(plan.PlannedStart is null || plan.PlannedEnd is null || plan.PlannedStart <= plan.PlannedEnd, WorkOrderErrors.PlanReversed);
}
