namespace Traceability.Domain.Common;

/// <summary>Why an expected refusal happened; decides the HTTP status at the edge.</summary>
public enum ErrorKind
{
    /// <summary>The input breaks a rule of form (400).</summary>
    Invalid,

    /// <summary>The caller may not do this (403).</summary>
    Forbidden,

    /// <summary>What was named does not exist, or not in the caller's plant (404).</summary>
    NotFound,

    /// <summary>The record is not in the state the action needs, or was changed meanwhile (409).</summary>
    Conflict,

    /// <summary>A business rule of the trade refuses the action (422).</summary>
    Refused,
}

/// <summary>
/// An expected refusal: a stable code that is put into words, in the user's language, at the edge.
/// </summary>
/// <param name="Code">Stable dotted code, e.g. <c>batch.on_hold</c>; key of the text in the feature's resource file.</param>
/// <param name="Kind">Class of refusal.</param>
/// <param name="Field">Name of the input record's property the error is about, or null.</param>
public sealed record Error(string Code, ErrorKind Kind, string? Field = null)
{
    /// <summary>Positional arguments for the text (codes, quantities, limits).</summary>
    public IReadOnlyList<object?> Args { get; init; } = [];

    /// <summary>Link to the record that explains the refusal (path inside the application), if there is one.</summary>
    public string? Link { get; init; }

    public Error With(params object?[] args) => this with { Args = args };

    public Error On(string field) => this with { Field = field };

    public Error LinkedTo(string path) => this with { Link = path };

    public static Error Invalid(string code, string? field = null) => new(code, ErrorKind.Invalid, field);

    public static Error NotFound(string code, string? field = null) => new(code, ErrorKind.NotFound, field);

    public static Error Conflict(string code, string? field = null) => new(code, ErrorKind.Conflict, field);

    public static Error Refused(string code, string? field = null) => new(code, ErrorKind.Refused, field);

    public static Error Forbidden(string code) => new(code, ErrorKind.Forbidden);
}

/// <summary>Errors that belong to no aggregate.</summary>
public static class CommonErrors
{
    public static readonly Error Forbidden = Error.Forbidden("common.forbidden");
    public static readonly Error NotFound = Error.NotFound("common.not_found");
    public static readonly Error Required = Error.Invalid("common.required");
    public static readonly Error TooLong = Error.Invalid("common.too_long");
    public static readonly Error NotPositive = Error.Invalid("common.not_positive");
    public static readonly Error Negative = Error.Invalid("common.negative");
    public static readonly Error TooPrecise = Error.Invalid("common.too_precise");
    public static readonly Error OutOfRange = Error.Invalid("common.out_of_range");
    public static readonly Error Unknown = Error.Invalid("common.unknown_value");
    public static readonly Error Duplicate = Error.Conflict("common.duplicate");
    public static readonly Error InUse = Error.Conflict("common.in_use");
    public static readonly Error ChangedMeanwhile = Error.Conflict("common.changed_meanwhile");
    public static readonly Error NoPerson = Error.Refused("common.no_person");
    public static readonly Error NoPlant = Error.Refused("common.no_plant");
    public static readonly Error IdempotencyMismatch = Error.Refused("common.idempotency_mismatch");
    public static readonly Error ReasonRequired = Error.Invalid("common.reason_required", "Reason");
    public static readonly Error Busy = Error.Conflict("common.busy");
    public static readonly Error Malformed = Error.Invalid("common.malformed");
}
