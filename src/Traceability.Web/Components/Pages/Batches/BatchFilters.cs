using Traceability.Application.Batches;
using Traceability.Domain.Batches;
using Traceability.Domain.MasterData;
using Traceability.Web.Components.Pages.Quality;

namespace Traceability.Web.Components.Pages.Batches;

/// <summary>The batch list's filters as they stand in its address; the page and its export read them alike.</summary>
public sealed record BatchFilters(string? Status, string? Hold, string? Kind, string? Expires, string? Stock)
{
    public BatchFilter Read() => new(QualityWords.Read<QualityStatus>(Status), QualityWords.Read<MaterialKind>(Kind), Flag(Hold),
        // Zero days means expired already.
        int.TryParse(Expires, out var days) ? days == 0 ? -1 : days : null, Flag(Stock));

    private static bool? Flag(string? text) => text switch { "1" => true, "0" => false, _ => null };
}
