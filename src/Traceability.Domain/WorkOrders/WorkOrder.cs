using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Production;

namespace Traceability.Domain.WorkOrders;

public enum WorkOrderStatus { Draft, Released, InProgress, Completed, Closed, Cancelled }

/// <summary>An order to make a quantity of a material. At release it freezes what it is made from and how.</summary>
public sealed class WorkOrder : EditableEntity
{
    private WorkOrder()
    {
    }

    public long PlantId { get; private set; }
    public string Code { get; private set; } = "";
    public long MaterialId { get; private set; }

    /// <summary>Planned quantity in the material's stock unit.</summary>
    public decimal Quantity { get; private set; }
    public WorkOrderStatus Status { get; private set; }
    public long? BomId { get; private set; }
    public long? RoutingId { get; private set; }

    [References(typeof(Person))]
    public long? ResponsiblePersonId { get; private set; }
    public DateTimeOffset? PlannedStart { get; private set; }
    public DateTimeOffset? PlannedEnd { get; private set; }

    /// <summary>What the token {L} of a coding rule stands for in the order's output batches.</summary>
    public string? LineCode { get; private set; }

    /// <summary>The order's run: its genealogy unless a step is told apart more finely.</summary>
    public long? RunId { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? ReleasedAt { get; private set; }
    public DateTimeOffset? CompletedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public string? Note { get; private set; }

    /// <summary>Material may be issued and operations reported.</summary>
    public bool IsOpen => Status is WorkOrderStatus.Released or WorkOrderStatus.InProgress;

    public static WorkOrder Plan(long plantId, string code, long materialId, WorkOrderPlan plan, DateTimeOffset now)
    {
        var order = new WorkOrder { PlantId = plantId, Code = code, MaterialId = materialId, Status = WorkOrderStatus.Draft, CreatedAt = now };
        order.Apply(plan);
        return order;
    }

    /// <summary>Changes the plan of an order not yet released.</summary>
    public Error? Change(WorkOrderPlan plan)
    {
        if (Status != WorkOrderStatus.Draft) return WorkOrderErrors.NotDraft.With(Code);
        Apply(plan);
        return null;
    }

    /// <summary>
    /// Hands the order to production with these versions. Everything that is missing is named at once, each as its own error.
    /// </summary>
    public List<Error> Release(Bom? bom, Routing? routing, Run? run, DateTimeOffset now)
    {
        if (Status != WorkOrderStatus.Draft) return [WorkOrderErrors.NotDraft.With(Code)];
        var check = new Check().That(bom is { Status: VersionStatus.Active }, WorkOrderErrors.NoActiveBom).That(routing is { Status: VersionStatus.Active }, WorkOrderErrors.NoActiveRouting)
            .That(ResponsiblePersonId is not null, WorkOrderErrors.NoResponsible).That(PlannedStart is not null, WorkOrderErrors.NoPlannedStart)
            .That(PlannedEnd is not null, WorkOrderErrors.NoPlannedEnd);
        if (check.Failed) return check.Errors;
        BomId = bom!.Id;
        RoutingId = routing!.Id;
        RunId = run?.Id ?? throw new ArgumentNullException(nameof(run));
        ReleasedAt = now;
        Status = WorkOrderStatus.Released;
        return [];
    }

    /// <summary>The first operation starts.</summary>
    public void Start()
    {
        if (Status == WorkOrderStatus.Released) Status = WorkOrderStatus.InProgress;
    }

    /// <summary>A report taken back puts a completed order to work again.</summary>
    public Error? Reopen()
    {
        if (Status is WorkOrderStatus.Closed or WorkOrderStatus.Cancelled) return WorkOrderErrors.Closed.With(Code);
        if (Status != WorkOrderStatus.Completed) return null;
        Status = WorkOrderStatus.InProgress;
        CompletedAt = null;
        return null;
    }

    /// <summary>Production is over. Refused while an operation runs or a step that may not be skipped is missing.</summary>
    public Error? Complete(IReadOnlyCollection<WorkOrderStep> steps, bool anyReportRunning, DateTimeOffset now)
    {
        if (Status != WorkOrderStatus.InProgress) return WorkOrderErrors.NotInProgress.With(Code);
        if (anyReportRunning) return WorkOrderErrors.OperationRunning;
        var missing = steps.Where(s => s.Status != StepStatus.Finished && s.SkipRule == SkipRule.Refuse).OrderBy(s => s.Number).ToList();
        if (missing.Count > 0) return WorkOrderErrors.StepsOpen.With(string.Join(", ", missing.Select(s => s.Number)));
        Status = WorkOrderStatus.Completed;
        CompletedAt = now;
        return null;
    }

    /// <summary>Settles the order. Every batch issued to it must be consumed, returned or scrapped.</summary>
    /// <param name="open">Code and quantity of each issued batch still open.</param>
    public List<Error> Close(IReadOnlyCollection<(string BatchCode, decimal Quantity)> open, DateTimeOffset now)
    {
        if (Status != WorkOrderStatus.Completed) return [WorkOrderErrors.NotCompleted.With(Code)];
        if (open.Count > 0) return [.. open.Select(o => WorkOrderErrors.MaterialOpen.With(o.BatchCode, o.Quantity))];
        Status = WorkOrderStatus.Closed;
        ClosedAt = now;
        return [];
    }

    /// <summary>Gives the order up; possible until something was reported or while nothing issued is open.</summary>
    public Error? Cancel(bool anyReport, bool anyMaterialOpen)
    {
        if (Status is not (WorkOrderStatus.Draft or WorkOrderStatus.Released)) return WorkOrderErrors.CannotCancel.With(Code);
        if (anyReport || anyMaterialOpen) return WorkOrderErrors.CannotCancel.With(Code);
        Status = WorkOrderStatus.Cancelled;
        return null;
    }

    private void Apply(WorkOrderPlan plan)
    {
        Quantity = plan.Quantity;
        ResponsiblePersonId = plan.ResponsiblePersonId;
        PlannedStart = plan.PlannedStart?.ToUniversalTime();
        PlannedEnd = plan.PlannedEnd?.ToUniversalTime();
        LineCode = string.IsNullOrWhiteSpace(plan.LineCode) ? null : plan.LineCode.Trim().ToUpperInvariant();
        Note = string.IsNullOrWhiteSpace(plan.Note) ? null : plan.Note.Trim();
    }
}

/// <summary>What can be planned of an order before its release.</summary>
public sealed record WorkOrderPlan(decimal Quantity, long? ResponsiblePersonId, DateTimeOffset? PlannedStart, DateTimeOffset? PlannedEnd, string? LineCode, string? Note);

public enum StepStatus { Open, Started, Finished }

/// <summary>An operation of the order as the routing stood at release.</summary>
public sealed class WorkOrderStep : Entity
{
    public long WorkOrderId { get; init; }
    public int Number { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }
    public long WorkCenterId { get; init; }
    public SkipRule SkipRule { get; init; }
    public StepGrain Grain { get; init; }
    public bool EquipmentRequired { get; init; }
    public bool IsKeyPoint { get; init; }
    public StepStatus Status { get; private set; }

    public static WorkOrderStep From(RoutingStep step, long workOrderId) => new()
    {
        WorkOrderId = workOrderId,
        Number = step.Number,
        Name = step.Name,
        NameEn = step.NameEn,
        WorkCenterId = step.WorkCenterId,
        SkipRule = step.SkipRule,
        Grain = step.Grain,
        EquipmentRequired = step.EquipmentRequired,
        IsKeyPoint = step.IsKeyPoint,
    };

    /// <summary>Recomputed from the step's reports that stand.</summary>
    /// <param name="started">A report that was not taken back exists.</param>
    /// <param name="finished">One of them said the step is done.</param>
    public void Follow(bool started, bool finished) => Status = finished ? StepStatus.Finished : started ? StepStatus.Started : StepStatus.Open;
}

/// <summary>A parameter of the order's step with its limits as they stood at release.</summary>
public sealed class WorkOrderParameter : Entity
{
    public long WorkOrderStepId { get; init; }
    public int Sequence { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }
    public string? Unit { get; init; }
    public decimal? LowerLimit { get; init; }
    public decimal? UpperLimit { get; init; }
    public bool IsRequired { get; init; }

    /// <summary>Whether a measured value keeps both limits (a value on a limit does).</summary>
    public bool Allows(decimal value) => (LowerLimit is not { } lower || value >= lower) && (UpperLimit is not { } upper || value <= upper);

    public static WorkOrderParameter From(RoutingParameter parameter, long workOrderStepId) => new()
    {
        WorkOrderStepId = workOrderStepId,
        Sequence = parameter.Sequence,
        Code = parameter.Code,
        Name = parameter.Name,
        NameEn = parameter.NameEn,
        Unit = parameter.Unit,
        LowerLimit = parameter.LowerLimit,
        UpperLimit = parameter.UpperLimit,
        IsRequired = parameter.IsRequired,
    };
}

public static class WorkOrderErrors
{
    public static readonly Error NotFound = Error.NotFound("order.not_found");
    public static readonly Error NotDraft = Error.Conflict("order.not_draft");
    public static readonly Error MaterialInactive = Error.Refused("order.material_inactive", "MaterialId");
    public static readonly Error NoActiveBom = Error.Refused("order.no_active_bom");
    public static readonly Error NoActiveRouting = Error.Refused("order.no_active_routing");
    public static readonly Error NoResponsible = Error.Refused("order.no_responsible", "ResponsiblePersonId");
    public static readonly Error NoPlannedStart = Error.Refused("order.no_planned_start", "PlannedStart");
    public static readonly Error NoPlannedEnd = Error.Refused("order.no_planned_end", "PlannedEnd");
    public static readonly Error PlanReversed = Error.Invalid("order.plan_reversed", "PlannedEnd");
    public static readonly Error BomStepUnknown = Error.Refused("order.bom_step_unknown");
    public static readonly Error NotOpen = Error.Conflict("order.not_open");
    public static readonly Error NotInProgress = Error.Conflict("order.not_in_progress");
    public static readonly Error OperationRunning = Error.Refused("order.operation_running");
    public static readonly Error StepsOpen = Error.Refused("order.steps_open");
    public static readonly Error NotCompleted = Error.Conflict("order.not_completed");
    public static readonly Error MaterialOpen = Error.Refused("order.material_open");
    public static readonly Error CannotCancel = Error.Refused("order.cannot_cancel");
    public static readonly Error Closed = Error.Conflict("order.closed");
}

/// <summary>Refusals when material goes to an order or comes back from it.</summary>
public static class IssueErrors
{
    public static readonly Error NoLines = Error.Invalid("issue.no_lines", "Lines");
    public static readonly Error ReceiverRequired = Error.Invalid("issue.receiver_required", "ReceiverUserName");
    public static readonly Error ReceiverSamePerson = Error.Refused("issue.receiver_same_person", "ReceiverUserName");
    public static readonly Error NotFromWarehouse = Error.Refused("issue.not_from_warehouse");
    public static readonly Error NotToWarehouse = Error.Refused("issue.not_to_warehouse", "LocationId");
    public static readonly Error MoreThanOpen = Error.Refused("issue.more_than_open");
}
