using Traceability.Domain.Common;

namespace Traceability.Domain.Production;

/// <summary>Life of a version of a bill of materials or a routing: written as a draft, valid once active, kept when retired.</summary>
public enum VersionStatus { Draft, Active, Retired }

/// <summary>How finely a step tells material apart: everything of the order together, or every report by itself.</summary>
public enum StepGrain { Order, Report }

/// <summary>What happens when a later step is reported although this one was not.</summary>
public enum SkipRule { Refuse, Warn }

/// <summary>One version of what a material is made from.</summary>
public sealed class Bom : Entity
{
    private Bom()
    {
    }

    public long MaterialId { get; private set; }
    public int Version { get; private set; }
    public VersionStatus Status { get; private set; }

    /// <summary>How much of the material the lines are for, in its stock unit.</summary>
    public decimal BaseQuantity { get; private set; }
    public DateOnly? EffectiveFrom { get; private set; }
    public string? Note { get; private set; }

    public static Bom Draft(long materialId, int version, decimal baseQuantity, string? note) => new()
    {
        MaterialId = materialId,
        Version = version,
        Status = VersionStatus.Draft,
        BaseQuantity = baseQuantity,
        Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
    };

    /// <summary>Changes a draft; an active or retired version never changes.</summary>
    public Error? Edit(decimal baseQuantity, string? note)
    {
        if (Status != VersionStatus.Draft) return BomErrors.NotDraft.With(Version);
        BaseQuantity = baseQuantity;
        Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        return null;
    }

    /// <summary>Makes the draft the version orders are released with; the caller retires the former one.</summary>
    public Error? Activate(int lines, DateOnly today)
    {
        if (Status != VersionStatus.Draft) return BomErrors.NotDraft.With(Version);
        if (lines == 0) return BomErrors.NoLines;
        Status = VersionStatus.Active;
        EffectiveFrom = today;
        return null;
    }

    /// <summary>What an order of this size needs of a line, in the line's stock unit.</summary>
    public decimal Scale(decimal lineQuantity, decimal orderQuantity) =>
        Math.Max(decimal.Round(lineQuantity * orderQuantity / BaseQuantity, Check.QuantityScale), 0.000001m);
}

/// <summary>One component of a bill of materials.</summary>
public sealed class BomLine : Entity
{
    public long BomId { get; init; }
    public int Sequence { get; init; }
    public long MaterialId { get; init; }

    /// <summary>For the bill's base quantity, in the component's stock unit.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Number of the operation that uses it; null when any may.</summary>
    public int? StepNumber { get; init; }
}

/// <summary>One version of how a material is made.</summary>
public sealed class Routing : Entity
{
    private Routing()
    {
    }

    public long MaterialId { get; private set; }
    public int Version { get; private set; }
    public VersionStatus Status { get; private set; }
    public DateOnly? EffectiveFrom { get; private set; }
    public string? Note { get; private set; }

    public static Routing Draft(long materialId, int version, string? note) => new()
    {
        MaterialId = materialId,
        Version = version,
        Status = VersionStatus.Draft,
        Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
    };

    /// <summary>Changes a draft; an active or retired version never changes.</summary>
    public Error? Edit(string? note)
    {
        if (Status != VersionStatus.Draft) return RoutingErrors.NotDraft.With(Version);
        Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        return null;
    }

    /// <summary>Makes the draft the version orders are released with; the caller retires the former one.</summary>
    public Error? Activate(int steps, DateOnly today)
    {
        if (Status != VersionStatus.Draft) return RoutingErrors.NotDraft.With(Version);
        if (steps == 0) return RoutingErrors.NoSteps;
        Status = VersionStatus.Active;
        EffectiveFrom = today;
        return null;
    }
}

/// <summary>One operation of a routing.</summary>
public sealed class RoutingStep : Entity
{
    public long RoutingId { get; init; }
    public int Number { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }
    public long WorkCenterId { get; init; }
    public SkipRule SkipRule { get; init; }
    public StepGrain Grain { get; init; }
    public bool EquipmentRequired { get; init; }

    /// <summary>A key control point (CCP, special process): shown with a mark everywhere.</summary>
    public bool IsKeyPoint { get; init; }
}

/// <summary>A process parameter recorded at an operation, with its limits.</summary>
public sealed class RoutingParameter : Entity
{
    public long RoutingStepId { get; init; }
    public int Sequence { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }
    public string? Unit { get; init; }
    public decimal? LowerLimit { get; init; }
    public decimal? UpperLimit { get; init; }
    public bool IsRequired { get; init; }
}

public static class BomErrors
{
    public static readonly Error NotFound = Error.NotFound("bom.not_found");
    public static readonly Error NotDraft = Error.Conflict("bom.not_draft");
    public static readonly Error NoLines = Error.Invalid("bom.no_lines", "Lines");
    public static readonly Error ContainsItself = Error.Invalid("bom.contains_itself");
    public static readonly Error DuplicateMaterial = Error.Invalid("bom.duplicate_material");
}

public static class RoutingErrors
{
    public static readonly Error NotFound = Error.NotFound("routing.not_found");
    public static readonly Error NotDraft = Error.Conflict("routing.not_draft");
    public static readonly Error NoSteps = Error.Invalid("routing.no_steps", "Steps");
    public static readonly Error DuplicateStep = Error.Invalid("routing.duplicate_step");
    public static readonly Error DuplicateParameter = Error.Invalid("routing.duplicate_parameter");
    public static readonly Error LimitsReversed = Error.Invalid("routing.limits_reversed");
}
