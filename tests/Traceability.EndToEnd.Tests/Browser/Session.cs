using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Traceability.EndToEnd.Tests.Browser;

/// <summary>One person at one browser: works the pages by the words written on them.</summary>
internal sealed class Session(IBrowserContext context, IPage page, string url, Texts texts)
{
    /// <summary>Where only somebody who is signed in belongs.</summary>
    private const string SignInPath = "/signin";

    /// <summary>What the browser complained about.</summary>
    public List<string> Complaints { get; } = [];

    public IPage Page => page;

    public Texts Texts => texts;

    /// <summary>The numeric id at the end of the address.</summary>
    public long Id => long.Parse(Regex.Match(new Uri(page.Url).AbsolutePath, @"\d+$").Value, texts.Culture);

    public string T(string feature, string key, params object?[] args) => texts.Of(feature, key, args);

    public async Task GoAsync(string path)
    {
        await page.GotoAsync(url + path, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await Assertions.Expect(page.Locator("h1").First).ToBeVisibleAsync();
    }

    public async Task SignInAsync(string userName, string password)
    {
        await GoAsync(SignInPath);
        await page.Locator("#user").FillAsync(userName);
        await page.Locator("#password").FillAsync(password);
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(address => !address.Contains(SignInPath, StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await Assertions.Expect(page.Locator("h1").First).ToBeVisibleAsync();
    }

    /// <summary>The first sign-in with a one-time password: it has to be changed, and the session ends with it.</summary>
    public async Task ReplaceOneTimePasswordAsync(string userName, string oneTime, string password)
    {
        await SignInAsync(userName, oneTime);
        await Assertions.Expect(page.GetByText(T("Accounts", "MustChangeHint"))).ToBeVisibleAsync();
        await page.Locator("#current").FillAsync(oneTime);
        await page.Locator("#new").FillAsync(password);
        await page.Locator("#repeat").FillAsync(password);
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**" + SignInPath, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
    }

    /// <summary>The field with this label; the first of several.</summary>
    public ILocator Field(string label) =>
        page.Locator(".field", new() { Has = page.Locator("label.label", new() { HasTextRegex = Whole(label, @"\*?") }) }).First;

    public ILocator Input(string label) => Field(label).Locator("input, select, textarea").First;

    /// <summary>Types into a field and leaves it, so that the server has heard of it.</summary>
    public async Task FillAsync(string label, string value) => await FillAsync(Input(label), value);

    public static async Task FillAsync(ILocator input, string value)
    {
        await input.FillAsync(value);
        await input.BlurAsync();
    }

    /// <summary>Finds a record by its code in a field that looks records up.</summary>
    public async Task PickAsync(string label, string code)
    {
        var input = Input(label);
        await input.ClickAsync();
        await input.FillAsync(code);
        await Field(label).Locator(".lookup-item", new() { Has = page.Locator(".mono", new() { HasTextRegex = Whole(code) }) }).ClickAsync();
        await Assertions.Expect(input).ToHaveValueAsync(new Regex("^" + Regex.Escape(code)));
    }

    public Task SelectAsync(string label, string option) => Input(label).SelectOptionAsync(new SelectOptionValue { Label = option });

    /// <summary>Reads a code into a scan box; the nth on the page.</summary>
    public async Task ScanAsync(string code, string placeholder)
    {
        var box = page.Locator("main form.scan input").And(page.GetByPlaceholder(placeholder)).First;
        await box.FillAsync(code);
        await box.PressAsync("Enter");
    }

    /// <summary>The button, link or menu item with exactly this text.</summary>
    public ILocator Button(string text) => page.Locator("main .button:visible, main .menu-item:visible", new() { HasTextRegex = Whole(text) }).First;

    public Task PressAsync(string text) => Button(text).ClickAsync();

    public ILocator Dialog => page.Locator("[role=dialog], [role=alertdialog]:not(#components-reconnect-modal)");

    public Task ConfirmAsync(string text) => Dialog.Locator(".button", new() { HasTextRegex = Whole(text) }).ClickAsync();

    public Task OpenMenuAsync() => page.Locator(".record-head details.menu > summary").ClickAsync();

    public Task SeesAsync(string text) => Assertions.Expect(page.Locator("main").GetByText(text).Locator("visible=true").First).ToBeVisibleAsync();

    public Task SeesAsync(Regex text) => Assertions.Expect(page.Locator("main").GetByText(text).Locator("visible=true").First).ToBeVisibleAsync();

    /// <summary>The record's head shows this status.</summary>
    public Task HasStatusAsync(string status) =>
        Assertions.Expect(page.Locator(".record-code .chip", new() { HasTextRegex = Whole(status) }).First).ToBeVisibleAsync();

    /// <summary>The refusal stands on the page in the reader's language.</summary>
    public Task IsRefusedAsync(string code) =>
        Assertions.Expect(page.Locator("[role=alert]").Filter(new() { HasTextRegex = texts.Refusal(code) }).First).ToBeVisibleAsync();

    public Task ArrivesAsync(string pattern) =>
        page.WaitForURLAsync(address => Regex.IsMatch(new Uri(address).PathAndQuery, pattern), new() { WaitUntil = WaitUntilState.Commit });

    /// <summary>The code in the head of the record that is shown.</summary>
    public async Task<string> CodeAsync()
    {
        var head = page.Locator(".record-code h1").First;
        await Assertions.Expect(head).ToBeVisibleAsync();
        return (await head.InnerTextAsync()).Trim();
    }

    /// <summary>A call of the REST API in this person's session.</summary>
    public async Task<(int Status, JsonElement Body)> SendAsync(string path, object? body = null, string method = "POST")
    {
        var answer = await context.APIRequest.FetchAsync($"{url}/api/v1{path}", new()
        {
            Method = method,
            DataString = body is null ? (method == "GET" ? null : "{}") : JsonSerializer.Serialize(body, JsonSerializerOptions.Web),
            // A call outside a page carries no language of its own.
            Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json", ["Accept-Language"] = texts.Culture.Name },
        });
        var text = await answer.TextAsync();
        return (answer.Status, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    /// <summary>The same where only success will do.</summary>
    public async Task<JsonElement> PostAsync(string path, object? body = null)
    {
        var (status, answer) = await SendAsync(path, body);
        Assert.True(status is 200 or 201, $"POST {path} answered {status}: {answer}");
        return answer;
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        var (status, answer) = await SendAsync(path, method: "GET");
        Assert.True(status == 200, $"GET {path} answered {status}: {answer}");
        return answer;
    }

    /// <summary>The bytes a download link leads to.</summary>
    public async Task<byte[]> BytesAsync(string path)
    {
        var answer = await context.APIRequest.GetAsync(path.StartsWith('/') ? url + path : path);
        Assert.True(answer.Ok, $"GET {path} answered {answer.Status}");
        return await answer.BodyAsync();
    }

    private static Regex Whole(string text, string tail = "") => new($@"^\s*{Regex.Escape(text)}\s*{tail}\s*$");
}
