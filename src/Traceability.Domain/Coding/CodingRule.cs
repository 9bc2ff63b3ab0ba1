using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Domain.Coding;

/// <summary>Kinds of record that get their code from a rule.</summary>
public enum CodedRecord { Batch, BatchPart, Receipt, WorkOrder, Inspection, Hold, Deviation, Shipment, Dossier }

/// <summary>How the codes of a kind of record are built; held as data, edited by configurators.</summary>
public sealed class CodingRule : EditableEntity
{
    public CodedRecord RecordType { get; set; }

    /// <summary>Narrows a batch rule to one kind of material; null for the rule that serves all others.</summary>
    public MaterialKind? MaterialKind { get; set; }
    public required string Pattern { get; set; }
    public bool IsActive { get; set; } = true;
}

public static class CodingErrors
{
    public static readonly Error NoRule = Error.Refused("coding.no_rule");
    public static readonly Error BadPattern = Error.Invalid("coding.bad_pattern", "Pattern");
    public static readonly Error UnknownToken = Error.Invalid("coding.unknown_token", "Pattern");
    public static readonly Error NoDistinction = Error.Invalid("coding.no_distinction", "Pattern");
    public static readonly Error SequenceExhausted = Error.Refused("coding.sequence_exhausted");
    public static readonly Error MissingValue = Error.Refused("coding.missing_value");
    public static readonly Error TooLong = Error.Invalid("coding.too_long", "Pattern");

    /// <summary>The token stands for nothing in this kind of record, so no code could ever be made.</summary>
    public static readonly Error TokenUnavailable = Error.Invalid("coding.token_unavailable", "Pattern");

    /// <summary>Two active rules of one kind of record that build the same codes would hand out the same number twice.</summary>
    public static readonly Error SamePattern = Error.Conflict("coding.same_pattern", "Pattern");
    public static readonly Error KindOnlyForBatches = Error.Invalid("coding.kind_only_for_batches", "MaterialKind");
    public static readonly Error RuleExists = Error.Conflict("coding.rule_exists", "RecordType");

    /// <summary>The last rule of a kind of record: without it nothing of that kind could be recorded any more.</summary>
    public static readonly Error LastRule = Error.Conflict("coding.last_rule", "IsActive");
}
