using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Traceability.Web.Tests.Hosting;
using Xunit;

namespace Traceability.Web.Tests.Api;

/// <summary>What every endpoint has in common, tried on receiving.</summary>
public sealed class ApiFrameTests(WebHost host) : IClassFixture<WebHost>
{
    [Fact]
    public async Task The_same_key_has_its_effect_once_and_gets_the_same_answer()
    {
        using var client = host.As("warehouse");
        using var first = await PostAsync(client, Receipt("ONCE-1"), "key-1");
        using var again = await PostAsync(client, Receipt("ONCE-1"), "key-1");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(Canonical(await first.Content.ReadAsStringAsync()), Canonical(await again.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task The_same_key_at_the_same_time_has_its_effect_once()
    {
        using var client = host.As("warehouse");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PostAsync(client, Receipt("RACE-1"), "key-race")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        var bodies = await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync()));
        Assert.Single(bodies.Select(Canonical).Distinct());
    }

    [Fact]
    public async Task The_same_key_with_other_content_is_refused()
    {
        using var client = host.As("warehouse");
        await PostAsync(client, Receipt("MIX-1"), "key-2");
        using var other = await PostAsync(client, Receipt("MIX-2"), "key-2");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal("common.idempotency_mismatch", (await ProblemAsync(other)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("en", "required")]
    [InlineData("zh-CN", "必填")]
    public async Task Broken_rules_are_named_with_field_code_and_words(string language, string contains)
    {
        using var client = host.As("warehouse", language);
        using var answer = await client.PostAsJsonAsync("/api/v1/receipts", new { supplierId = 0, lines = new[] { new { materialId = host.Plant.Lactose.Id, supplierBatchCode = "", quantity = -1, locationId = host.Plant.Warehouse.Id } } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var errors = (await ProblemAsync(answer)).GetProperty("errors").EnumerateArray().ToList();
        Assert.Equal(["SupplierId", "Lines[0].SupplierBatchCode", "Lines[0].Quantity"], errors.Select(e => e.GetProperty("field").GetString()));
        Assert.Contains(errors, e => e.GetProperty("message").GetString()!.Contains(contains, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("{\"supplierId\":\"x\"}")]
    [InlineData("{\"supplierId\":1,\"unknownField\":1}")]
    public async Task Unreadable_content_is_a_named_error_of_the_caller(string body)
    {
        using var client = host.As("warehouse");
        using var answer = await client.PostAsync("/api/v1/receipts", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("common.malformed", (await ProblemAsync(answer)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_description_lists_the_endpoints()
    {
        using var client = host.As("manager");
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        Assert.True(document.GetProperty("paths").TryGetProperty("/api/v1/receipts", out _) || document.GetProperty("paths").TryGetProperty("/api/v1/receipts/", out _));
    }

    [Fact]
    public async Task An_unknown_key_signs_nobody_in()
    {
        using var client = host.Anonymous();
        client.DefaultRequestHeaders.Add("X-Api-Key", "tk_nobody");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/trace/X/summary")).StatusCode);
    }

    private object Receipt(string supplierBatch) => new
    {
        supplierId = host.Plant.Supplier.Id,
        lines = new[] { new { materialId = host.Plant.Lactose.Id, supplierBatchCode = supplierBatch, quantity = 10, locationId = host.Plant.Warehouse.Id } },
    };

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, object body, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/receipts") { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }

    // The stored answer has been through the database's own JSON, which orders and spaces properties its way.
    private static string Canonical(string json) => string.Join(',', Flatten(JsonDocument.Parse(json).RootElement, "").Order(StringComparer.Ordinal));

    private static IEnumerable<string> Flatten(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Flatten(p.Value, $"{path}.{p.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((e, i) => Flatten(e, $"{path}[{i}]")),
        _ => [$"{path}={element}"],
    };

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();
}
