using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Traceability.Application.Dossiers;
using Traceability.Documents.Rendering;
using Xunit;

namespace Traceability.Documents.Tests;

/// <summary>What a rendering process cannot do, and what happens when one fails. Asked of a real, running one.</summary>
public sealed class RendererWallsTests : IAsyncLifetime
{
    private readonly ServiceProvider services = Renderers.Start(options =>
    {
        options.AllowProbes = true;
        options.TimeLimit = TimeSpan.FromSeconds(8);
        options.MemoryMegabytes = 256;
    });

    private RendererPool Pool => services.GetRequiredService<RendererPool>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "outside.txt"), "secret");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task<string> ProbeAsync(string attempt)
    {
        var (head, _) = await Pool.AskAsync(new JsonObject { ["kind"] = "probe", ["attempt"] = attempt }, Stop);
        return head.GetProperty("outcome").GetString()!;
    }

    [Fact]
    public async Task Neither_files_nor_network_nor_programs_are_within_reach()
    {
        Assert.Equal("ERR_ACCESS_DENIED", await ProbeAsync("readOutside"));
        Assert.Equal("ERR_ACCESS_DENIED", await ProbeAsync("readSystem"));
        Assert.Equal("ERR_ACCESS_DENIED", await ProbeAsync("write"));
        Assert.Equal("ERR_ACCESS_DENIED", await ProbeAsync("thread"));
        Assert.Equal("ERR_ACCESS_DENIED", await ProbeAsync("binding"));
        Assert.Equal("ERR_LOCKED_DOWN", await ProbeAsync("program"));
        Assert.Equal("ERR_LOCKED_DOWN", await ProbeAsync("connect"));
        Assert.Equal("ERR_LOCKED_DOWN", await ProbeAsync("rawSocket"));
        Assert.Equal("ERR_LOCKED_DOWN", await ProbeAsync("listen"));
        Assert.Equal("ERR_LOCKED_DOWN", await ProbeAsync("http"));
        Assert.Equal("ERR_LOCKED_DOWN", await ProbeAsync("lookup"));
        Assert.Equal("ReferenceError", await ProbeAsync("fetch"));
    }

    [Theory]
    [InlineData("""{"image":"/etc/passwd"}""")]
    [InlineData("""{"image":"https://example.com/a.png"}""")]
    [InlineData("""{"image":"data:text/html;base64,AAAA"}""")]
    [InlineData("""{"svg":"<svg><image href='file:///etc/passwd'/></svg>"}""")]
    [InlineData("""{"text":"x","link":"https://example.com"}""")]
    [InlineData("""{"text":"x","font":"/etc/passwd"}""")]
    [InlineData("""{"attachment":"/etc/passwd"}""")]
    [InlineData("""{"table":{"body":[[{"stack":[{"image":"a.png"}]}]]}}""")]
    [InlineData("""{"text":"x","__proto__":{"image":"a.png"}}""")]
    public async Task A_document_that_refers_to_anything_outside_is_refused(string node)
    {
        var document = new JsonObject { ["title"] = "x", ["created"] = "2026-04-09T00:00:00Z", ["pageSize"] = "A4", ["content"] = new JsonArray(JsonNode.Parse(node)) };
        var error = await Assert.ThrowsAsync<DocumentRenderingException>(() => Pool.PrintAsync(document, Stop));
        Assert.Equal(DocumentFailure.Refused, error.Failure);
        // The process is none the worse for it.
        Assert.Single(Pool.IdleProcesses);
    }

    [Fact]
    public async Task A_killed_process_is_replaced()
    {
        await ProbeAsync("readOutside");
        var first = Assert.Single(Pool.IdleProcesses);
        using (var process = Process.GetProcessById(first))
        {
            process.Kill();
            await process.WaitForExitAsync(Stop);
        }
        Assert.Equal("ERR_ACCESS_DENIED", await ProbeAsync("readOutside"));
        Assert.NotEqual(first, Assert.Single(Pool.IdleProcesses));
    }

    [Theory]
    [InlineData("hang", DocumentFailure.TimedOut)]
    [InlineData("exit", DocumentFailure.ProcessDied)]
    [InlineData("exhaust", DocumentFailure.ProcessDied)]
    public async Task A_failing_job_is_reported_and_the_next_one_gets_a_new_process(string attempt, DocumentFailure failure)
    {
        await ProbeAsync("readOutside");
        var first = Assert.Single(Pool.IdleProcesses);
        var error = await Assert.ThrowsAsync<DocumentRenderingException>(() => ProbeAsync(attempt));
        Assert.Equal(failure, error.Failure);
        Assert.Empty(Pool.IdleProcesses);
        Assert.False(IsRunning(first));
        Assert.Equal("ERR_ACCESS_DENIED", await ProbeAsync("readOutside"));
    }

    [Fact]
    public async Task A_cancelled_job_stops_its_process()
    {
        await ProbeAsync("readOutside");
        var first = Assert.Single(Pool.IdleProcesses);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        cancel.CancelAfter(300);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pool.AskAsync(new JsonObject { ["kind"] = "probe", ["attempt"] = "hang" }, cancel.Token));
        Assert.False(IsRunning(first));
    }

    [Fact]
    public async Task A_missing_node_is_reported()
    {
        await using var broken = Renderers.Start(options => options.NodePath = "node-that-is-not-there");
        var renderer = broken.GetRequiredService<IDossierRenderer>();
        var error = await Assert.ThrowsAsync<DocumentRenderingException>(() => renderer.RenderAsync(HeyuanDossier.Model(), DocumentLanguage.English, Stop));
        Assert.Equal(DocumentFailure.NotAvailable, error.Failure);
    }

    [Fact]
    public async Task Probes_answer_only_where_they_are_allowed()
    {
        await using var product = Renderers.Start();
        var pool = product.GetRequiredService<RendererPool>();
        await Assert.ThrowsAsync<DocumentRenderingException>(() => pool.AskAsync(new JsonObject { ["kind"] = "probe", ["attempt"] = "exit" }, Stop));
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
