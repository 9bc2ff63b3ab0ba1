using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Traceability.Application.WorkOrders;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.Operations;
using Traceability.Domain.WorkOrders;

namespace Traceability.Application.Operations;

/// <summary>
/// Ends a running operation with everything that happened: parameters judged against the order's limits, batches consumed,
/// losses by reason, batches made, material scrapped.
/// </summary>
/// <param name="GoodQuantity">In the stock unit of the order's material.</param>
/// <param name="CompletesStep">The operation is done; false when more of it will be reported.</param>
public sealed record FinishOperation(long ReportId, decimal GoodQuantity, IReadOnlyList<ParameterInput>? Parameters = null, IReadOnlyList<ConsumptionInput>? Consumptions = null,
    IReadOnlyList<LossInput>? Losses = null, IReadOnlyList<OutputInput>? Outputs = null, IReadOnlyList<ScrapInput>? Scraps = null, bool CompletesStep = true, string? Note = null);

/// <param name="Code">Code of the parameter in the order's routing.</param>
public sealed record ParameterInput(string Code, decimal Value);

/// <param name="Quantity">In the material's stock unit.</param>
/// <param name="LocationId">Line-side location; null for where the order has it, this operation's work centre first.</param>
public sealed record ConsumptionInput(long BatchId, decimal Quantity, long? LocationId = null);

public sealed record LossInput(LossKind Kind, long ReasonCodeId, decimal Quantity, string? Note = null);

/// <param name="BatchId">An output batch of this order that it is added to; null for a new batch.</param>
public sealed record OutputInput(long LocationId, decimal Quantity, long? BatchId = null);

/// <summary>Material thrown away at the operation: an issued batch, or a batch this order made.</summary>
public sealed record ScrapInput(long BatchId, decimal Quantity, long ReasonCodeId, long? LocationId = null);

public sealed record OperationFinished(long ReportId, bool HasOutOfLimits, IReadOnlyList<OutputBatch> Outputs);

public sealed record OutputBatch(long Id, string Code, decimal Quantity, Domain.Batches.QualityStatus Status);

public sealed class FinishOperationHandler(TraceDatabase database, TimeProvider clock, ILogger<FinishOperationHandler> log)
{
    public async Task<Result<OperationFinished>> HandleAsync(FinishOperation input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ReportOperations) is { } forbidden) return forbidden;
        if (actor.PersonId is null) return CommonErrors.NoPerson;
        if (FinishForm.Check(input) is { Failed: true } form) return form.Errors;
        await using var db = await database.BeginAsync(actor, "operations.finish", ct);
        var orderId = await db.Of<OperationReport>().Where(r => r.Id == input.ReportId).Select(r => (long?)r.WorkOrderId).SingleOrDefaultAsync(ct);
        if (orderId is null || await db.LockOrderAsync(orderId.Value, actor, ct) is not { } order) return OperationErrors.NotFound;
        var report = await db.LockAsync<OperationReport>(input.ReportId, ct);
        var finished = await new OperationFinishing(db, order, report!, actor, clock.GetUtcNow()).FinishAsync(input, ct);
        if (!finished.IsSuccess) return finished.As<OperationFinished>();
        var saved = await db.SaveAsync(() => finished.Value, ct);
        if (saved.IsSuccess) log.LogInformation("Operation report {Report} of order {Order} finished, out of limits: {OutOfLimits}", input.ReportId, order.Code, saved.Value.HasOutOfLimits);
        return saved;
    }
}

/// <summary>Start and end of an operation reported in one call, for entry at a desk. Both are stamped with the server's time.</summary>
public sealed record ReportOperation(long WorkOrderStepId, decimal GoodQuantity, long? EquipmentId = null, IReadOnlyList<long>? HelperIds = null, IReadOnlyList<ParameterInput>? Parameters = null,
    IReadOnlyList<ConsumptionInput>? Consumptions = null, IReadOnlyList<LossInput>? Losses = null, IReadOnlyList<OutputInput>? Outputs = null, IReadOnlyList<ScrapInput>? Scraps = null,
    bool CompletesStep = true, string? Note = null);

public sealed record OperationReported(long ReportId, bool HasOutOfLimits, IReadOnlyList<int> SkippedSteps, IReadOnlyList<OutputBatch> Outputs);

public sealed class ReportOperationHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<OperationReported>> HandleAsync(ReportOperation input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ReportOperations) is { } forbidden) return forbidden;
        if (actor.PersonId is null) return CommonErrors.NoPerson;
        var finish = new FinishOperation(0, input.GoodQuantity, input.Parameters, input.Consumptions, input.Losses, input.Outputs, input.Scraps, input.CompletesStep, input.Note);
        if (FinishForm.Check(finish) is { Failed: true } form) return form.Errors;
        var now = clock.GetUtcNow();
        await using var db = await database.BeginAsync(actor, "operations.report", ct);
        var started = await db.StartAsync(new StartOperation(input.WorkOrderStepId, input.EquipmentId, input.HelperIds), actor, now, ct);
        if (!started.IsSuccess) return started.As<OperationReported>();
        if (await db.FlushAsync(ct) is { } flushed) return flushed;
        var report = started.Value;
        var order = await db.Of<WorkOrder>().SingleAsync(o => o.Id == report.WorkOrderId, ct);
        var finished = await new OperationFinishing(db, order, report, actor, now).FinishAsync(finish with { ReportId = report.Id }, ct);
        return finished.IsSuccess
            ? await db.SaveAsync(() => new OperationReported(report.Id, report.HasOutOfLimits, OperationStarting.Answer(report).SkippedSteps, finished.Value.Outputs), ct)
            : finished.As<OperationReported>();
    }
}

internal static class FinishForm
{
    /// <summary>What can be said about the input without the database.</summary>
    public static Check Check(FinishOperation input)
    {
        var check = new Check().QuantityOrZero(input.GoodQuantity, nameof(input.GoodQuantity)).OptionalText(input.Note, nameof(input.Note), 500);
        for (var i = 0; i < (input.Consumptions?.Count ?? 0); i++) check.Id(input.Consumptions![i].BatchId, $"Consumptions[{i}].BatchId").Quantity(input.Consumptions[i].Quantity, $"Consumptions[{i}].Quantity");
        for (var i = 0; i < (input.Losses?.Count ?? 0); i++)
            check.Id(input.Losses![i].ReasonCodeId, $"Losses[{i}].ReasonCodeId").Quantity(input.Losses[i].Quantity, $"Losses[{i}].Quantity").OptionalText(input.Losses[i].Note, $"Losses[{i}].Note", 200);
        for (var i = 0; i < (input.Outputs?.Count ?? 0); i++) check.Id(input.Outputs![i].LocationId, $"Outputs[{i}].LocationId").Quantity(input.Outputs[i].Quantity, $"Outputs[{i}].Quantity");
        for (var i = 0; i < (input.Scraps?.Count ?? 0); i++)
            check.Id(input.Scraps![i].BatchId, $"Scraps[{i}].BatchId").Id(input.Scraps[i].ReasonCodeId, $"Scraps[{i}].ReasonCodeId").Quantity(input.Scraps[i].Quantity, $"Scraps[{i}].Quantity");
        if (input.Outputs is { Count: > 0 } outputs) check.That(outputs.Sum(o => o.Quantity) == input.GoodQuantity, OperationErrors.OutputsDiffer.With(outputs.Sum(o => o.Quantity), input.GoodQuantity));
        return check;
    }
}
