using Traceability.Application.Dossiers;
using Traceability.Documents.Rendering;

namespace Traceability.Documents.Dossiers;

/// <summary>Renders dossiers in a rendering process.</summary>
internal sealed class DossierRenderer(RendererPool pool) : IDossierRenderer
{
    public Task<RenderedDocument> RenderAsync(DossierModel model, DocumentLanguage language, CancellationToken cancellation) =>
        pool.PrintAsync(new DossierDocument(model, language).Build(), cancellation);
}
