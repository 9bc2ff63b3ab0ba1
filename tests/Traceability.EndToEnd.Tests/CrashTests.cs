using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Traceability.Application.Setup;
using Traceability.Application.Users;
using Traceability.Domain.Common;
using Traceability.Testing;
using Xunit;

namespace Traceability.EndToEnd.Tests;

/// <summary>
/// kill -9 of the application and of PostgreSQL in the middle of posting: after the restart every acknowledged post is there
/// exactly once, and nothing is half-done.
/// </summary>
public sealed class CrashTests : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "traceability-crash-" + Guid.NewGuid().ToString("N"));
    private string key = "";
    private long supplier;
    private long material;
    private long location;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(folder);
        await using var database = await OpenAsync();
        await using var plant = await DairyPlant.OnAsync(database.ApplicationConnectionString);
        (supplier, material, location) = (plant.Supplier.Id, plant.Lactose.Id, plant.Warehouse.Id);
        var system = Actor.System("test");
        var account = await plant.Get<CreateAccountHandler>().HandleAsync(new CreateAccount("WH01", "赵敏", ["warehouse"], plant.Zhang.Id, plant.Plant.Id, "correct-horse-2026"), system, default);
        key = (await plant.Get<CreateApiKeyHandler>().HandleAsync(new CreateApiKey(account.Value.AccountId, "test", null), system, default)).Value.Key;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_acknowledged_post_survives_exactly_once(bool killDatabase)
    {
        var acknowledged = new ConcurrentDictionary<string, string>();
        var product = await ProductProcess.StartAsync(folder);
        using (var client = Client(product))
        using (var stop = new CancellationTokenSource())
        {
            var posting = Task.WhenAll(Enumerable.Range(0, 8).Select(worker => PostUntilAsync(client, worker, killDatabase, acknowledged, stop.Token)));
            while (acknowledged.Count < 60) await Task.Delay(20, TestContext.Current.CancellationToken);
            if (killDatabase) KillPostgres();
            await product.KillAsync();
            await stop.CancelAsync();
            await posting;
        }

        await product.DisposeAsync();
        await using var again = await ProductProcess.StartAsync(folder);
        using var after = Client(again);

        // A caller that did not hear the answer asks again with the same key and gets the first answer.
        foreach (var (request, code) in acknowledged.Take(20))
        {
            using var replay = await PostAsync(after, request, CancellationToken.None);
            Assert.Equal(code, await CodeAsync(replay));
        }

        await again.DisposeAsync();
        await using var database = await OpenAsync();
        await using var source = NpgsqlDataSource.Create(database.ApplicationConnectionString);
        foreach (var (request, code) in acknowledged)
        {
            await using var count = source.CreateCommand("""
                select count(*) from trace.batch b join trace.stock s on s.batch_id = b.id and s.quantity = 7
                join trace.activity_line l on l.batch_id = b.id and l.quantity = 7 where b.supplier_batch_code = $1 and b.code = $2
                """);
            count.Parameters.AddWithValue(request);
            count.Parameters.AddWithValue(code);
            Assert.Equal(1L, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }

        await using var halves = source.CreateCommand("""
            select (select count(*) from trace.stock_difference)
                 + (select count(*) from trace.batch b where not exists (select 1 from trace.activity_line l where l.batch_id = b.id))
                 + (select count(*) from trace.request where response is null)
                 + (select count(*) from (select supplier_batch_code from trace.batch group by 1 having count(*) > 1) d)
            """);
        Assert.Equal(0L, await halves.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await using (await OpenAsync())
        {
            // Opened once more so that its server is stopped in order.
        }

        Directory.Delete(folder, recursive: true);
    }

    private Task<ProductDatabase> OpenAsync() => ProductDatabase.OpenAsync(new ProductDatabaseOptions { DataFolder = folder, Log = _ => { } }, CancellationToken.None);

    private void KillPostgres()
    {
        var pidFile = Directory.EnumerateFiles(folder, "postmaster.pid", SearchOption.AllDirectories).Single();
        using var server = Process.GetProcessById(int.Parse(File.ReadLines(pidFile).First(), CultureInfo.InvariantCulture));
        server.Kill();
        server.WaitForExit();
    }

    private HttpClient Client(ProductProcess product)
    {
        var client = new HttpClient { BaseAddress = new Uri(product.Url), Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    private async Task PostUntilAsync(HttpClient client, int worker, bool killDatabase, ConcurrentDictionary<string, string> acknowledged, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var request = $"{(killDatabase ? "DB" : "APP")}-{worker}-{i}";
            try
            {
                using var answer = await PostAsync(client, request, stop);
                if (answer.IsSuccessStatusCode) acknowledged[request] = await CodeAsync(answer);
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException or JsonException)
            {
                // Cut off in the middle: not acknowledged, so nothing is promised about it.
            }
        }
    }

    private Task<HttpResponseMessage> PostAsync(HttpClient client, string request, CancellationToken ct)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "/api/v1/receipts")
        {
            Content = JsonContent.Create(new { supplierId = supplier, lines = new[] { new { materialId = material, supplierBatchCode = request, quantity = 7, locationId = location } } }),
        };
        message.Headers.Add("Idempotency-Key", request);
        return client.SendAsync(message, ct);
    }

    private static async Task<string> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("batches")[0].GetProperty("code").GetString()!;
}
