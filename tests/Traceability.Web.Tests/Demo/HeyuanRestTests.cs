using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Traceability.Application.Demo;
using Traceability.Testing;
using Traceability.Web.Auth;
using Traceability.Web.Hosting;
using Traceability.Web.Verbs;
using Xunit;

namespace Traceability.Web.Tests.Demo;

/// <summary>The web application on a database with the demo factory in it.</summary>
public sealed class DemoServer : DatabaseFixture
{
    private readonly string _folder = Directory.CreateTempSubdirectory("traceability-demo").FullName;
    private WebApplicationFactory<StartArguments>? _application;
    private HttpClient? _client;

    /// <summary>Speaks to the application with the demo's API key.</summary>
    public HttpClient Client => _client ?? throw new InvalidOperationException("The fixture has not been initialised.");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _application = new WebApplicationFactory<StartArguments>().WithWebHostBuilder(host =>
        {
            host.UseSetting($"ConnectionStrings:{ProductHost.ConnectionName}", AppConnectionString);
            host.UseSetting("Traceability:DataFolder", _folder);
            host.UseSetting("Logging:Folder", Path.Combine(_folder, "logs"));
        });
        var demo = _application.Services.GetRequiredService<IDemoFactory>();
        await demo.SeedAsync(new DemoRequest(null, _folder), new Progress<DemoProgress>(), CancellationToken.None);
        _client = _application.CreateClient();
        var file = await demo.WriteAccessAsync(_folder, _client.BaseAddress!.ToString(), CancellationToken.None);
        using var access = JsonDocument.Parse(await File.ReadAllTextAsync(file!));
        _client.DefaultRequestHeaders.Add(ApiKeyAuthentication.Header, access.RootElement.GetProperty("apiKey").GetString());
    }

    /// <summary>Speaks to the application as nobody.</summary>
    public HttpClient Stranger() => _application!.CreateClient();

    public override async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_application is not null) await _application.DisposeAsync();
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>What the demo's story promises, asked by a script through the REST API with the demo's key.</summary>
public sealed class HeyuanRestTests(DemoServer server) : IClassFixture<DemoServer>
{
    [Fact]
    public async Task Forward_from_the_whey()
    {
        var summary = await SummaryAsync("R-WP90-260314-01", "forward");
        Assert.Equal((6, 5), (Count(summary, "semiFinished"), Count(summary, "finished")));
        Assert.Equal((7_140m, 450m), (Quantity(summary, "produced", "S1-800"), Quantity(summary, "produced", "TD-400")));
        Assert.Equal((4_380m, 300m), (Quantity(summary, "shipped", "S1-800"), Quantity(summary, "shipped", "TD-400")));
        Assert.Equal((2_760m, 150m, 1_000m), (Quantity(summary, "onHand", "S1-800"), Quantity(summary, "onHand", "TD-400"), Quantity(summary, "onHand", "WP90")));
        Assert.Equal(4, summary.GetProperty("customers").GetArrayLength());
        Assert.Equal(0, summary.GetProperty("gaps").GetArrayLength());
        Assert.False(summary.GetProperty("isTruncated").GetBoolean());
    }

    [Fact]
    public async Task Backward_from_the_complained_can()
    {
        var summary = await SummaryAsync("F-S1-800-260326-B", "backward");
        Assert.Equal(11, summary.GetProperty("leafBatches").GetInt32());
        Assert.Equal((8, 2, 1), (Count(summary, "raw"), Count(summary, "packaging"), Count(summary, "auxiliary")));
        Assert.Equal(8, summary.GetProperty("suppliers").GetArrayLength());
    }

    [Fact]
    public async Task The_suppliers_own_number_finds_the_same_batch()
    {
        var summary = await SummaryAsync("DH-W260311-07", "forward");
        Assert.Equal(5, Count(summary, "finished"));
    }

    [Fact]
    public async Task Without_the_key_nothing_is_told()
    {
        using var stranger = server.Stranger();
        using var answer = await stranger.GetAsync(new Uri("/api/v1/trace/R-WP90-260314-01/summary", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static int Count(JsonElement summary, string kind) => summary.GetProperty("batches").GetProperty(kind).GetInt32();

    private static decimal Quantity(JsonElement summary, string list, string material) =>
        summary.GetProperty(list).EnumerateArray().Single(q => q.GetProperty("material").GetString() == material).GetProperty("quantity").GetDecimal();

    private async Task<JsonElement> SummaryAsync(string code, string direction)
    {
        using var answer = await server.Client.GetAsync(new Uri($"/api/v1/trace/{code}/summary?direction={direction}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone();
    }
}
