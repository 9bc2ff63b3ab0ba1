using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Domain.Quality;

/// <summary>What is decided about a batch.</summary>
public enum DecisionKind
{
    /// <summary>Everything owed is passed: the batch may be used.</summary>
    Release,

    /// <summary>Released although something owed is failed or missing. Needs a second person.</summary>
    Override,

    /// <summary>Not conforming but accepted for use. Needs a second person.</summary>
    Concession,

    /// <summary>Must not be used.</summary>
    Reject,
}

/// <summary>One change of a batch's quality status, by rule or by person. Never changed or deleted.</summary>
public sealed class QualityDecision : Entity
{
    private QualityDecision()
    {
    }

    public long PlantId { get; private set; }
    public long BatchId { get; private set; }
    public long? InspectionId { get; private set; }
    public QualityStatus FromStatus { get; private set; }
    public QualityStatus ToStatus { get; private set; }
    public bool IsOverride { get; private set; }

    /// <summary>Followed from a rule (everything owed was passed) instead of a person's judgement.</summary>
    public bool ByRule { get; private set; }

    /// <summary>Who decided, or whose action made the rule apply.</summary>
    [References(typeof(Person))]
    public long DecidedBy { get; private set; }

    [References(typeof(Person))]
    public long? SecondPersonId { get; private set; }
    public string? Reason { get; private set; }
    public DateTimeOffset DecidedAt { get; private set; }

    /// <summary>Changes the batch's status and says why. The caller has locked the batch and checked what release demands.</summary>
    public static Result<QualityDecision> Take(Batch batch, Material material, DecisionKind kind, long person, long? secondPerson, string? reason, long? inspectionId, bool byRule, DateTimeOffset now)
    {
        var from = batch.QualityStatus;
        var to = kind switch
        {
            DecisionKind.Concession => QualityStatus.Concession,
            DecisionKind.Reject => QualityStatus.Rejected,
            _ => QualityStatus.Released,
        };
        if (!CanFollow(from, kind)) return DecisionErrors.NotFromThisStatus.With(batch.Code, from);
        if (NeedsSecondPerson(kind))
        {
            if (secondPerson is null) return DecisionErrors.SecondPersonMissing;
            if (secondPerson == person) return DecisionErrors.SamePerson;
        }

        if (kind != DecisionKind.Release && string.IsNullOrWhiteSpace(reason)) return CommonErrors.ReasonRequired;
        if (batch.Decide(to, material) is { } refused) return refused;
        return new QualityDecision
        {
            PlantId = batch.PlantId,
            BatchId = batch.Id,
            InspectionId = inspectionId,
            FromStatus = from,
            ToStatus = to,
            IsOverride = kind == DecisionKind.Override,
            ByRule = byRule,
            DecidedBy = person,
            SecondPersonId = NeedsSecondPerson(kind) ? secondPerson : null,
            Reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(),
            DecidedAt = now,
        };
    }

    /// <summary>Which decisions a status leaves open.</summary>
    public static bool CanFollow(QualityStatus from, DecisionKind kind) => kind switch
    {
        DecisionKind.Release => from == QualityStatus.Pending,
        DecisionKind.Override or DecisionKind.Concession => from is QualityStatus.Pending or QualityStatus.Rejected,
        _ => from != QualityStatus.Rejected,
    };

    public static bool NeedsSecondPerson(DecisionKind kind) => kind is DecisionKind.Override or DecisionKind.Concession;
}

public static class DecisionErrors
{
    public static readonly Error NotFromThisStatus = Error.Conflict("decision.not_from_this_status");
    public static readonly Error SecondPersonMissing = Error.Invalid("decision.second_person_missing", "SecondUserName");
    public static readonly Error SamePerson = Error.Refused("decision.same_person", "SecondUserName");
    public static readonly Error SecondPersonMayNot = Error.Refused("decision.second_person_may_not", "SecondUserName");
    public static readonly Error InspectionOwed = Error.Refused("decision.inspection_owed");
    public static readonly Error InspectionOpen = Error.Refused("decision.inspection_open");
    public static readonly Error InspectionFailed = Error.Refused("decision.inspection_failed");
}
