using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Traceability.EndToEnd.Tests.Browser;

/// <summary>Looks at every page a person can reach from the navigation, as they would see it.</summary>
internal sealed class PageSweep(Session session, string? screenshots)
{
    /// <summary>Set to a folder, it receives a picture of every page.</summary>
    public const string ScreenshotsVariable = "TRACEABILITY_SCREENSHOTS";

    /// <summary>Pages behind the entries that list what the navigation does not name.</summary>
    private static readonly string[] Behind = ["/master-data", "/users"];

    private readonly IReadOnlySet<string> keys = session.Texts.Keys;

    public List<string> Findings { get; } = [];

    /// <summary>The addresses the navigation offers this person, and the lists one step behind them.</summary>
    public async Task<IReadOnlyList<string>> AddressesAsync()
    {
        await session.GoAsync("/");
        var found = await LinksAsync(".nav-list a");
        foreach (var hub in Behind.Where(found.Contains).ToList())
        {
            await session.GoAsync(hub);
            found.AddRange((await LinksAsync("main a.tile, main nav.tabs a")).Except(found));
        }

        return found;
    }

    public async Task LookAsync(string address, string name)
    {
        await session.GoAsync(address);
        var page = session.Page;
        await Assertions.Expect(page.Locator("main .skeleton")).ToHaveCountAsync(0);
        if (await page.Locator("main").GetByText(session.T("Shared", "UnexpectedTitle")).CountAsync() > 0) Find(name, "shows the error page");
        if (new Uri(page.Url).AbsolutePath == "/not-found" || await page.GetByText(session.T("Shared", "NotFoundTitle")).CountAsync() > 0) Find(name, "does not exist");
        var overflow = await page.EvaluateAsync<int>("() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth");
        if (overflow > 1) Find(name, $"is {overflow} px wider than the screen");
        var text = await page.Locator("body").InnerTextAsync();
        foreach (Match word in Regex.Matches(text, @"(?<![\w.-])[A-Z][a-z]+(?:[A-Z][a-z]+)+(?![\w-])|\b[A-Za-z]+\.[A-Za-z_]+\b"))
        {
            if (keys.Contains(word.Value)) Find(name, $"shows the key {word.Value}");
        }

        if (session.Texts.Culture.Name.StartsWith("zh", StringComparison.Ordinal))
        {
            foreach (var words in await page.Locator("h1:visible, h2:visible, h3:visible, .button:visible, th:visible, label.label:visible").AllInnerTextsAsync())
            {
                if (Regex.Match(words, @"[A-Za-z]{2,}(?:\s+[A-Za-z]{2,}){2,}") is { Success: true } english) Find(name, $"says in English: {english.Value}");
            }
        }

        if (screenshots is null) return;
        Directory.CreateDirectory(screenshots);
        var file = Regex.Replace($"{name}{address}", @"[^\w-]+", "_").Trim('_');
        await page.ScreenshotAsync(new() { Path = Path.Combine(screenshots, file + ".png") });
    }

    private async Task<List<string>> LinksAsync(string selector) =>
        [.. (await session.Page.Locator(selector).EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))")).Distinct()];

    private void Find(string name, string what) => Findings.Add($"{name} {session.Page.Url} {what}");
}
