using Microsoft.Net.Http.Headers;
using Traceability.Application.Exports;
using Traceability.Domain.Common;
using Traceability.Web.Components;
using Traceability.Web.Components.Lists;

namespace Traceability.Web.Api;

/// <summary>
/// The view to export, as it stands in a list page's address (<c>q</c>, <c>sort</c>, <c>desc</c>) or as on list endpoints
/// (<c>search</c>, <c>sort</c>, <c>descending</c>).
/// </summary>
/// <param name="Format">xlsx (default) or csv.</param>
/// <param name="Columns">Keys of the columns, separated by commas; all when left out.</param>
public sealed record ExportQuery(string? Format, string? Q, string? Search, string? Sort, string? Desc, bool? Descending, string? Columns)
{
    public PageRequest ToRequest() => new(Search: Q ?? Search, Sort: Sort, Descending: Descending ?? Desc == "1");
}

/// <summary>Answers a list as a file: the columns and the language of the page, all rows of its filters, streamed.</summary>
public static class ListExport
{
    /// <param name="name">Name of the list in the reader's language.</param>
    /// <param name="list">Calls the list query with the page it is given and the list's own filters.</param>
    public static async Task<IResult> ToFileAsync<T>(this ExportQuery query, HttpContext context, string name, IReadOnlyList<ListColumn<T>> columns, Func<PageRequest, Task<Result<Paged<T>>>> list)
    {
        var check = new Check();
        var format = ApiValues.Enum<ExportFormat>(query.Format, nameof(query.Format), check) ?? ExportFormat.Xlsx;
        if (check.Failed) return new ErrorResult(check.Errors);
        var wanted = query.Columns?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var shown = wanted is { Length: > 0 } ? columns.Where(c => wanted.Contains(c.Key)).ToList() : [.. columns];
        if (shown.Count == 0) return new ErrorResult([CommonErrors.Unknown.On(nameof(query.Columns))]);

        var services = context.RequestServices;
        var visitor = await services.GetRequiredService<IVisitorSource>().VisitorAsync(context.User, context.RequestAborted);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(visitor.Plant?.TimeZone ?? PlantClock.DefaultZone);
        var table = await ExportTable.OfListAsync(name, [.. shown.Select(c => c.ToExport())], query.ToRequest(), list, zone);
        if (table.Failed(out var errors)) return new ErrorResult(errors);

        var file = TableExporter.FileName(table.Value, format, services.GetRequiredService<TimeProvider>().GetUtcNow());
        return Results.Stream(body => TableExporter.WriteAsync(table.Value, format, body, context.RequestAborted), MediaTypeHeaderValue.Parse(TableExporter.ContentType(format)).ToString(), file);
    }
}
