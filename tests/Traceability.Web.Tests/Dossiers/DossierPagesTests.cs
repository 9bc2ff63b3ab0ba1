using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Traceability.Web.Tests.Hosting;
using Xunit;

namespace Traceability.Web.Tests.Dossiers;

/// <summary>A dossier from the request for it to the visitor who checks the file, with the real renderer.</summary>
public sealed partial class DossierPagesTests(WebHost host) : IClassFixture<WebHost>
{
    [Fact]
    public async Task A_dossier_is_made_read_and_vouched_for()
    {
        var batch = await host.Plant.ReceiveAsync(25, "WEB-DOSSIER");
        using var client = host.As("qa_release");
        using var made = await client.PostAsJsonAsync("/api/v1/dossiers", new { batchCode = batch.Code, culture = "zh-CN" });
        var body = await made.Content.ReadAsStringAsync();
        Assert.True(made.IsSuccessStatusCode, body);
        var id = JsonDocument.Parse(body).RootElement.GetProperty("id").GetInt64();
        var sha256 = JsonDocument.Parse(body).RootElement.GetProperty("sha256").GetString()!;

        var first = await client.GetByteArrayAsync($"/api/v1/dossiers/{id}/pdf");
        using var second = await client.GetAsync($"/api/v1/dossiers/{id}/pdf?download=true");
        Assert.Equal("%PDF-1.7", System.Text.Encoding.ASCII.GetString(first, 0, 8));
        Assert.Equal(first, await second.Content.ReadAsByteArrayAsync());
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(first)));
        Assert.Equal($"\"{sha256}\"", second.Headers.ETag!.Tag);
        Assert.Equal("attachment", second.Content.Headers.ContentDisposition!.DispositionType);

        var token = (await client.GetFromJsonAsync<JsonElement>($"/api/v1/dossiers/{id}")).GetProperty("verifyToken").GetString()!;
        using var visitor = host.Anonymous();
        var page = await visitor.GetStringAsync($"/verify/{token}");
        Assert.Contains(sha256, page, StringComparison.Ordinal);
        Assert.Contains(batch.Code, page, StringComparison.Ordinal);
        Assert.DoesNotContain("WEB-DOSSIER", page, StringComparison.Ordinal);
        Assert.True(await IsIdenticalAsync(visitor, token, page, first));
        Assert.False(await IsIdenticalAsync(visitor, token, page, [.. first, 0]));
    }

    /// <summary>Sends the file as a browser without script does; the verdict that is not hidden is the answer.</summary>
    private static async Task<bool> IsIdenticalAsync(HttpClient visitor, string token, string page, byte[] file)
    {
        using var form = new MultipartFormDataContent();
        foreach (Match field in HiddenField().Matches(page)) form.Add(new StringContent(WebUtility.HtmlDecode(field.Groups[2].Value)), field.Groups[1].Value);
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        form.Add(content, "File", "held.pdf");
        using var answer = await visitor.PostAsync($"/verify/{token}", form);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        var shown = Verdict().Matches(text).Where(m => !m.Value.Contains("hidden", StringComparison.Ordinal)).Select(m => m.Groups[1].Value);
        return Assert.Single(shown) == "same";
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();

    [GeneratedRegex("<div [^>]*data-verdict=\"(\\w+)\"[^>]*>")]
    private static partial Regex Verdict();
}
