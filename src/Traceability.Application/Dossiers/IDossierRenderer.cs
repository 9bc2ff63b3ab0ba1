namespace Traceability.Application.Dossiers;

/// <summary>Language a document is rendered in.</summary>
public enum DocumentLanguage
{
    Chinese,
    English,
}

/// <summary>A finished file.</summary>
/// <param name="Content">PDF/A-3a.</param>
/// <param name="Sha256">Of <paramref name="Content"/>, lower-case hexadecimal: stored with the file and shown on its verification page.</param>
/// <param name="Pages">Number of pages.</param>
public sealed record RenderedDocument(byte[] Content, string Sha256, int Pages);

/// <summary>Renders a trace dossier as a PDF file for people, with its facts attached as JSON for machines.</summary>
public interface IDossierRenderer
{
    /// <summary>Renders the dossier. The same model and language give the same bytes.</summary>
    /// <exception cref="DocumentRenderingException">The file could not be made; the reason says whether trying again makes sense.</exception>
    Task<RenderedDocument> RenderAsync(DossierModel model, DocumentLanguage language, CancellationToken cancellation);
}

/// <summary>Why a document could not be made.</summary>
public enum DocumentFailure
{
    /// <summary>It took longer than the limit.</summary>
    TimedOut,

    /// <summary>The rendering process died, e.g. out of memory.</summary>
    ProcessDied,

    /// <summary>The rendering process could not be started (Node missing or too old).</summary>
    NotAvailable,

    /// <summary>The document holds something it must not hold.</summary>
    Refused,

    /// <summary>Rendering failed.</summary>
    Failed,
}

/// <summary>A document could not be made.</summary>
public sealed class DocumentRenderingException(DocumentFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public DocumentFailure Failure { get; } = failure;
}
