using Npgsql;
using Traceability.Application.Tracing;
using Traceability.Domain.Tracing;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Tracing;

/// <summary>The walk in SQL against a naive walk in C#, on graphs with diamonds, loops and reversals.</summary>
public sealed class TraceWalkTests(PlantFixture fixture) : IClassFixture<PlantFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestPlant Plant => fixture.Plant;

    [Theory]
    [InlineData(1, 40, 30, 90)]
    [InlineData(2, 200, 150, 500)]
    [InlineData(3, 200, 40, 900)]
    [InlineData(4, 15, 15, 200)]
    [InlineData(5, 600, 400, 1200)]
    public async Task The_walk_reaches_what_a_naive_walk_reaches(int seed, int batches, int runs, int lines)
    {
        var graph = await RandomGraph.StoreAsync(Plant, fixture.OwnerConnectionString, seed, batches, runs, lines);
        await using var db = Plant.Database.Read();
        await using var moment = await db.Database.BeginTransactionAsync(Ct);
        var random = new Random(seed);
        for (var n = 0; n < 25; n++)
        {
            var start = graph.Batches.OrderBy(_ => random.Next()).Take(1 + (n % 3)).ToArray();
            foreach (var direction in Enum.GetValues<TraceDirection>())
            {
                var expected = graph.Naive(start, direction);
                var reach = await TraceWalk.ReachAsync(db, start, direction, null, Ct);
                Assert.Equal(expected.Batches.Order(), reach.BatchIds.Order());
                Assert.Equal(expected.Runs.Order(), reach.RunIds.Order());
                Assert.False(reach.IsTruncated);
            }

            Assert.Equal(graph.Naive(start, TraceDirection.Forward).Batches.Except(start).Order(), (await TraceWalk.DownstreamAsync(db, start, Ct)).Order());
        }
    }

    [Fact]
    public async Task A_limit_is_kept_and_said()
    {
        var graph = await RandomGraph.StoreAsync(Plant, fixture.OwnerConnectionString, 7, 100, 60, 400);
        await using var db = Plant.Database.Read();
        await using var moment = await db.Database.BeginTransactionAsync(Ct);
        var start = graph.Batches.MaxBy(b => graph.Naive([b], TraceDirection.Forward).Batches.Count);
        var all = await TraceWalk.ReachAsync(db, [start], TraceDirection.Forward, null, Ct);
        var nodes = all.BatchIds.Length + all.RunIds.Length;
        Assert.True(nodes > 5);
        var cut = await TraceWalk.ReachAsync(db, [start], TraceDirection.Forward, 5, Ct);
        Assert.True(cut.IsTruncated);
        Assert.Equal(5, cut.BatchIds.Length + cut.RunIds.Length);
        Assert.False((await TraceWalk.ReachAsync(db, [start], TraceDirection.Forward, nodes, Ct)).IsTruncated);
    }

    /// <summary>A random genealogy written straight into the tables: the ledger would refuse its loops, the walk must survive them.</summary>
    private sealed class RandomGraph
    {
        public List<long> Batches { get; } = [];
        private readonly List<(long Run, long Batch, bool IsInput, bool IsDead)> lines = [];

        public static async Task<RandomGraph> StoreAsync(TestPlant plant, string connection, int seed, int batches, int runs, int lineCount)
        {
            var graph = new RandomGraph();
            var random = new Random(seed);
            var material = await plant.AddMaterialAsync($"G{seed}-{batches}");
            await using var source = NpgsqlDataSource.Create(connection);
            await using var open = await source.OpenConnectionAsync(Ct);
            await using var transaction = await open.BeginTransactionAsync(Ct);
            await RunAsync("select set_config('app.actor_id', '0', true), set_config('app.actor_name', 'test', true), set_config('app.use_case', 'test.arrange', true)");
            for (var i = 0; i < batches; i++)
            {
                graph.Batches.Add(await RunAsync("""
                    insert into trace.batch (plant_id, code, material_id, tracking, origin, quality_status, origin_at, recorded_at)
                    values ($1, $2, $3, 'batch', 'produced', 'released', now(), now()) returning id
                    """, plant.Plant.Id, $"G{seed}-{batches}-{i}", material.Id));
            }

            var runIds = new List<long>();
            for (var i = 0; i < runs; i++) runIds.Add(await RunAsync("insert into trace.run (plant_id, grain, started_at) values ($1, 'activity', now()) returning id", plant.Plant.Id));
            var activity = await NewActivityAsync();
            var reversal = await NewActivityAsync();
            for (var i = 0; i < lineCount; i++)
            {
                var (run, batch, isInput) = (runIds[random.Next(runs)], graph.Batches[random.Next(batches)], random.Next(2) == 0);
                var isDead = random.Next(5) == 0;
                var carriesGenealogy = random.Next(10) > 0;
                var line = await LineAsync(activity, carriesGenealogy ? run : null, batch, isInput, 1, null);
                if (isDead) await LineAsync(reversal, carriesGenealogy ? run : null, batch, isInput, -1, line);
                if (carriesGenealogy) graph.lines.Add((run, batch, isInput, isDead));
            }

            await transaction.CommitAsync(Ct);
            return graph;

            Task<long> NewActivityAsync() => RunAsync("""
                insert into trace.activity (plant_id, kind, occurred_at, recorded_at, person_id, source) values ($1, 'produce', now(), now(), $2, 'manual') returning id
                """, plant.Plant.Id, plant.Person.Id);

            Task<long> LineAsync(long activityId, long? run, long batch, bool isInput, decimal quantity, long? reverses) => RunAsync("""
                insert into trace.activity_line (activity_id, run_id, batch_id, location_id, direction, quantity, reverses_line_id) values ($1, $2, $3, $4, $5, $6, $7) returning id
                """, activityId, run, batch, plant.Line.Id, isInput ? "input" : "output", quantity, reverses);

            async Task<long> RunAsync(string sql, params object?[] values)
            {
                await using var command = new NpgsqlCommand(sql, open, transaction);
                foreach (var value in values) command.Parameters.Add(value is null ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint } : new NpgsqlParameter { Value = value });
                return await command.ExecuteScalarAsync(Ct) is long id ? id : 0;
            }
        }

        public (HashSet<long> Batches, HashSet<long> Runs) Naive(IReadOnlyCollection<long> start, TraceDirection direction)
        {
            var (batches, runs) = (new HashSet<long>(start), new HashSet<long>());
            if (direction == TraceDirection.Both)
            {
                var (back, forth) = (Naive(start, TraceDirection.Backward), Naive(start, TraceDirection.Forward));
                return ([.. back.Batches, .. forth.Batches], [.. back.Runs, .. forth.Runs]);
            }

            bool grew;
            do
            {
                grew = false;
                foreach (var line in lines.Where(l => !l.IsDead))
                {
                    var leadsIn = line.IsInput == (direction == TraceDirection.Forward);
                    if (leadsIn && batches.Contains(line.Batch)) grew |= runs.Add(line.Run);
                    if (!leadsIn && runs.Contains(line.Run)) grew |= batches.Add(line.Batch);
                }
            }
            while (grew);
            return (batches, runs);
        }
    }
}
