using Traceability.Domain.Common;

namespace Traceability.Domain.Quality;

/// <summary>When in the life of a batch it is inspected.</summary>
public enum InspectionKind { Incoming, InProcess, Final }

/// <summary>A plan is written as a draft, used while active, and kept for its old inspections once retired.</summary>
public enum InspectionPlanStatus { Draft, Active, Retired }

/// <summary>
/// What is tested on a material at one point of its life. A version that has been active never changes: inspections point to
/// it and are judged by it for ever.
/// </summary>
public sealed class InspectionPlan : Entity
{
    private InspectionPlan()
    {
    }

    public long MaterialId { get; private set; }
    public InspectionKind Kind { get; private set; }

    /// <summary>1, 2, 3 … within material and kind.</summary>
    public int Version { get; private set; }
    public InspectionPlanStatus Status { get; private set; }
    public string? Note { get; private set; }

    public static InspectionPlan Draft(long materialId, InspectionKind kind, int version, string? note) => new()
    {
        MaterialId = materialId,
        Kind = kind,
        Version = version,
        Status = InspectionPlanStatus.Draft,
        Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
    };

    /// <summary>Changes a draft; an activated version is refused.</summary>
    public Error? Edit(string? note)
    {
        if (Status != InspectionPlanStatus.Draft) return InspectionPlanErrors.NotDraft;
        Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        return null;
    }

    /// <summary>Puts the draft into use; the caller retires the former version in the same transaction.</summary>
    public Error? Activate(int characteristics)
    {
        if (Status != InspectionPlanStatus.Draft) return InspectionPlanErrors.NotDraft;
        if (characteristics == 0) return InspectionPlanErrors.NoCharacteristics;
        Status = InspectionPlanStatus.Active;
        return null;
    }

    /// <summary>Takes an active version out of use.</summary>
    public Error? Retire()
    {
        if (Status != InspectionPlanStatus.Active) return InspectionPlanErrors.NotActive;
        Status = InspectionPlanStatus.Retired;
        return null;
    }
}

public static class InspectionPlanErrors
{
    public static readonly Error NotFound = Error.NotFound("inspection_plan.not_found");
    public static readonly Error NotDraft = Error.Conflict("inspection_plan.not_draft");
    public static readonly Error NotActive = Error.Conflict("inspection_plan.not_active");
    public static readonly Error NoCharacteristics = Error.Invalid("inspection_plan.no_characteristics", "Characteristics");
    public static readonly Error DuplicateCode = Error.Invalid("inspection_plan.duplicate_code");
    public static readonly Error LimitsReversed = Error.Invalid("inspection_plan.limits_reversed");
    public static readonly Error NoLimit = Error.Invalid("inspection_plan.no_limit");
    public static readonly Error SamplingIncomplete = Error.Invalid("inspection_plan.sampling_incomplete");
    public static readonly Error AcceptanceTooLarge = Error.Invalid("inspection_plan.acceptance_too_large");
    public static readonly Error SamplingLimits = Error.Invalid("inspection_plan.sampling_limits");
}
