using System.Runtime.CompilerServices;
using Traceability.Domain.Common;

namespace Traceability.Application.Exports;

/// <summary>A file format lists are exported in.</summary>
public enum ExportFormat { Xlsx, Csv }

/// <summary>One column of an exported list.</summary>
/// <param name="Key">Stable name by which a page asks for the column, e.g. <c>supplierBatchCode</c>.</param>
/// <param name="Title">Head of the column in the reader's language.</param>
/// <param name="Value">
/// What stands in the cell: null, text, a number, a <see cref="DateOnly"/>, a <see cref="DateTimeOffset"/> (shown in the
/// plant's zone) or a <see cref="bool"/>. Enums are put into words by the caller.
/// </param>
public sealed record ExportColumn<T>(string Key, string Title, Func<T, object?> Value);

/// <summary>A list on its way into a file: its heads are known, its rows come page by page from the database.</summary>
public sealed class ExportTable
{
    private ExportTable(string name, IReadOnlyList<string> titles, IAsyncEnumerable<object?[]> rows, TimeZoneInfo zone) =>
        (Name, Titles, Rows, Zone) = (name, titles, rows, zone);

    /// <summary>Name of the list in the reader's language: the file's name and the sheet's.</summary>
    public string Name { get; }
    public IReadOnlyList<string> Titles { get; }
    public IAsyncEnumerable<object?[]> Rows { get; }

    /// <summary>The zone moments are shown in.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>A table over rows that are at hand or come from a stream.</summary>
    public static ExportTable Of<T>(string name, IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<T> rows, TimeZoneInfo zone) =>
        new(name, [.. columns.Select(c => c.Title)], Cells(columns, rows), zone);

    /// <summary>
    /// A table over everything a list query finds for a view (its filters, search and order; its page is ignored). The first
    /// page is read at once, so that a refusal is an answer and not a broken file.
    /// </summary>
    /// <param name="list">Calls the list query with the page it is given.</param>
    public static async Task<Result<ExportTable>> OfListAsync<T>(string name, IReadOnlyList<ExportColumn<T>> columns, PageRequest view,
        Func<PageRequest, Task<Result<Paged<T>>>> list, TimeZoneInfo zone)
    {
        var first = await list(view with { Page = 1, Size = PageRequest.MaxSize });
        if (first.Failed(out _)) return first.As<ExportTable>();
        return Of(name, columns, AllPagesAsync(first.Value, view, list), zone);
    }

    /// <summary>The same for a query that cannot refuse.</summary>
    public static async Task<Result<ExportTable>> OfListAsync<T>(string name, IReadOnlyList<ExportColumn<T>> columns, PageRequest view,
        Func<PageRequest, Task<Paged<T>>> list, TimeZoneInfo zone) =>
        await OfListAsync(name, columns, view, async page => (Result<Paged<T>>)await list(page), zone);

    private static async IAsyncEnumerable<T> AllPagesAsync<T>(Paged<T> first, PageRequest view, Func<PageRequest, Task<Result<Paged<T>>>> list,
        [EnumeratorCancellation] CancellationToken ct = default)
    {
        var page = first;
        for (var number = 1; ; number++)
        {
            foreach (var row in page.Items) yield return row;
            if (page.Items.Count < PageRequest.MaxSize) yield break;
            ct.ThrowIfCancellationRequested();
            page = (await list(view with { Page = number + 1, Size = PageRequest.MaxSize })).Value;
        }
    }

    private static async IAsyncEnumerable<object?[]> Cells<T>(IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<T> rows, [EnumeratorCancellation] CancellationToken ct = default)
    {
        await foreach (var row in rows.WithCancellation(ct))
        {
            var cells = new object?[columns.Count];
            for (var i = 0; i < cells.Length; i++) cells[i] = columns[i].Value(row);
            yield return cells;
        }
    }
}
