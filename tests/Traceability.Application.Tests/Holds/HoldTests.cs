using Traceability.Application.Batches;
using Traceability.Application.Holds;
using Traceability.Application.Tests.Quality;
using Traceability.Data.Ledger;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Holds;
using Traceability.Domain.Ledger;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Holds;

public sealed class HoldTests(DairyPlant plant) : IClassFixture<DairyPlant>
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    public async Task A_held_batch_is_refused_until_its_last_hold_is_released()
    {
        var batch = await plant.ReceiveAsync(10, "HOLD-1");
        var first = await PlaceAsync(new PlaceHold([batch.Id], null, "供应商通报"));
        var second = await PlaceAsync(new PlaceHold(null, [batch.Code.ToLowerInvariant()], "客户投诉"));
        Assert.Equal((1, 1), (first.Value.Batches, second.Value.Batches));

        foreach (var kind in new[] { ActivityKind.Issue, ActivityKind.Produce, ActivityKind.Ship, ActivityKind.Transfer, ActivityKind.Pack })
            Assert.Equal(BatchErrors.OnHold.Code, (await plant.TakeAsync(batch.Id, kind)).Error.Code);
        Assert.True((await ReleaseAsync(first.Value.HoldId)).Value.IsEnded);
        Assert.Equal(BatchErrors.OnHold.Code, (await plant.TakeAsync(batch.Id, ActivityKind.Issue)).Error.Code);
        Assert.True((await ReleaseAsync(second.Value.HoldId)).IsSuccess);
        Assert.True((await plant.TakeAsync(batch.Id, ActivityKind.Issue)).IsSuccess);
        Assert.Equal(HoldErrors.AlreadyReleased.Code, (await ReleaseAsync(first.Value.HoldId)).Error.Code);
    }

    [Fact]
    public async Task Some_batches_of_a_hold_can_be_let_go_before_the_rest()
    {
        var a = await plant.ReceiveAsync(10, "PART-A");
        var b = await plant.ReceiveAsync(10, "PART-B");
        var hold = await PlaceAsync(new PlaceHold([a.Id, b.Id], null, "待查"));

        var part = await ReleaseAsync(hold.Value.HoldId, a.Id);
        Assert.Equal((1, false), (part.Value.Batches, part.Value.IsEnded));
        Assert.Equal(HoldErrors.NotUnderHold.Code, (await ReleaseAsync(hold.Value.HoldId, a.Id)).Error.Code);
        Assert.False((await plant.BatchAsync(a.Id)).IsOnHold);
        Assert.True((await plant.BatchAsync(b.Id)).IsOnHold);
        var view = await plant.Get<HoldQueries>().FindAsync(hold.Value.HoldId, plant.Everyone, Ct);
        Assert.Equal((2, 1), (view!.Batches, view.Held));
        Assert.Equal(b.Id, Assert.Single((await plant.Get<HoldQueries>().BatchesAsync(hold.Value.HoldId, true, new PageRequest(Search: "lac"), plant.Everyone, Ct)).Items).Id);
        Assert.True((await ReleaseAsync(hold.Value.HoldId, b.Id)).Value.IsEnded);
    }

    [Fact]
    public async Task Downstream_holds_what_was_made_of_it_and_what_is_made_of_it_later()
    {
        var raw = await plant.ReceiveAsync(100, "ROOT-1");
        var other = await plant.ReceiveAsync(100, "OTHER-1");
        var (run, first) = await ProduceAsync(raw, null);
        var (_, grandchild) = await ProduceAsync(first, null);

        var hold = await PlaceAsync(new PlaceHold([raw.Id], null, "供应商通报", Scope: HoldScope.Downstream));
        Assert.Equal(3, hold.Value.Batches);
        Assert.True((await plant.BatchAsync(grandchild.Id)).IsOnHold);
        Assert.False((await plant.BatchAsync(other.Id)).IsOnHold);

        // The order under way goes on: what it puts out later is born on hold.
        var (_, later) = await ProduceAsync(null, run);
        Assert.True((await plant.BatchAsync(later.Id)).IsOnHold);
        Assert.Equal(4, (await ReleaseAsync(hold.Value.HoldId)).Value.Batches);
        Assert.False((await plant.BatchAsync(later.Id)).IsOnHold);
    }

    [Fact]
    public async Task A_posting_beside_a_hold_is_done_before_it_or_refused()
    {
        for (var round = 0; round < 8; round++)
        {
            var batch = await plant.ReceiveAsync(10, $"RACE-{round}");
            var takes = Enumerable.Range(0, 6).Select(_ => Task.Run(() => plant.TakeAsync(batch.Id, ActivityKind.Issue))).ToList();
            var hold = Task.Run(() => PlaceAsync(new PlaceHold([batch.Id], null, "并发")));
            var results = await Task.WhenAll(takes);
            Assert.True((await hold).IsSuccess);

            Assert.All(results.Where(r => !r.IsSuccess), r => Assert.Equal(BatchErrors.OnHold.Code, r.Error.Code));
            var moves = await plant.Get<BatchHistoryQueries>().MovesAsync(batch.Id, new PageRequest(), plant.Everyone, Ct);
            Assert.Equal(10 - results.Count(r => r.IsSuccess), moves.Items[0].Balance);
            Assert.Equal(BatchErrors.OnHold.Code, (await plant.TakeAsync(batch.Id, ActivityKind.Issue)).Error.Code);
        }
    }

    [Fact]
    public async Task Five_thousand_batches_are_held_and_let_go_in_one_go()
    {
        await using (var arrange = await plant.Db.BeginAsync(Actor.System("test"), "test.arrange", Ct))
        {
            await using var insert = arrange.Command($"""
                insert into trace.batch (plant_id, code, material_id, tracking, origin, quality_status, origin_at, recorded_at)
                select {plant.Plant.Id}, 'BULK-' || n, {plant.BasePowder.Id}, 'batch', 'migrated', 'released', now(), now() from generate_series(1, 5000) n
                """);
            await insert.ExecuteNonQueryAsync(Ct);
            Assert.True((await arrange.SaveAsync(() => Done.Value, Ct)).IsSuccess);
        }

        var codes = Enumerable.Range(1, 5000).Select(n => $"BULK-{n}").ToList();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var hold = await PlaceAsync(new PlaceHold(null, codes, "全部冻结"));
        var placed = watch.Elapsed;
        Assert.Equal(5000, hold.Value.Batches);
        Assert.Equal(5000, (await ReleaseAsync(hold.Value.HoldId)).Value.Batches);
        TestContext.Current.TestOutputHelper?.WriteLine($"placed in {placed.TotalMilliseconds:F0} ms, placed and released in {watch.ElapsedMilliseconds} ms");
        Assert.True(placed < TimeSpan.FromSeconds(5), $"{placed}");
    }

    [Fact]
    public async Task What_cannot_be_held_is_said()
    {
        Assert.Equal(HoldErrors.NoBatches.Code, (await PlaceAsync(new PlaceHold(null, [" "], "r"))).Error.Code);
        var unknown = await PlaceAsync(new PlaceHold(null, ["NOT-THERE"], "r"));
        Assert.Equal((HoldErrors.UnknownCodes.Code, "NOT-THERE"), (unknown.Error.Code, unknown.Error.Args[0]));
        Assert.Equal(HoldErrors.TooMany.Code, (await PlaceAsync(new PlaceHold([.. Enumerable.Range(1, 20_001).Select(i => (long)i)], null, "r"))).Error.Code);
        Assert.Equal(CommonErrors.ReasonRequired.Code, (await PlaceAsync(new PlaceHold([1], null, ""))).Error.Code);
        var a = await plant.ReceiveAsync(1, "NR-1");
        var b = await plant.ReceiveAsync(1, "NR-2");
        Assert.Equal(HoldErrors.NeedsRoot.Code, (await PlaceAsync(new PlaceHold([a.Id, b.Id], null, "r", Scope: HoldScope.Downstream))).Error.Code);
        Assert.Equal(HoldErrors.NotFound.Code, (await ReleaseAsync(987654)).Error.Code);
    }

    [Fact]
    public async Task Without_the_permission_nothing_is_held_or_let_go()
    {
        Assert.Equal(CommonErrors.Forbidden.Code, (await plant.Get<PlaceHoldHandler>().HandleAsync(new PlaceHold([1], null, "r"), plant.Nobody, Ct)).Error.Code);
        Assert.Equal(CommonErrors.Forbidden.Code, (await plant.Get<ReleaseHoldHandler>().HandleAsync(new ReleaseHold(1, "r"), plant.Nobody, Ct)).Error.Code);
    }

    private Task<Result<HoldPlaced>> PlaceAsync(PlaceHold input) => plant.Get<PlaceHoldHandler>().HandleAsync(input, plant.Everyone, Ct);

    private Task<Result<HoldReleased>> ReleaseAsync(long id, params long[] batches) => plant.Get<ReleaseHoldHandler>().HandleAsync(new ReleaseHold(id, "查明无影响", batches), plant.Everyone, Ct);

    /// <summary>Makes a batch in a run: out of another batch, or as further output of a run that has its input.</summary>
    private async Task<(long Run, Batch Output)> ProduceAsync(Batch? input, long? run)
    {
        await using var db = await plant.Db.BeginAsync(plant.Everyone, "test.produce", Ct);
        if (run is null)
        {
            var opened = new Run { PlantId = plant.Plant.Id, Grain = RunGrain.Order, StartedAt = plant.Clock.Now };
            await db.AddAsync(opened, Ct);
            run = opened.Id;
        }

        var output = await plant.BatchAsync((await plant.ReceiveAsync(1, $"OUT-{Guid.NewGuid():N}")).Id);
        List<PostingLine> lines = [Posting.Out(output.Id, plant.Warehouse.Id, 5, run)];
        if (input is not null) lines.Add(Posting.In(input.Id, plant.Warehouse.Id, 1, run));
        var posted = await db.PostAsync(new Posting(ActivityKind.Produce, lines), plant.Everyone, plant.Clock.Now, Ct);
        Assert.True(posted.IsSuccess, string.Join(",", posted.Errors));
        Assert.True((await db.SaveAsync(() => Done.Value, Ct)).IsSuccess);
        return (run.Value, output);
    }
}
