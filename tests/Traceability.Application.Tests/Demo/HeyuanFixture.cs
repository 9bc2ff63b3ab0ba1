using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Traceability.Application.Demo;
using Traceability.Application.Setup;
using Traceability.Application.Tracing;
using Traceability.Domain.Common;
using Traceability.Domain.Tracing;
using Traceability.Testing;

namespace Traceability.Application.Tests.Demo;

/// <summary>A database with the demo factory in it, built once for all tests of a class the way the first start builds it.</summary>
public sealed class HeyuanFixture : DatabaseFixture, IProgress<DemoProgress>
{
    private ServiceProvider? _services;

    public IServiceProvider Services => _services ?? throw new InvalidOperationException("The fixture has not been initialised.");

    public IDemoFactory Factory => Services.GetRequiredService<IDemoFactory>();

    public TimeSpan SeedingTook { get; private set; }

    public ConcurrentQueue<DemoProgress> Progress { get; } = [];

    /// <summary>Someone who may look at everything in the demo's plant.</summary>
    public Actor Viewer { get; private set; } = Actor.System("test");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddTraceability(AppConnectionString);
        _services = services.BuildServiceProvider();
        var watch = Stopwatch.StartNew();
        await Factory.SeedAsync(new DemoRequest(null, null), this, CancellationToken.None);
        SeedingTook = watch.Elapsed;
        Viewer = Actor.System("test", await ScalarAsync<long>("select id from trace.plant"));
    }

    public override async ValueTask DisposeAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
        await base.DisposeAsync();
    }

    public void Report(DemoProgress value) => Progress.Enqueue(value);

    public async Task<TraceAnswer> TraceAsync(string code, TraceDirection direction) =>
        (await Services.GetRequiredService<TraceQueries>().TraceAsync(new TraceRequest(code, direction), Viewer, CancellationToken.None)).Value;

    /// <summary>One value, read as the owner of the database.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(OwnerConnectionString);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
