using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Traceability.Application.Setup;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.Configuration;

namespace Traceability.Application.Demo.Heyuan;

/// <summary>
/// Heyuan Dairy, an invented maker of infant formula: six months of routine and a whey delivery that turns out contaminated.
/// Everything is done through the use cases, by the people of the factory, under the story's own clock, so that nothing is
/// recorded late. The story ends when the supplier's notice has been put on the batch: nothing is on hold yet, placing the
/// hold and drawing the trace is left to whoever is at the screen.
/// </summary>
public sealed class HeyuanDemoFactory(TraceDatabase database, DemoAccess access, string connectionString) : IDemoFactory
{
    private const string Mark = "demo", Name = "heyuan";

    /// <inheritdoc />
    public async Task SeedAsync(DemoRequest request, IProgress<DemoProgress> progress, CancellationToken ct)
    {
        progress.Report(new DemoProgress(0, "planning"));
        var story = HeyuanPlanner.Plan(StoryCalendar.EndingOn(request.Today));
        var clock = new StoryClock();
        await using var services = Services(clock);
        var world = new DemoWorld(services, clock);
        progress.Report(new DemoProgress(0.01, "people, master data, recipes"));
        await new HeyuanSetup(world).RunAsync(story.Begin, ct);

        var told = new Told(story, progress);
        await new HeyuanTelling(world).TellAsync(story, told.Add, ct);

        clock.Set(story.End);
        await using var db = await services.GetRequiredService<TraceDatabase>().BeginAsync(Actor.System("demo"), "demo.seed", ct);
        await db.AddAsync(new Setting { Key = Mark, Value = Name }, ct);
        await DemoWorld.Must(db.SaveAsync(() => Done.Value, ct), "mark");
        progress.Report(new DemoProgress(1, "done"));
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<DemoSignIn>> SignInsAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Of<Setting>().AnyAsync(s => s.Key == Mark && s.Value == Name, ct)
            ? [.. HeyuanCatalog.People.Select(p => new DemoSignIn(p.Code, HeyuanCatalog.Password, p.Role))] : [];
    }

    /// <inheritdoc />
    public async Task<string?> WriteAccessAsync(string dataFolder, string url, CancellationToken ct) =>
        await SignInsAsync(ct) is { Count: > 0 } signIns ? await access.WriteAsync(dataFolder, url, signIns, "MG01", "AD01", ct) : null;

    /// <summary>
    /// The use cases under the story's clock. Until the last commit the server need not wait for its disk: an interrupted
    /// seeding is repeated from the beginning anyway.
    /// </summary>
    private ServiceProvider Services(StoryClock clock)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Options = "-c synchronous_commit=off -c jit=off",
            ApplicationName = "Traceability demo",
            MaxAutoPrepare = 400,
            AutoPrepareMinUsages = 3,
            MaxPoolSize = 20,
        };
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddLogging();
        services.AddTraceability(connection.ConnectionString);
        // The demo's password is printed at every start, so a slow hash protects nothing; hundreds of handovers are confirmed
        // with it here. It is hashed again, slowly, when its owner first signs in.
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1_000);
        return services.BuildServiceProvider();
    }

    /// <summary>Counts what has been told and reports it with the month that the slowest strand has reached.</summary>
    private sealed class Told(HeyuanStory story, IProgress<DemoProgress> progress)
    {
        private const double Before = 0.03, After = 0.99;
        private readonly Lock gate = new();
        private readonly int[] counts = new int[story.Strands.Count];

        public void Add(int strand)
        {
            lock (gate)
            {
                counts[strand]++;
                var count = counts.Sum();
                if (count % 20 != 0) return;
                var reached = story.Strands.Zip(counts).Where(s => s.Second < s.First.Count).Select(s => s.First[s.Second].At).Append(story.End).Min();
                progress.Report(new DemoProgress(Before + ((After - Before) * count / story.Count), string.Create(CultureInfo.InvariantCulture, $"{reached:yyyy-MM}: receiving, production, tests, shipments")));
            }
        }
    }
}
