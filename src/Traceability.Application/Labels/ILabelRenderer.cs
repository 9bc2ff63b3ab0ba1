using Traceability.Application.Dossiers;

namespace Traceability.Application.Labels;

/// <summary>Size of a label, width × height.</summary>
public enum LabelSize
{
    /// <summary>100 × 60 mm: bags, pallets, drums.</summary>
    Large,

    /// <summary>60 × 40 mm: boxes, jars, reels.</summary>
    Small,
}

/// <summary>What a batch label shows. The QR code and the code in letters say the same.</summary>
public sealed record BatchLabel
{
    public required string Code { get; init; }

    /// <summary>Content of the QR code: the code itself or a link that ends in it.</summary>
    public required string QrContent { get; init; }

    public required string MaterialCode { get; init; }

    public required BilingualText MaterialName { get; init; }

    public DossierQuantity? Quantity { get; init; }

    public BilingualText? Supplier { get; init; }

    public string? SupplierBatchCode { get; init; }

    /// <summary>Day of receipt or production in the plant's zone.</summary>
    public DateOnly? ReceivedOn { get; init; }

    public DateOnly? ProducedOn { get; init; }

    public DateOnly? ExpiresOn { get; init; }

    /// <summary>Status at printing; null leaves it off (a printed status grows old).</summary>
    public DossierStatus? Status { get; init; }

    /// <summary>Number of this label among those of its batch, e.g. 3 of 160; null for a single label.</summary>
    public LabelNumber? Number { get; init; }
}

/// <summary>Which label of how many.</summary>
public sealed record LabelNumber(int Index, int Count);

/// <summary>Renders labels as a PDF file, one page per label in the label's size.</summary>
public interface ILabelRenderer
{
    /// <param name="printedAt">Creation date inside the file.</param>
    /// <exception cref="DocumentRenderingException">The file could not be made.</exception>
    /// <exception cref="ArgumentException">No label at all, or more than 1,000 at once.</exception>
    Task<RenderedDocument> RenderAsync(IReadOnlyList<BatchLabel> labels, LabelSize size, DocumentLanguage language, DateTimeOffset printedAt, CancellationToken cancellation);
}
