using Microsoft.EntityFrameworkCore;
using Traceability.Application.WorkOrders;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Operations;
using Traceability.Domain.Production;
using Traceability.Domain.WorkOrders;

namespace Traceability.Application.Operations;

/// <summary>Begins an operation of an order now. An earlier operation that was not reported refuses it or is noted, by its own rule.</summary>
/// <param name="HelperIds">Others who work on it beside the operator (the actor).</param>
public sealed record StartOperation(long WorkOrderStepId, long? EquipmentId = null, IReadOnlyList<long>? HelperIds = null);

/// <param name="SkippedSteps">Numbers of earlier operations that were passed over with a warning.</param>
public sealed record OperationStarted(long ReportId, DateTimeOffset StartedAt, IReadOnlyList<int> SkippedSteps);

public sealed class StartOperationHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<OperationStarted>> HandleAsync(StartOperation input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ReportOperations) is { } forbidden) return forbidden;
        if (actor.PersonId is null) return CommonErrors.NoPerson;
        await using var db = await database.BeginAsync(actor, "operations.start", ct);
        var started = await db.StartAsync(input, actor, clock.GetUtcNow(), ct);
        return started.IsSuccess ? await db.SaveAsync(() => OperationStarting.Answer(started.Value), ct) : started.As<OperationStarted>();
    }
}

internal static class OperationStarting
{
    /// <summary>Starts the operation in the caller's transaction; locks the order.</summary>
    public static async Task<Result<OperationReport>> StartAsync(this TraceDbContext db, StartOperation input, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        var orderId = await db.Of<WorkOrderStep>().Where(s => s.Id == input.WorkOrderStepId).Select(s => (long?)s.WorkOrderId).SingleOrDefaultAsync(ct);
        if (orderId is null || await db.LockOrderAsync(orderId.Value, actor, ct) is not { } order) return OperationErrors.StepNotFound;
        var steps = await db.Of<WorkOrderStep>().Where(s => s.WorkOrderId == order.Id).ToListAsync(ct);
        var step = steps.Single(s => s.Id == input.WorkOrderStepId);
        Equipment? equipment = null;
        if (input.EquipmentId is { } equipmentId)
        {
            equipment = await db.Of<Equipment>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == equipmentId && e.PlantId == order.PlantId, ct);
            if (equipment is null) return CommonErrors.Unknown.On(nameof(input.EquipmentId));
        }

        var helpers = (input.HelperIds ?? []).Where(id => id != actor.PersonId).Distinct().ToList();
        if (helpers.Count > 0 && await db.Of<Person>().CountAsync(p => helpers.Contains(p.Id) && p.PlantId == order.PlantId && p.IsActive, ct) != helpers.Count)
            return CommonErrors.Unknown.On(nameof(input.HelperIds));

        if (!order.IsOpen) return WorkOrderErrors.NotOpen.With(order.Code);
        var runId = order.RunId!.Value;
        if (step.Grain == StepGrain.Report)
        {
            var run = new Run { PlantId = order.PlantId, Grain = RunGrain.Report, WorkOrderId = order.Id, WorkOrderStepId = step.Id, EquipmentId = equipment?.Id, Label = $"{order.Code} · {step.Number}", StartedAt = now };
            await db.AddAsync(run, ct);
            runId = run.Id;
        }

        var report = OperationReport.Start(order, step, steps, runId, equipment, actor.PersonId!.Value, actor.Source, actor.Device, now);
        if (!report.IsSuccess) return report;
        await db.AddAsync(report.Value, ct);
        foreach (var helper in helpers) await db.AddAsync(new OperationHelper { OperationReportId = report.Value.Id, PersonId = helper }, ct);
        order.Start();
        step.Follow(started: true, finished: false);
        return report;
    }

    public static OperationStarted Answer(OperationReport report) =>
        new(report.Id, report.StartedAt, [.. (report.SkippedSteps ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, System.Globalization.CultureInfo.InvariantCulture))]);
}
