using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;

namespace Traceability.Domain.Holds;

/// <summary>Who or what placed a hold.</summary>
public enum HoldCause { Person, Inspection, Rule, Incident }

/// <summary>Batches: exactly those named. Downstream: one batch and everything made of it, also what is made of it later.</summary>
public enum HoldScope { Batches, Downstream }

/// <summary>
/// Stops batches until someone with the right to do so lets them go. Stands beside the quality status; several holds may
/// stand on one batch, and it moves again when the last is released.
/// </summary>
public sealed class Hold : Entity
{
    private Hold()
    {
    }

    public long PlantId { get; private set; }
    public string Code { get; private set; } = "";
    public long? ReasonCodeId { get; private set; }
    public string Reason { get; private set; } = "";
    public HoldCause Cause { get; private set; }
    public long? InspectionId { get; private set; }

    [References(typeof(Batch))]
    public long? RootBatchId { get; private set; }
    public HoldScope Scope { get; private set; }
    public DateTimeOffset PlacedAt { get; private set; }

    [References(typeof(Person))]
    public long PlacedBy { get; private set; }
    public DateTimeOffset? ReleasedAt { get; private set; }

    [References(typeof(Person))]
    public long? ReleasedBy { get; private set; }
    public string? ReleaseReason { get; private set; }

    public static Hold Place(long plantId, string code, long? reasonCodeId, string reason, HoldCause cause, HoldScope scope, long? rootBatchId, long? inspectionId, long person, DateTimeOffset now) => new()
    {
        PlantId = plantId,
        Code = code,
        ReasonCodeId = reasonCodeId,
        Reason = reason.Trim(),
        Cause = cause,
        Scope = scope,
        RootBatchId = rootBatchId,
        InspectionId = inspectionId,
        PlacedAt = now,
        PlacedBy = person,
    };

    /// <summary>The refusal when the hold has been released as a whole, else null.</summary>
    public Error? RefuseIfReleased() => ReleasedAt is null ? null : HoldErrors.AlreadyReleased.With(Code);

    /// <summary>Ends the hold; the caller has let its last batch go.</summary>
    public void Release(long person, string reason, DateTimeOffset now)
    {
        ReleasedAt = now;
        ReleasedBy = person;
        ReleaseReason = reason.Trim();
    }
}

/// <summary>One batch under a hold.</summary>
public sealed class HoldBatch : Entity
{
    private HoldBatch()
    {
    }

    public long HoldId { get; private set; }
    public long BatchId { get; private set; }

    /// <summary>When this batch was let go; null while it is held.</summary>
    public DateTimeOffset? ReleasedAt { get; private set; }
}

public static class HoldErrors
{
    public static readonly Error NotFound = Error.NotFound("hold.not_found");
    public static readonly Error NoBatches = Error.Invalid("hold.no_batches", "Codes");
    public static readonly Error TooMany = Error.Invalid("hold.too_many", "Codes");
    public static readonly Error UnknownCodes = Error.Refused("hold.unknown_codes", "Codes");
    public static readonly Error AlreadyReleased = Error.Conflict("hold.already_released");
    public static readonly Error NotUnderHold = Error.Refused("hold.not_under_hold", "BatchIds");
    public static readonly Error NeedsRoot = Error.Invalid("hold.needs_root", "Codes");
}
