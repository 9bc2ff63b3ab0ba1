using Traceability.Application.Dossiers;
using Traceability.Application.Labels;
using Traceability.Documents.Rendering;

namespace Traceability.Documents.Labels;

/// <summary>Renders labels in a rendering process.</summary>
internal sealed class LabelRenderer(RendererPool pool) : ILabelRenderer
{
    /// <summary>Labels in one file: about what a printer takes in an hour, and well within the time limit.</summary>
    private const int Maximum = 1000;

    public Task<RenderedDocument> RenderAsync(IReadOnlyList<BatchLabel> labels, LabelSize size, DocumentLanguage language, DateTimeOffset printedAt, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfZero(labels.Count, nameof(labels));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(labels.Count, Maximum, nameof(labels));
        return pool.PrintAsync(new LabelDocument(labels, size, language, printedAt).Build(), cancellation);
    }
}
