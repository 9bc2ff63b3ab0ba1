using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Traceability.Application.Dossiers;
using Traceability.Documents.Dossiers;
using Xunit;

namespace Traceability.Documents.Tests;

/// <summary>Dossiers rendered once per language for all tests of <see cref="DossierPdfTests"/>.</summary>
public sealed class RenderedDossiers : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dossiers");

    internal ServiceProvider Services { get; } = Renderers.Start();

    internal Dictionary<DocumentLanguage, RenderedDocument> Files { get; } = [];

    public string PathOf(DocumentLanguage language) => Path.Combine(folder.FullName, $"{language}.pdf");

    public async ValueTask InitializeAsync()
    {
        var renderer = Services.GetRequiredService<IDossierRenderer>();
        foreach (var language in Enum.GetValues<DocumentLanguage>())
        {
            Files[language] = await renderer.RenderAsync(HeyuanDossier.Model(), language, CancellationToken.None);
            await File.WriteAllBytesAsync(PathOf(language), Files[language].Content);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        folder.Delete(recursive: true);
    }
}

public sealed class DossierPdfTests(RenderedDossiers dossiers) : IClassFixture<RenderedDossiers>
{
    public static TheoryData<DocumentLanguage> Languages => [DocumentLanguage.Chinese, DocumentLanguage.English];

    private string Raw(DocumentLanguage language) => Encoding.UTF8.GetString(dossiers.Files[language].Content);

    [Theory, MemberData(nameof(Languages))]
    public void Is_a_tagged_pdf_a_3a(DocumentLanguage language)
    {
        var raw = Raw(language);
        Assert.StartsWith("%PDF-1.7", raw);
        Assert.Contains("<pdfaid:part>3</pdfaid:part>", raw);
        Assert.Contains("<pdfaid:conformance>A</pdfaid:conformance>", raw);
        Assert.Contains("/StructTreeRoot", raw);
        Assert.Matches(@"/Marked true", raw);
        Assert.Contains("/OutputIntent", raw);
        Assert.Contains("/AFRelationship /Data", raw);
        Assert.Contains(language == DocumentLanguage.Chinese ? "/Lang (zh-CN)" : "/Lang (en-GB)", raw);
        Assert.DoesNotContain("/Type /Action", raw);
        Assert.Contains("婴儿", Raw(DocumentLanguage.Chinese)[Raw(DocumentLanguage.Chinese).IndexOf("<x:xmpmeta", StringComparison.Ordinal)..]);
    }

    [Theory, MemberData(nameof(Languages))]
    public void Structure_has_heads_and_tables_and_one_explained_figure(DocumentLanguage language)
    {
        Poppler.Require();
        var structure = Poppler.Info(dossiers.PathOf(language), "-struct");
        Assert.Equal(14, Regex.Count(structure, @"^ +H1 \(block\)", RegexOptions.Multiline));
        Assert.True(Regex.Count(structure, @"^ +Table \(block\)", RegexOptions.Multiline) >= 15);
        Assert.Contains("/Scope /Column", structure);
        Assert.Contains("/Scope /Row", structure);
        Assert.Equal(1, Regex.Count(structure, "Figure"));
        Assert.Contains("/Alt ", Raw(language));
    }

    [Fact]
    public async Task A_repeated_head_is_read_once()
    {
        Poppler.Require();
        var full = HeyuanDossier.Model();
        // Small, because poppler takes a minute to read the structure of a whole dossier with its text.
        var model = full with { Decisions = [], Sources = [], Operations = [], Inspections = [], Shipments = [], Backward = [], Forward = [], Holds = [], Gaps = [], Audit = [], Moves = [.. full.Moves, .. full.Moves.Take(5)] };
        var file = await dossiers.Services.GetRequiredService<IDossierRenderer>().RenderAsync(model, DocumentLanguage.English, TestContext.Current.CancellationToken);
        var path = dossiers.PathOf(DocumentLanguage.English) + ".moves.pdf";
        await File.WriteAllBytesAsync(path, file.Content, TestContext.Current.CancellationToken);
        Assert.Equal(1, Regex.Count(Poppler.Info(path, "-struct-text"), "Confirmed by"));
        Assert.True(Regex.Count(Poppler.Text(path), "Confirmed by") > 1);
    }

    [Theory, MemberData(nameof(Languages))]
    public void Embeds_every_font_with_a_way_back_to_text(DocumentLanguage language)
    {
        Poppler.Require();
        var fonts = Poppler.Fonts(dossiers.PathOf(language)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToList();
        Assert.NotEmpty(fonts);
        Assert.All(fonts, font => Assert.Matches(@"Identity-H +yes yes yes", font));
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_page_says_number_and_page(DocumentLanguage language)
    {
        Poppler.Require();
        var pages = dossiers.Files[language].Pages;
        Assert.InRange(pages, 8, 14);
        for (var page = 1; page <= pages; page++)
        {
            var number = page.ToString(CultureInfo.InvariantCulture);
            var text = Poppler.Text(dossiers.PathOf(language), "-f", number, "-l", number);
            Assert.Contains("DOS-260409-0007", text);
            Assert.Contains(language == DocumentLanguage.Chinese ? $"第 {page} 页，共 {pages} 页" : $"Page {page} of {pages}", text);
            Assert.True(text.Split('\n').Count(line => line.Trim().Length > 0) > 5, $"Page {page} is nearly empty:\n{text}");
        }
    }

    [Fact]
    public void Shows_the_facts_in_Chinese()
    {
        Poppler.Require();
        var text = Poppler.Text(dossiers.PathOf(DocumentLanguage.Chinese)).Replace('\u00A0', ' ');
        Assert.Contains("婴儿配方乳粉1段 800 g", text);
        Assert.Contains("□ 冻结", text);
        Assert.Matches(@"91\.3 °C +▲ 高于上限", text);
        Assert.Matches(@"86\.4–88\.1 °C +√ 合格", text);
        Assert.Contains("DH-W260311-07", text);
        Assert.Contains("追溯链不完整：有 2 处缺口", text);
        Assert.Contains("2026-03-26 14:05", text);
        Assert.DoesNotContain("〓", text);
    }

    [Fact]
    public void Carries_all_facts_as_json()
    {
        Poppler.Require();
        var chinese = Poppler.Attachment(dossiers.PathOf(DocumentLanguage.Chinese));
        Assert.Equal(chinese, Poppler.Attachment(dossiers.PathOf(DocumentLanguage.English)));
        using var facts = JsonDocument.Parse(chinese);
        Assert.Equal(40, facts.RootElement.GetProperty("operations").GetArrayLength());
        Assert.Equal("onHold", facts.RootElement.GetProperty("batch").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Same_model_gives_the_same_bytes()
    {
        var file = dossiers.Files[DocumentLanguage.Chinese];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file.Content)), file.Sha256);
        // In the process that rendered it, and in a fresh one.
        var again = await dossiers.Services.GetRequiredService<IDossierRenderer>().RenderAsync(HeyuanDossier.Model(), DocumentLanguage.Chinese, TestContext.Current.CancellationToken);
        Assert.Equal(file.Sha256, again.Sha256);
        await using var fresh = Renderers.Start();
        var elsewhere = await fresh.GetRequiredService<IDossierRenderer>().RenderAsync(HeyuanDossier.Model(), DocumentLanguage.Chinese, TestContext.Current.CancellationToken);
        Assert.Equal(file.Sha256, elsewhere.Sha256);
    }

    [Fact]
    public async Task Takes_any_text_and_an_empty_dossier()
    {
        var strange = "A & B <\"x\"> 😀 \u0007 {page} ₂ ‘q’ 한국";
        var model = HeyuanDossier.Model();
        model = new DossierModel
        {
            Number = "D/1 & 2", CreatedAt = model.CreatedAt, CreatedBy = model.CreatedBy, Company = strange, Plant = strange, TimeZone = "America/Sao_Paulo",
            VerificationUrl = "https://example.com/?a=1&b=2", Batch = model.Batch with { MaterialName = strange, Status = DossierStatus.Migrated },
        };
        var file = await dossiers.Services.GetRequiredService<IDossierRenderer>().RenderAsync(model, DocumentLanguage.English, TestContext.Current.CancellationToken);
        var raw = Encoding.UTF8.GetString(file.Content);
        var start = raw.IndexOf("<x:xmpmeta", StringComparison.Ordinal);
        var metadata = System.Xml.Linq.XElement.Parse(raw[start..(raw.IndexOf("</x:xmpmeta>", StringComparison.Ordinal) + "</x:xmpmeta>".Length)]);
        Assert.Contains("A & B <\"x\">", metadata.Value);
    }

    [Fact]
    public void Writes_numbers_times_and_limits_one_way()
    {
        var write = new DossierWriter(DocumentLanguage.English, "Asia/Shanghai");
        Assert.Equal("1,200.5\u2009kg", write.Quantity(new DossierQuantity(1200.500m, "kg")));
        Assert.Equal("−3", DossierWriter.Number(-3.0m));
        Assert.Equal("≥\u200985\u2009°C", write.Limits(new DossierLimits { Lower = 85, Unit = "°C" }));
        Assert.Equal("45–55\u2009°C", write.Limits(new DossierLimits { Lower = 45, Upper = 55, Unit = "°C" }));
        Assert.Equal("2026-04-10 01:30", write.Time(new DateTimeOffset(2026, 4, 9, 17, 30, 0, TimeSpan.Zero)));
        Assert.Equal("+08:00", write.Offset(DateTimeOffset.UnixEpoch));
        Assert.Equal("仅中文", write.In(new BilingualText("仅中文")));
    }
}
