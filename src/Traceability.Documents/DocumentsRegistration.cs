using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Traceability.Application.Dossiers;
using Traceability.Application.Labels;
using Traceability.Documents.Dossiers;
using Traceability.Documents.Labels;
using Traceability.Documents.Rendering;

namespace Traceability.Documents;

/// <summary>Registers the documents a factory hands out: dossiers and labels.</summary>
public static class DocumentsRegistration
{
    /// <summary>
    /// Adds <see cref="IDossierRenderer"/> and <see cref="ILabelRenderer"/>. Settings come from the configuration section
    /// <c>Documents</c>; <paramref name="configure"/> has the last word. No process is started before the first document.
    /// </summary>
    public static IServiceCollection AddDocuments(this IServiceCollection services, Action<DocumentsOptions>? configure = null)
    {
        var options = services.AddOptions<DocumentsOptions>().BindConfiguration("Documents").ValidateDataAnnotations();
        options.Validate(o => o.TimeLimit > TimeSpan.Zero, "Documents:TimeLimit must be longer than nothing.");
        if (configure is not null) options.PostConfigure(configure);
        services.TryAddSingleton<RendererPool>();
        services.TryAddSingleton<IDossierRenderer, DossierRenderer>();
        services.TryAddSingleton<ILabelRenderer, LabelRenderer>();
        return services;
    }
}
