using Traceability.Application.Dossiers;
using Traceability.Application.Labels;
using Traceability.Documents.Rendering;

namespace Traceability.Documents.Labels;

/// <summary>Renders labels in a rendering process.</summary>
internal sealed class LabelRenderer(RendererPool pool) : ILabelRenderer
{
    /// <summary>Labels in one file: about what a printer takes in an hour, and well within the time limit.</summary>
    private const int Maximum = 1000;

    /// <summary>How much smaller the type may become before a label counts as too full.</summary>
    private static readonly double[] Scales = [1, 0.9, 0.8, 0.7, 0.6];

    public async Task<RenderedDocument> RenderAsync(IReadOnlyList<BatchLabel> labels, LabelSize size, DocumentLanguage language, DateTimeOffset printedAt, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfZero(labels.Count, nameof(labels));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(labels.Count, Maximum, nameof(labels));
        // A label that ran over onto a second page would shift every label after it on the roll: long texts are set smaller instead.
        foreach (var scale in Scales)
        {
            var file = await pool.PrintAsync(new LabelDocument(labels, size, language, printedAt, scale).Build(), cancellation);
            if (file.Pages == labels.Count) return file;
        }
        throw new DocumentRenderingException(DocumentFailure.Failed, $"The texts of label {labels[0].Code} do not fit on a label of this size.");
    }
}
