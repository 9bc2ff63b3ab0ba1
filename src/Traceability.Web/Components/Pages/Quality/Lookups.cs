using Traceability.Application.Common;
using Traceability.Web.Components.Ui;

namespace Traceability.Web.Components.Pages.Quality;

/// <summary>Turns what form pickers find into what they show.</summary>
internal static class Lookups
{
    public static LookupItem Item(Ref found) => new(found.Id, found.Code, QualityWords.Name(found));

    public static async Task<IReadOnlyList<LookupItem>> ItemsAsync(Task<IReadOnlyList<Ref>> found) => [.. (await found).Select(Item)];

    /// <summary>What a picker shows for a record it opens with.</summary>
    public static string Display(Ref record) => $"{record.Code}  {QualityWords.Name(record)}";
}
