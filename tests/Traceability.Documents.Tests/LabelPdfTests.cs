using Microsoft.Extensions.DependencyInjection;
using Traceability.Application.Dossiers;
using Traceability.Application.Labels;
using Xunit;

namespace Traceability.Documents.Tests;

public sealed class LabelPdfTests : IAsyncLifetime
{
    private static readonly DateTimeOffset PrintedAt = new(2026, 3, 14, 1, 20, 0, TimeSpan.Zero);

    private readonly ServiceProvider services = Renderers.Start();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("labels");

    private ILabelRenderer Renderer => services.GetRequiredService<ILabelRenderer>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static List<BatchLabel> Labels(int count) => [.. Enumerable.Range(1, count).Select(i => new BatchLabel
    {
        Code = "R-WP90-260314-01",
        QrContent = "R-WP90-260314-01",
        MaterialCode = "WP90",
        MaterialName = new("脱盐乳清粉 D90", "Demineralised whey powder D90"),
        Quantity = new(25, "kg"),
        Supplier = new("昊德乳品配料", "Haode Dairy Ingredients"),
        SupplierBatchCode = "DH-W260311-07",
        ReceivedOn = new DateOnly(2026, 3, 14),
        ProducedOn = new DateOnly(2026, 3, 11),
        ExpiresOn = new DateOnly(2027, 9, 10),
        Status = DossierStatus.Pending,
        Number = new(i, count),
    })];

    [Theory]
    [InlineData(LabelSize.Large, DocumentLanguage.Chinese, "283.465 x 170.079")]
    [InlineData(LabelSize.Large, DocumentLanguage.English, "283.465 x 170.079")]
    [InlineData(LabelSize.Small, DocumentLanguage.Chinese, "170.079 x 113.386")]
    [InlineData(LabelSize.Small, DocumentLanguage.English, "170.079 x 113.386")]
    public async Task One_page_per_label_in_its_size(LabelSize size, DocumentLanguage language, string points)
    {
        var file = await Renderer.RenderAsync(Labels(5), size, language, PrintedAt, TestContext.Current.CancellationToken);
        Assert.Equal(5, file.Pages);
        Poppler.Require();
        var path = Path.Combine(folder.FullName, "labels.pdf");
        await File.WriteAllBytesAsync(path, file.Content, TestContext.Current.CancellationToken);
        Assert.Contains(points, Poppler.Info(path));
        var text = Poppler.Text(path, "-f", "3", "-l", "3");
        Assert.Contains("R-WP90-260314-01", text);
        Assert.Contains("DH-W260311-07", text);
        Assert.Contains("2027-09-10", text);
        Assert.Matches("3 ?/ ?5", text);
    }

    [Fact]
    public async Task Long_texts_still_give_one_page()
    {
        var label = Labels(1)[0] with
        {
            Code = "R-DEMINERALISED-WHEY-POWDER-260314-000001",
            MaterialName = new("脱盐乳清粉 D90（婴幼儿配方乳粉专用，氮气保护，二十五千克阀口袋）", null),
            Supplier = new("昊德乳品配料国际贸易（上海）股份有限公司", null),
            SupplierBatchCode = "DH-W260311-07/2026/A/0000017",
        };
        foreach (var size in Enum.GetValues<LabelSize>())
            Assert.Equal(1, (await Renderer.RenderAsync([label], size, DocumentLanguage.Chinese, PrintedAt, TestContext.Current.CancellationToken)).Pages);
    }

    [Fact]
    public async Task No_label_and_too_many_are_refused()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Renderer.RenderAsync([], LabelSize.Large, DocumentLanguage.Chinese, PrintedAt, TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Renderer.RenderAsync(Labels(1001), LabelSize.Large, DocumentLanguage.Chinese, PrintedAt, TestContext.Current.CancellationToken));
    }
}
