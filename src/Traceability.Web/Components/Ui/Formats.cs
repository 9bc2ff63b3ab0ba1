using System.Globalization;

namespace Traceability.Web.Components.Ui;

/// <summary>How numbers and dates are written, the same in both languages.</summary>
public static class Formats
{
    /// <summary>Stands between a number and its unit.</summary>
    public const char ThinSpace = '\u2009';

    /// <summary>Stands for a value that is not there.</summary>
    public const string None = "–";

    /// <summary>Thousands separated by commas, up to six decimals, no trailing zeros.</summary>
    public static string Number(decimal number) => number.ToString("#,##0.######", CultureInfo.InvariantCulture);

    /// <summary>Number, thin space, unit.</summary>
    public static string Quantity(decimal number, string? unit) => string.IsNullOrEmpty(unit) ? Number(number) : $"{Number(number)}{ThinSpace}{UnitWords.Of(unit)}";

    /// <summary>Any value of a list cell; times need a zone and are shown by <see cref="PlantClock"/>.</summary>
    public static string Value(object? value) => value switch
    {
        null or "" => None,
        string text => text,
        decimal number => Number(number),
        int or long or short => ((IFormattable)value).ToString("#,##0", CultureInfo.InvariantCulture),
        double number => number.ToString("#,##0.######", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? None,
    };

    /// <summary>A file's size in the unit that suits it.</summary>
    public static string FileSize(long bytes) => bytes switch
    {
        < 1024 => $"{bytes}{ThinSpace}B",
        < 1024 * 1024 => $"{Number(Math.Round(bytes / 1024m, 1))}{ThinSpace}KB",
        _ => $"{Number(Math.Round(bytes / 1048576m, 1))}{ThinSpace}MB",
    };
}
