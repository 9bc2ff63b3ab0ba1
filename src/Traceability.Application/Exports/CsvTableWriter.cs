using System.Globalization;
using System.Text;

namespace Traceability.Application.Exports;

/// <summary>
/// CSV as spreadsheets expect it: UTF-8 with a byte order mark (else Chinese turns to garbage in Excel), RFC 4180 quoting, and
/// no text that a spreadsheet would run as a formula.
/// </summary>
internal static class CsvTableWriter
{
    private static readonly UTF8Encoding Utf8WithMark = new(encoderShouldEmitUTF8Identifier: true);

    public static async Task WriteAsync(ExportTable table, Stream stream, CancellationToken ct)
    {
        await using var writer = new StreamWriter(stream, Utf8WithMark, 16 * 1024, leaveOpen: true);
        var line = new StringBuilder();
        await WriteLineAsync([.. table.Titles]);
        await foreach (var row in table.Rows.WithCancellation(ct)) await WriteLineAsync(row);
        await writer.FlushAsync(ct);

        async Task WriteLineAsync(object?[] cells)
        {
            line.Clear();
            for (var i = 0; i < cells.Length; i++)
            {
                if (i > 0) line.Append(',');
                line.Append(Cell(cells[i], table.Zone));
            }

            line.Append("\r\n");
            await writer.WriteAsync(line, ct);
        }
    }

    private static string Cell(object? value, TimeZoneInfo zone) => value switch
    {
        null => "",
        string text => Quoted(Harmless(text)),
        bool yes => yes ? "1" : "0",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset moment => TimeZoneInfo.ConvertTime(moment, zone).ToString(TableExporter.MomentFormat, CultureInfo.InvariantCulture),
        _ => TableExporter.Number(value) ?? throw new ArgumentException($"A cell cannot hold a {value.GetType().Name}.", nameof(value)),
    };

    /// <summary>An apostrophe in front keeps a spreadsheet from running text as a formula (CSV injection).</summary>
    private static string Harmless(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? "'" + text : text;

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
