using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.WorkOrders;

namespace Traceability.Domain.Operations;

public enum ReportStatus { Started, Finished, Reversed }

public enum LossKind { Scrap, Rework }

/// <summary>What was done at one operation of an order: by whom, on which machine, when, with what result. Never edited; a wrong one is taken back.</summary>
public sealed class OperationReport : Entity
{
    private OperationReport()
    {
    }

    public long PlantId { get; private set; }
    public long WorkOrderId { get; private set; }
    public long WorkOrderStepId { get; private set; }
    public long RunId { get; private set; }
    public ReportStatus Status { get; private set; }

    /// <summary>Stamped by the server.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>Stamped by the server.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    [References(typeof(Person))]
    public long OperatorId { get; private set; }

    [References(typeof(Person))]
    public long? FinishedBy { get; private set; }
    public long? EquipmentId { get; private set; }

    /// <summary>In the stock unit of the order's material, like scrap and rework.</summary>
    public decimal GoodQuantity { get; private set; }
    public decimal ScrapQuantity { get; private set; }
    public decimal ReworkQuantity { get; private set; }

    /// <summary>The report says the step is done; further reports of the step are refused.</summary>
    public bool CompletesStep { get; private set; }
    public bool HasOutOfLimits { get; private set; }

    /// <summary>Numbers of earlier steps that were passed over with a warning, separated by commas.</summary>
    public string? SkippedSteps { get; private set; }
    public CaptureSource Source { get; private set; }
    public string? Device { get; private set; }
    public string? Note { get; private set; }
    public DateTimeOffset? ReversedAt { get; private set; }

    [References(typeof(Person))]
    public long? ReversedBy { get; private set; }
    public string? ReversalReason { get; private set; }

    /// <summary>Starts an operation. An earlier step that was not reported refuses it or is noted, by that step's own rule.</summary>
    public static Result<OperationReport> Start(WorkOrder order, WorkOrderStep step, IReadOnlyCollection<WorkOrderStep> steps, long runId, Equipment? equipment,
        long operatorId, CaptureSource source, string? device, DateTimeOffset now)
    {
        if (!order.IsOpen) return WorkOrderErrors.NotOpen.With(order.Code);
        if (step.Status == StepStatus.Finished) return OperationErrors.StepFinished.With(step.Number, step.Name);
        var skipped = steps.Where(s => s.Number < step.Number && s.Status == StepStatus.Open).OrderBy(s => s.Number).ToList();
        var check = new Check();
        foreach (var missing in skipped.Where(s => s.SkipRule == Production.SkipRule.Refuse)) check.Add(OperationErrors.StepSkipped.With(missing.Number, missing.Name));
        check.That(equipment is not null || !step.EquipmentRequired, OperationErrors.EquipmentRequired)
            .That(equipment is null || equipment.WorkCenterId == step.WorkCenterId, OperationErrors.EquipmentElsewhere.With(equipment?.Code))
            .That(equipment is null or { Status: EquipmentStatus.Available, IsActive: true }, Ledger.LedgerErrors.EquipmentNotAvailable.With(equipment?.Code));
        if (check.Failed) return check.Errors;
        return new OperationReport
        {
            PlantId = order.PlantId,
            WorkOrderId = order.Id,
            WorkOrderStepId = step.Id,
            RunId = runId,
            Status = ReportStatus.Started,
            StartedAt = now,
            OperatorId = operatorId,
            EquipmentId = equipment?.Id,
            SkippedSteps = skipped.Count == 0 ? null : string.Join(",", skipped.Select(s => s.Number)),
            Source = source,
            Device = device,
        };
    }

    /// <summary>Ends the operation with its result.</summary>
    public Error? Finish(OperationResult result, long person, DateTimeOffset now)
    {
        if (Status != ReportStatus.Started) return OperationErrors.NotRunning;
        Status = ReportStatus.Finished;
        FinishedAt = now;
        FinishedBy = person;
        GoodQuantity = result.Good;
        ScrapQuantity = result.Scrap;
        ReworkQuantity = result.Rework;
        HasOutOfLimits = result.OutOfLimits;
        CompletesStep = result.CompletesStep;
        Note = string.IsNullOrWhiteSpace(result.Note) ? null : result.Note.Trim();
        return null;
    }

    /// <summary>
    /// The report's lines belong to the order's run after all: with a run of its own they would lose the way from what went in
    /// to what came out (only one of them is in this report, or material went into the order's run before).
    /// </summary>
    public void JoinOrderRun(long runId) => RunId = runId;

    /// <summary>Takes the whole report back; its ledger activities are reversed by the caller.</summary>
    public Error? Reverse(long person, string reason, DateTimeOffset now)
    {
        if (Status == ReportStatus.Reversed) return OperationErrors.AlreadyReversed;
        Status = ReportStatus.Reversed;
        ReversedAt = now;
        ReversedBy = person;
        ReversalReason = reason.Trim();
        return null;
    }
}

/// <summary>The result of an operation as it is reported at its end.</summary>
public sealed record OperationResult(decimal Good, decimal Scrap, decimal Rework, bool OutOfLimits, bool CompletesStep, string? Note);

/// <summary>A measured parameter with the limits it was judged by, frozen.</summary>
public sealed class OperationParameter : Entity
{
    private OperationParameter()
    {
    }

    public long OperationReportId { get; private set; }
    public long WorkOrderParameterId { get; private set; }
    public decimal Value { get; private set; }
    public decimal? LowerLimit { get; private set; }
    public decimal? UpperLimit { get; private set; }
    public bool IsWithin { get; private set; }
    public DateTimeOffset MeasuredAt { get; private set; }
    public CaptureSource Source { get; private set; }

    public static OperationParameter Judge(long reportId, WorkOrderParameter parameter, decimal value, DateTimeOffset measuredAt, CaptureSource source) => new()
    {
        OperationReportId = reportId,
        WorkOrderParameterId = parameter.Id,
        Value = value,
        LowerLimit = parameter.LowerLimit,
        UpperLimit = parameter.UpperLimit,
        IsWithin = parameter.Allows(value),
        MeasuredAt = measuredAt,
        Source = source,
    };
}

/// <summary>Scrap or rework of a report for one reason.</summary>
public sealed class OperationLoss : Entity
{
    public long OperationReportId { get; init; }
    public LossKind Kind { get; init; }
    public long ReasonCodeId { get; init; }
    public decimal Quantity { get; init; }
    public string? Note { get; init; }
}

/// <summary>Someone who worked on the operation beside its operator.</summary>
public sealed class OperationHelper : Entity
{
    public long OperationReportId { get; init; }
    public long PersonId { get; init; }
}

public static class OperationErrors
{
    public static readonly Error StepNotFound = Error.NotFound("operation.step_not_found");
    public static readonly Error NotFound = Error.NotFound("operation.not_found");
    public static readonly Error StepFinished = Error.Conflict("operation.step_finished");
    public static readonly Error StepSkipped = Error.Refused("operation.step_skipped");
    public static readonly Error EquipmentRequired = Error.Invalid("operation.equipment_required", "EquipmentId");
    public static readonly Error EquipmentElsewhere = Error.Refused("operation.equipment_elsewhere", "EquipmentId");
    public static readonly Error NotRunning = Error.Conflict("operation.not_running");
    public static readonly Error AlreadyReversed = Error.Conflict("operation.already_reversed");
    public static readonly Error ParameterUnknown = Error.Invalid("operation.parameter_unknown");
    public static readonly Error ParameterMissing = Error.Invalid("operation.parameter_missing");
    public static readonly Error ParameterTwice = Error.Invalid("operation.parameter_twice");
    public static readonly Error NotIssued = Error.Refused("operation.not_issued");
    public static readonly Error ReasonOfOtherKind = Error.Invalid("operation.reason_of_other_kind");
    public static readonly Error OutputsDiffer = Error.Invalid("operation.outputs_differ", "Outputs");
    public static readonly Error OutputOfOtherOrder = Error.Refused("operation.output_of_other_order");
    public static readonly Error WholeUnits = Error.Invalid("operation.whole_units");
    public static readonly Error ScrapOfOtherOrder = Error.Refused("operation.scrap_of_other_order");
}
