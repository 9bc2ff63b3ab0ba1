using System.Globalization;

namespace Traceability.Application.Exports;

/// <summary>Writes a list into a stream row by row; memory use does not grow with the list.</summary>
public static class TableExporter
{
    /// <summary>How a moment is written where a cell cannot hold one: as on the screen, in the plant's zone.</summary>
    internal const string MomentFormat = "yyyy-MM-dd HH:mm:ss";

    public static Task WriteAsync(ExportTable table, ExportFormat format, Stream stream, CancellationToken ct) => format switch
    {
        ExportFormat.Csv => CsvTableWriter.WriteAsync(table, stream, ct),
        ExportFormat.Xlsx => XlsxTableWriter.WriteAsync(table, stream, ct),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    public static string ContentType(ExportFormat format) =>
        format == ExportFormat.Csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Name of the list, the plant's day, and the format's ending; characters no file system takes are left out.</summary>
    public static string FileName(ExportTable table, ExportFormat format, DateTimeOffset now)
    {
        var name = string.Concat(table.Name.Where(c => !char.IsControl(c) && !"\\/:*?\"<>|".Contains(c, StringComparison.Ordinal)));
        var day = TimeZoneInfo.ConvertTime(now, table.Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"{name} {day}.{(format == ExportFormat.Csv ? "csv" : "xlsx")}";
    }

    /// <summary>The number a cell holds, or null when its value is not a number.</summary>
    internal static string? Number(object value) => value switch
    {
        int or long or short or byte or uint => Convert.ToString(value, CultureInfo.InvariantCulture),
        // Trailing zeros are the database's scale, not precision.
        decimal d => d.ToString("0.############", CultureInfo.InvariantCulture),
        double d when double.IsFinite(d) => d.ToString("R", CultureInfo.InvariantCulture),
        _ => null,
    };
}
