using Microsoft.EntityFrameworkCore;
using Traceability.Domain.Common;

namespace Traceability.Application.Common;

internal static class QueryExtensions
{
    /// <summary>Runs an ordered query for one page: one count and one select.</summary>
    public static async Task<Paged<T>> ToPageAsync<T>(this IQueryable<T> ordered, PageRequest page, CancellationToken ct)
    {
        var total = await ordered.LongCountAsync(ct);
        if (total == 0) return new Paged<T>([], 0);
        return new Paged<T>(await ordered.Skip(page.Skip).Take(page.Take).ToListAsync(ct), total);
    }

    /// <summary>A pattern for ILIKE that finds the text anywhere, with its own wildcards taken literally: pass <see cref="ListQueries.Escape"/> with it.</summary>
    public static string Like(string text) => $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}

/// <summary>A record named on a page: id, code and both names. The page shows the name of its language.</summary>
public sealed record Ref(long Id, string Code, string Name, string? NameEn = null);
