using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Traceability.EndToEnd.Tests.Browser;

/// <summary>
/// The product as a process of its own on an empty data folder and a Chromium beside it, in one language. The plant the tests
/// work in is set up through the product itself, once, by whichever test comes first.
/// </summary>
public abstract class Factory(string culture) : IAsyncLifetime
{
    /// <summary>Everybody's password once it was changed.</summary>
    internal const string Password = "Correct-horse-2026";

    /// <summary>Environment variable with the Chromium to use.</summary>
    private const string ChromiumVariable = "TRACEABILITY_CHROMIUM";

    /// <summary>The machine may be busy with the rest of the build.</summary>
    private const int Patience = 30_000;

    private static readonly string Artifacts = Path.Combine(AppContext.BaseDirectory, "TestResults");
    private readonly string folder = Path.Combine(Path.GetTempPath(), "traceability-browser-" + Guid.NewGuid().ToString("N"));
    private readonly SemaphoreSlim setUp = new(1, 1);
    private IPlaywright? playwright;
    private IBrowser? browser;
    private ProductProcess? product;
    private PlantData? plant;

    internal Texts Texts { get; } = new(CultureInfo.GetCultureInfo(culture));

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(folder);
        Assertions.SetDefaultExpectTimeout(Patience);
        product = await ProductProcess.StartAsync(folder, "--empty");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium(),
            Headless = true,
            Args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-gpu"],
        });
    }

    /// <summary>The plant; set up by the first who asks.</summary>
    internal async Task<PlantData> PlantAsync()
    {
        await setUp.WaitAsync();
        try
        {
            return plant ??= await PlantSetup.RunAsync(this, FirstAdministrator());
        }
        finally
        {
            setUp.Release();
        }
    }

    /// <summary>Signs in as somebody of the plant and works; on a failure the page as it was is kept.</summary>
    internal Task AsAsync(string userName, Func<Session, Task> work, int width = 1440, int height = 900, [CallerMemberName] string test = "") =>
        OpenAsync(async session =>
        {
            await session.SignInAsync(userName, Password);
            await work(session);
        }, $"{test}-{userName}", width, height);

    /// <summary>A browser in which nobody is signed in yet.</summary>
    internal async Task OpenAsync(Func<Session, Task> work, string name, int width = 1440, int height = 900)
    {
        await using var context = await browser!.NewContextAsync(new() { Locale = culture, ViewportSize = new() { Width = width, Height = height } });
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        var session = new Session(context, page, product!.Url, Texts);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") session.Complaints.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => session.Complaints.Add($"{page.Url}: {error}");
        try
        {
            await work(session);
            Assert.Empty(session.Complaints);
        }
        catch
        {
            await KeepAsync(page, name);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (product is not null) await product.DisposeAsync();
        setUp.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string Chromium() =>
        Environment.GetEnvironmentVariable(ChromiumVariable) is { Length: > 0 } named ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(path => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(program => Path.Combine(path, program)))
            .FirstOrDefault(File.Exists) ?? throw new InvalidOperationException($"No Chromium on the PATH; name one in {ChromiumVariable}.");

    private (string UserName, string Password) FirstAdministrator()
    {
        var printed = Regex.Match(product!.Output, @"First administrator: (\S+)\s+one-time password: (\S+)");
        Assert.True(printed.Success, product.Output);
        return (printed.Groups[1].Value, printed.Groups[2].Value);
    }

    private async Task KeepAsync(IPage page, string name)
    {
        Directory.CreateDirectory(Artifacts);
        var path = Path.Combine(Artifacts, $"{culture}-{name}");
        await File.WriteAllTextAsync(path + ".log", product!.Output);
        await page.ScreenshotAsync(new() { Path = path + ".png", FullPage = true });
        await File.WriteAllTextAsync(path + ".html", await page.ContentAsync());
    }
}

/// <summary>A factory in which everybody reads Chinese.</summary>
public sealed class ChineseFactory() : Factory("zh-CN");

/// <summary>A factory in which everybody reads English.</summary>
public sealed class EnglishFactory() : Factory("en");

/// <summary>The tests that share the Chinese factory.</summary>
[CollectionDefinition(Name)]
public sealed class ChineseBrowser : ICollectionFixture<ChineseFactory>
{
    public const string Name = "browser zh-CN";
}

/// <summary>The tests that share the English factory.</summary>
[CollectionDefinition(Name)]
public sealed class EnglishBrowser : ICollectionFixture<EnglishFactory>
{
    public const string Name = "browser en";
}
