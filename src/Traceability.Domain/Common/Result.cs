using System.Diagnostics.CodeAnalysis;

namespace Traceability.Domain.Common;

/// <summary>Either a value or one or more expected refusals. Bugs and a lost database are exceptions, not results.</summary>
public sealed class Result<T>
{
    private readonly T? value;

    private Result(T? value, IReadOnlyList<Error> errors)
    {
        this.value = value;
        Errors = errors;
    }

    /// <summary>Empty when the call succeeded.</summary>
    public IReadOnlyList<Error> Errors { get; }

    public bool IsSuccess => Errors.Count == 0;

    /// <summary>The first refusal; throws when there is none.</summary>
    public Error Error => Errors[0];

    /// <summary>The value; throws when the call was refused.</summary>
    public T Value => IsSuccess ? value! : throw new InvalidOperationException($"The call was refused: {string.Join(", ", Errors.Select(e => e.Code))}.");

    public bool Failed([NotNullWhen(true)] out IReadOnlyList<Error>? errors)
    {
        errors = IsSuccess ? null : Errors;
        return !IsSuccess;
    }

    /// <summary>Splits the result: the refusals when the call failed, its value when it did not.</summary>
    public bool Failed([NotNullWhen(true)] out IReadOnlyList<Error>? errors, [MaybeNullWhen(true)] out T success)
    {
        success = value;
        return Failed(out errors);
    }

    /// <summary>The same refusal for a call that would have answered something else.</summary>
    public Result<TOther> As<TOther>() => Result<TOther>.Refuse(Errors);

    public static Result<T> Refuse(IReadOnlyList<Error> errors) =>
        errors.Count > 0 ? new Result<T>(default, errors) : throw new ArgumentException("A refusal needs an error.", nameof(errors));

    public static implicit operator Result<T>(T value) => new(value, []);

    public static implicit operator Result<T>(Error error) => new(default, [error]);

    public static implicit operator Result<T>(List<Error> errors) => Refuse(errors);
}

/// <summary>The answer of a use case that has nothing to say but that it happened.</summary>
public sealed record Done
{
    public static readonly Done Value = new();
}
