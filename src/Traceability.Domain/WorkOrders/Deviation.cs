using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Domain.WorkOrders;

public enum DeviationStatus { Requested, Approved, Refused }

/// <summary>
/// A planned departure from the order's bill of materials or from a batch's status, asked for by one person and decided by
/// another. Without a batch it lets the material through as a substitute; with one it lets that batch through in spite of
/// pending, rejected or expired — never in spite of a hold.
/// </summary>
public sealed class Deviation : Entity
{
    private Deviation()
    {
    }

    public long PlantId { get; private set; }
    public string Code { get; private set; } = "";
    public long WorkOrderId { get; private set; }
    public long MaterialId { get; private set; }
    public long? BatchId { get; private set; }

    [References(typeof(Material))]
    public long? ReplacesMaterialId { get; private set; }

    /// <summary>Most that may be used under it, in the material's stock unit; null for no limit.</summary>
    public decimal? MaxQuantity { get; private set; }
    public string Reason { get; private set; } = "";
    public DeviationStatus Status { get; private set; }

    [References(typeof(Person))]
    public long RequestedBy { get; private set; }
    public DateTimeOffset RequestedAt { get; private set; }

    [References(typeof(Person))]
    public long? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? DecisionNote { get; private set; }

    public static Deviation Request(long plantId, string code, long workOrderId, long materialId, Batch? batch, long? replacesMaterialId, decimal? maxQuantity, string reason, long person, DateTimeOffset now) => new()
    {
        PlantId = plantId,
        Code = code,
        WorkOrderId = workOrderId,
        MaterialId = materialId,
        BatchId = batch?.Id,
        ReplacesMaterialId = replacesMaterialId,
        MaxQuantity = maxQuantity,
        Reason = reason.Trim(),
        Status = DeviationStatus.Requested,
        RequestedBy = person,
        RequestedAt = now,
    };

    /// <summary>Approves or refuses it; the one who asked cannot decide.</summary>
    public Error? Decide(bool approve, long person, string? note, DateTimeOffset now)
    {
        if (Status != DeviationStatus.Requested) return DeviationErrors.AlreadyDecided.With(Code);
        if (person == RequestedBy) return DeviationErrors.SamePerson;
        Status = approve ? DeviationStatus.Approved : DeviationStatus.Refused;
        DecidedBy = person;
        DecidedAt = now;
        DecisionNote = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        return null;
    }
}

public static class DeviationErrors
{
    public static readonly Error NotFound = Error.NotFound("deviation.not_found");
    public static readonly Error AlreadyDecided = Error.Conflict("deviation.already_decided");
    public static readonly Error QuantityExceeded = Error.Refused("deviation.quantity_exceeded", "Quantity");
    public static readonly Error BatchOfOtherMaterial = Error.Invalid("deviation.batch_of_other_material", "BatchId");
    public static readonly Error SamePerson = Error.Refused("deviation.same_person");
}
