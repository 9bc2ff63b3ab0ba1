namespace Traceability.Domain.Common;

/// <summary>
/// Collects every broken rule of an input, so that a form shows all of them at once.
/// </summary>
public sealed class Check
{
    /// <summary>Decimal places of a stored quantity (numeric(18,6)).</summary>
    public const int QuantityScale = 6;

    /// <summary>Largest storable quantity.</summary>
    public const decimal QuantityMax = 999_999_999_999m;

    private readonly List<Error> errors = [];

    public bool Failed => errors.Count > 0;

    public List<Error> Errors => errors;

    public Check Add(Error? error)
    {
        if (error is not null) errors.Add(error);
        return this;
    }

    public Check That(bool holds, Error error) => holds ? this : Add(error);

    /// <summary>A text that must be there and fit.</summary>
    public Check Text(string? value, string field, int max)
    {
        if (string.IsNullOrWhiteSpace(value)) return Add(CommonErrors.Required.On(field));
        return OptionalText(value, field, max);
    }

    /// <summary>A text that may be missing but must fit.</summary>
    public Check OptionalText(string? value, string field, int max) =>
        value is not null && value.Trim().Length > max ? Add(CommonErrors.TooLong.On(field).With(max)) : this;

    /// <summary>A reason for something that leaves a trace: required, at most 500 characters.</summary>
    public Check Reason(string? value, string field = "Reason")
    {
        if (string.IsNullOrWhiteSpace(value)) return Add(CommonErrors.ReasonRequired.On(field));
        return OptionalText(value, field, 500);
    }

    public Check Id(long value, string field) => value > 0 ? this : Add(CommonErrors.Required.On(field));

    /// <summary>A quantity greater than zero with at most six decimals.</summary>
    public Check Quantity(decimal value, string field)
    {
        if (value <= 0) return Add(CommonErrors.NotPositive.On(field));
        return Scale(value, field);
    }

    /// <summary>A quantity of zero or more with at most six decimals.</summary>
    public Check QuantityOrZero(decimal value, string field)
    {
        if (value < 0) return Add(CommonErrors.Negative.On(field));
        return Scale(value, field);
    }

    private Check Scale(decimal value, string field)
    {
        if (value > QuantityMax) return Add(CommonErrors.OutOfRange.On(field).With(0m, QuantityMax));
        return decimal.Round(value, QuantityScale) == value ? this : Add(CommonErrors.TooPrecise.On(field).With(QuantityScale));
    }
}
