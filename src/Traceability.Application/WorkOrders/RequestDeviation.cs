using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Data.Coding;
using Traceability.Domain.Batches;
using Traceability.Domain.Coding;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.WorkOrders;

namespace Traceability.Application.WorkOrders;

/// <summary>
/// Asks to let a substitute material (no batch named) or one batch that its status or expiry would refuse through, for one order.
/// </summary>
/// <param name="MaxQuantity">Most that may be used under it, in the material's stock unit; null for no limit.</param>
public sealed record RequestDeviation(long WorkOrderId, long MaterialId, long? BatchId, long? ReplacesMaterialId, decimal? MaxQuantity, string Reason);

public sealed record DeviationRequested(long Id, string Code);

public sealed class RequestDeviationHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<DeviationRequested>> HandleAsync(RequestDeviation input, Actor actor, CancellationToken ct)
    {
        // Whoever plans, issues or reports meets the material first and may ask; deciding is another matter.
        if (actor.Demand(Permission.PlanWorkOrders) is { } forbidden && !actor.Can(Permission.IssueMaterial) && !actor.Can(Permission.ReportOperations)) return forbidden;
        if (actor.PersonId is not { } person) return CommonErrors.NoPerson;
        var form = new Check().Id(input.MaterialId, nameof(input.MaterialId)).Reason(input.Reason);
        if (input.MaxQuantity is { } max) form.Quantity(max, nameof(input.MaxQuantity));
        if (form.Failed) return form.Errors;
        await using var db = await database.BeginAsync(actor, "deviations.request", ct, input.Reason.Trim());
        if (await db.LockOrderAsync(input.WorkOrderId, actor, ct) is not { } order) return WorkOrderErrors.NotFound;
        if (!order.IsOpen) return WorkOrderErrors.NotOpen.With(order.Code);
        var plant = await db.Of<Plant>().AsNoTracking().SingleAsync(p => p.Id == order.PlantId, ct);
        if (!await db.Of<Material>().AnyAsync(m => m.Id == input.MaterialId, ct)) return CommonErrors.Unknown.On(nameof(input.MaterialId));
        Batch? batch = null;
        if (input.BatchId is { } batchId)
        {
            batch = await db.Of<Batch>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == batchId && b.PlantId == order.PlantId, ct);
            if (batch is null) return BatchErrors.NotFound.On(nameof(input.BatchId));
            if (batch.MaterialId != input.MaterialId) return DeviationErrors.BatchOfOtherMaterial.With(batch.Code);
        }

        if (input.ReplacesMaterialId is { } replaced && !await db.Of<WorkOrderMaterial>().AnyAsync(m => m.WorkOrderId == order.Id && m.MaterialId == replaced, ct))
            return CommonErrors.Unknown.On(nameof(input.ReplacesMaterialId));
        var now = clock.GetUtcNow();
        var code = await db.NextCodeAsync(CodedRecord.Deviation, plant.Id, new CodingValues(plant.DayOf(now), "DEV", Plant: plant.Code), ct);
        if (!code.IsSuccess) return code.As<DeviationRequested>();
        var deviation = Deviation.Request(plant.Id, code.Value, order.Id, input.MaterialId, batch, input.ReplacesMaterialId, input.MaxQuantity, input.Reason, person, now);
        await db.AddAsync(deviation, ct);
        return await db.SaveAsync(() => new DeviationRequested(deviation.Id, deviation.Code), ct);
    }
}

/// <summary>Approves or refuses a deviation; the one who asked for it cannot.</summary>
public sealed record DecideDeviation(long Id, bool Approve, string? Note);

public sealed record DeviationDecided(long Id, DeviationStatus Status);

public sealed class DecideDeviationHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<DeviationDecided>> HandleAsync(DecideDeviation input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ApproveDeviations) is { } forbidden) return forbidden;
        if (actor.PersonId is not { } person) return CommonErrors.NoPerson;
        if (new Check().OptionalText(input.Note, nameof(input.Note), 500) is { Failed: true } form) return form.Errors;
        await using var db = await database.BeginAsync(actor, "deviations.decide", ct, input.Note);
        var deviation = await db.LockAsync<Deviation>(input.Id, ct);
        if (deviation is null || deviation.PlantId != actor.PlantId) return DeviationErrors.NotFound;
        return deviation.Decide(input.Approve, person, input.Note, clock.GetUtcNow()) is { } refused ? refused
            : await db.SaveAsync(() => new DeviationDecided(deviation.Id, deviation.Status), ct);
    }
}
