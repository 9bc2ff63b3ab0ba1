namespace Traceability.Domain.Common;

/// <summary>Which page of a list is wanted. Every list is paged in the database with a stable order.</summary>
/// <param name="Page">One-based page number; values below 1 mean 1.</param>
/// <param name="Size">Rows a page; clamped to 1…500.</param>
/// <param name="Search">Free text the list's search understands; null or blank for all.</param>
/// <param name="Sort">The list's sort key; null for its default order.</param>
/// <param name="Descending">Turns the order of <paramref name="Sort"/> round.</param>
public sealed record PageRequest(int Page = 1, int Size = 25, string? Search = null, string? Sort = null, bool Descending = false)
{
    public const int MaxSize = 500;

    public int Take => Math.Clamp(Size, 1, MaxSize);

    public int Skip => (int)Math.Min((long)(Math.Max(Page, 1) - 1) * Take, int.MaxValue);

    /// <summary>The trimmed search text, or null when there is none.</summary>
    public string? Text => string.IsNullOrWhiteSpace(Search) ? null : Search.Trim();
}

/// <summary>One page of a list and how many rows there are in all.</summary>
public sealed record Paged<T>(IReadOnlyList<T> Items, long Total);
