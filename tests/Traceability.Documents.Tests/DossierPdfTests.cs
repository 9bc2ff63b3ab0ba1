using Microsoft.Extensions.DependencyInjection;
using Traceability.Application.Dossiers;
using Xunit;

namespace Traceability.Documents.Tests;

public sealed class DossierPdfTests : IAsyncLifetime
{
    private readonly ServiceProvider services = Renderers.Start();

    private IDossierRenderer Renderer => services.GetRequiredService<IDossierRenderer>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => services.DisposeAsync();

    [Theory]
    [InlineData(DocumentLanguage.Chinese)]
    [InlineData(DocumentLanguage.English)]
    public async Task Renders(DocumentLanguage language)
    {
        var file = await Renderer.RenderAsync(HeyuanDossier.Model(), language, TestContext.Current.CancellationToken);
        File.WriteAllBytes($"/tmp/dossier-{language}.pdf", file.Content);
        Assert.InRange(file.Pages, 5, 40);
    }
}
