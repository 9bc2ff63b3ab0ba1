using Traceability.Domain.Common;
using Traceability.Web.Components.Ui;

namespace Traceability.Web.Components.Pages.Gallery;

/// <summary>One row of the gallery's list.</summary>
internal sealed record GalleryRow(long Id, string Code, string Material, decimal Quantity, string Unit, string Status, string Place, DateTimeOffset ReceivedAt, DateOnly? ExpiresOn);

/// <summary>Made-up batches, filtered and paged the way a query does it.</summary>
internal static class GalleryRows
{
    private static readonly string[] Materials = ["6061-T6 φ40×3000", "PA66-GF30 BK", "M6×16 A2-70", "SAC305 T4", "NBR70 23.5×2.65"];

    public static readonly DateTimeOffset Start = new(2026, 3, 26, 6, 5, 0, TimeSpan.Zero);

    public static readonly IReadOnlyList<GalleryRow> All =
    [
        .. Enumerable.Range(1, 137).Select(number => new GalleryRow(
            number,
            $"RM-2603{number % 28 + 1:00}-{number:0000}",
            Materials[number % Materials.Length],
            number * 37.25m % 1900 + 12.5m,
            number % Materials.Length == 2 ? "pcs" : "kg",
            StatusKind.Named[number % StatusKind.Named.Count],
            $"WH1-A{number % 7:00}-{number % 5 + 1:00}",
            Start.AddMinutes(-97 * number),
            number % 4 == 0 ? null : new DateOnly(2027, 3, 1).AddDays(number))),
    ];

    public static async Task<Paged<GalleryRow>> LoadAsync(PageRequest request, string? status, CancellationToken ct)
    {
        await Task.Delay(250, ct);
        var rows = All
            .Where(row => status is null || row.Status == status)
            .Where(row => request.Text is not { } text || row.Code.Contains(text, StringComparison.OrdinalIgnoreCase) || row.Material.Contains(text, StringComparison.OrdinalIgnoreCase));
        rows = request.Sort switch
        {
            "code" => rows.OrderBy(row => row.Code, StringComparer.Ordinal),
            "quantity" => rows.OrderBy(row => row.Quantity),
            "received" => rows.OrderBy(row => row.ReceivedAt),
            _ => rows,
        };
        var found = rows.ToList();
        if (request.Descending) found.Reverse();
        return new Paged<GalleryRow>([.. found.Skip(request.Skip).Take(request.Take)], found.Count);
    }

    public static Task<IReadOnlyList<LookupItem>> FindAsync(string text, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<LookupItem>>(
        [
            .. All.Where(row => row.Code.Contains(text, StringComparison.OrdinalIgnoreCase) || row.Material.Contains(text, StringComparison.OrdinalIgnoreCase))
                .Take(8)
                .Select(row => new LookupItem(row.Id, row.Code, row.Material, Formats.Quantity(row.Quantity, row.Unit))),
        ]);
    }
}
