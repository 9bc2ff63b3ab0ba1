using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Traceability.Application.Inventory;
using Traceability.Application.Receiving;
using Traceability.Application.Searching;
using Traceability.Application.Shipments;
using Traceability.Application.Tracing;
using Traceability.Application.Tracing.Graph;
using Traceability.Data.Ledger;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Tracing;
using Traceability.Domain.WorkOrders;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Tracing;

/// <summary>A small chain: one raw batch into two semi-finished (one of them split), both into a finished one, half of it shipped.</summary>
public sealed class TraceQueriesTests(PlantFixture fixture) : IClassFixture<PlantFixture>
{
    private static int number;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestPlant Plant => fixture.Plant;

    private TraceQueries Queries => new(Plant.Database);

    [Fact]
    public async Task A_forward_trace_reaches_every_batch_and_customer()
    {
        var chain = await BuildAsync();
        var summary = (await Queries.SummaryAsync(new TraceRequest(chain.RawCode, TraceDirection.Forward), Plant.Actor, Ct)).Value;
        Assert.Equal(new TraceCounts(0, 0, 0, 3, 1), summary.Batches);
        Assert.Equal(1, summary.LeafBatches);
        Assert.Equal([(chain.Finished, 100m), (chain.Semi, 80m)], summary.Produced.Select(p => (p.Material, p.Quantity)));
        Assert.Equal(40, summary.Shipped.Single().Quantity);
        Assert.Equal(Plant.Customer.Code, summary.Customers.Single().Code);
        Assert.Equal(Plant.Supplier.Code, summary.Suppliers.Single().Code);
        Assert.Contains(summary.OnHand, q => q.Material == chain.Raw && q.Quantity == 20);
        Assert.False(summary.IsTruncated);
    }

    [Fact]
    public async Task A_backward_trace_ends_at_the_supplier_and_a_reversed_use_is_no_link()
    {
        var chain = await BuildAsync();
        var answer = (await Queries.TraceAsync(new TraceRequest(chain.FinishedCode, TraceDirection.Backward), Plant.Actor, Ct)).Value;
        Assert.Equal(new TraceCounts(1, 0, 0, 3, 0), answer.Totals.Batches);
        Assert.Equal(1, answer.Totals.LeafBatches);
        Assert.DoesNotContain(answer.Batches, b => b.Id == chain.TakenBack);
        var raw = answer.Batches.Single(b => b.Id == chain.RawId);
        Assert.Equal((Plant.Supplier.Name, chain.SupplierBatch), (raw.SupplierName, raw.SupplierBatchCode));
        Assert.Equal(80, answer.Links.Where(l => l.BatchId == chain.RawId && l.Direction == LineDirection.Input).Sum(l => l.Quantity));
        // The raw batch is reached by three ways but unfolded once.
        var rows = TraceTree.Rows(answer, TraceDirection.Backward);
        Assert.Single(rows, r => r.Batch.Id == chain.RawId && !r.IsRepeat);
        Assert.Contains(rows, r => r.IsRepeat);
    }

    [Theory]
    [InlineData("  {0} ", TraceStartKind.Batch)]
    [InlineData("{1}", TraceStartKind.SupplierBatch)]
    [InlineData("https://trace.example/b/{0}", TraceStartKind.Batch)]
    [InlineData("(01)06901234567892(10){0}", TraceStartKind.Batch)]
    public async Task A_code_is_found_whatever_its_case_spaces_and_wrapping(string form, TraceStartKind kind)
    {
        var chain = await BuildAsync();
        var typed = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, chain.RawCode.ToLowerInvariant(), chain.SupplierBatch.ToLowerInvariant().Replace("-", "- "));
        var start = (await Queries.ResolveAsync(typed, Plant.Actor, Ct)).Value.Single();
        Assert.Equal((kind, chain.RawId), (start.Kind, start.BatchIds.Single()));
    }

    [Fact]
    public async Task A_code_that_is_unknown_or_names_several_records_says_so()
    {
        var (one, other) = (await BuildAsync(), await BuildAsync());
        Assert.Equal(TraceErrors.NotFound.Code, (await Queries.TraceAsync(new TraceRequest("NO-SUCH-CODE"), Plant.Actor, Ct)).Error.Code);
        // The second supplier's batch number is the first chain's batch code.
        var material = await Plant.AddMaterialAsync($"AMB{++number}");
        await ReceiveAsync(material, 1, one.RawCode);
        Assert.Equal(TraceErrors.Ambiguous.Code, (await Queries.TraceAsync(new TraceRequest(one.RawCode), Plant.Actor, Ct)).Error.Code);
        Assert.True((await Queries.TraceAsync(new TraceRequest(one.RawCode, Kind: TraceStartKind.Batch), Plant.Actor, Ct)).IsSuccess);
        Assert.Equal(CommonErrors.Forbidden.Code, (await Queries.TraceAsync(new TraceRequest(other.RawCode), Plant.ActorWithout(Permission.ViewTrace), Ct)).Error.Code);
    }

    [Fact]
    public async Task A_batch_made_from_nothing_is_a_gap()
    {
        var material = await Plant.AddMaterialAsync($"GAP{++number}", MaterialKind.SemiFinished);
        var code = $"GAP-{number}";
        await ProduceAsync([], [(material, code, 10m)]);
        var answer = (await Queries.TraceAsync(new TraceRequest(code), Plant.Actor, Ct)).Value;
        Assert.Contains(answer.Gaps, g => g.Kind == TraceGapKind.NoInputs && g.Code == code);
        Assert.Contains(answer.Gaps, g => g.Kind == TraceGapKind.NoOrder);
        Assert.True(answer.Completeness < 100);
    }

    [Fact]
    public async Task The_flow_table_balances_to_the_stock()
    {
        var chain = await BuildAsync();
        var flow = (await Queries.FlowAsync(new TraceRequest(chain.RawCode), wholeTrace: false, Plant.Actor, Ct)).Value;
        Assert.Equal(20, flow.Rows[^1].Balance);
        Assert.Equal(ActivityKind.Receive, flow.Rows[0].Kind);
        Assert.Equal(Plant.Supplier.Name, flow.Rows[0].From);
        Assert.Contains(flow.Rows, r => r.IsReversal && r.Quantity < 0);
        Assert.True((await Queries.FlowAsync(new TraceRequest(chain.RawCode, TraceDirection.Forward), wholeTrace: true, Plant.Actor, Ct)).Value.Rows.Count > flow.Rows.Count);
    }

    [Fact]
    public async Task The_picture_runs_from_supplier_to_customer_without_overlap()
    {
        var chain = await BuildAsync();
        var answer = (await Queries.TraceAsync(new TraceRequest(chain.RawCode), Plant.Actor, Ct)).Value;
        var drawing = TraceGraphBuilder.Build(answer, new HashSet<string>());
        var nodes = drawing.Nodes.ToDictionary(n => n.Key);
        Assert.All(drawing.Edges.Where(e => !e.IsLoop), e => Assert.True(nodes[e.From].X < nodes[e.To].X));
        Assert.All(drawing.Nodes.SelectMany(a => drawing.Nodes.Where(b => b != a).Select(b => (a, b))), pair => Assert.False(
            pair.a.X < pair.b.X + pair.b.Width && pair.b.X < pair.a.X + pair.a.Width && pair.a.Y < pair.b.Y + pair.b.Height - .01 && pair.b.Y < pair.a.Y + pair.a.Height - .01));
        Assert.Equal(GraphNodeKind.Supplier, drawing.Nodes.MinBy(n => n.X)!.Kind);
        Assert.Equal(GraphNodeKind.Customer, drawing.Nodes.MaxBy(n => n.X)!.Kind);
    }

    [Fact]
    public async Task Many_siblings_are_folded_and_open_on_demand()
    {
        var (raw, made) = (await Plant.AddMaterialAsync($"FR{++number}"), await Plant.AddMaterialAsync($"FM{number}", MaterialKind.Finished));
        var source = await ReceiveAsync(raw, 1000, $"FOLD-{number}");
        await ProduceAsync([(source, 1000)], [.. Enumerable.Range(0, 400).Select(i => (made, $"FOLD-{number}-{i}", 1m))]);
        var answer = (await Queries.TraceAsync(new TraceRequest($"FOLD-{number}", TraceDirection.Forward), Plant.Actor, Ct)).Value;
        Assert.Equal(401, answer.Batches.Count);
        var folded = TraceGraphBuilder.Build(answer, new HashSet<string>());
        var group = folded.Nodes.Single(n => n.Members.Count == 400);
        Assert.Equal(400, folded.Folded);
        Assert.True(TraceGraphBuilder.Build(answer, new HashSet<string> { group.Key }).Nodes.Count > 400);
    }

    [Fact]
    public async Task The_search_says_what_it_found_and_goes_where_only_one_thing_can_be_meant()
    {
        var chain = await BuildAsync();
        var search = new SearchQueries(Plant.Database);
        var exact = (await search.SearchAsync($" {chain.RawCode.ToLowerInvariant()} ", Plant.Actor, Ct)).Value;
        Assert.Equal((SearchKind.Batch, chain.RawId), (exact.Only!.Kind, exact.Only.Id));
        var customers = (await search.SearchAsync(Plant.Customer.Name[..3], Plant.Actor, Ct)).Value;
        Assert.Contains(customers.Groups, g => g.Kind == SearchKind.Customer);
        Assert.Empty((await search.SearchAsync("zz%zz_nothing", Plant.Actor, Ct)).Value.Groups);
        Assert.DoesNotContain((await search.SearchAsync(chain.RawCode, Plant.ActorWith(Permission.ViewTrace), Ct)).Value.Groups, g => g.Kind == SearchKind.Batch);
    }

    private sealed record Chain(string Raw, string Semi, string Finished, string RawCode, string FinishedCode, string SupplierBatch, long RawId, long TakenBack);

    private async Task<Chain> BuildAsync()
    {
        var n = Interlocked.Increment(ref number);
        var raw = await Plant.AddMaterialAsync($"TR{n}");
        var semi = await Plant.AddMaterialAsync($"TS{n}", MaterialKind.SemiFinished);
        var finished = await Plant.AddMaterialAsync($"TF{n}", MaterialKind.Finished, unit: "can");
        var supplierBatch = $"SUP-LOT-{n}X";
        var rawId = await ReceiveAsync(raw, 100, supplierBatch);
        var takenBack = await ReceiveAsync(raw, 50, $"OTHER-{n}");
        var one = (await ProduceAsync([(rawId, 40)], [(semi, $"S{n}-1", 40m)]))[0];
        var two = (await ProduceAsync([(rawId, 40)], [(semi, $"S{n}-2", 40m)]))[0];
        var split = await new SplitBatchHandler(Plant.Database, Plant.Clock, NullLogger<SplitBatchHandler>.Instance).HandleAsync(new SplitBatch(two, Plant.Warehouse.Id, [new SplitPart(10)]), Plant.Actor, Ct);
        var made = (await ProduceAsync([(one, 40), (two, 30), (split.Value.Parts[0].Id, 10), (rawId, 5), (takenBack, 5)], [(finished, $"F{n}-1", 100m)], takeBack: [rawId, takenBack]))[0];
        var shipment = await new CreateShipmentHandler(Plant.Database, Plant.Clock, NullLogger<CreateShipmentHandler>.Instance).HandleAsync(new CreateShipment(Plant.Customer.Id, [new ShipmentLineInput(finished.Id, 40)]), Plant.Actor, Ct);
        var line = (await new ShipmentQueries(Plant.Database, Plant.Clock).GetAsync(shipment.Value.Id, Plant.Actor, Ct)).Value.Lines[0].Id;
        Assert.True((await new PickBatchHandler(Plant.Database, Plant.Clock).HandleAsync(new PickBatch(shipment.Value.Id, line, made, Plant.Warehouse.Id, 40), Plant.Actor, Ct)).IsSuccess);
        Assert.True((await new DispatchShipmentHandler(Plant.Database, Plant.Clock, NullLogger<DispatchShipmentHandler>.Instance).HandleAsync(new DispatchShipment(shipment.Value.Id), Plant.Actor, Ct)).IsSuccess);
        await using var db = Plant.Database.Read();
        var codes = await db.Of<Batch>().Where(b => b.Id == rawId || b.Id == made).ToDictionaryAsync(b => b.Id, b => b.Code, Ct);
        return new Chain(raw.Code, semi.Code, finished.Code, codes[rawId], codes[made], supplierBatch, rawId, takenBack);
    }

    private async Task<long> ReceiveAsync(Material material, decimal quantity, string supplierBatch) =>
        (await new ReceiveMaterialHandler(Plant.Database, Plant.Clock, NullLogger<ReceiveMaterialHandler>.Instance).HandleAsync(
            new ReceiveMaterial(Plant.Supplier.Id, null, null, null, [new ReceiptLineInput(material.Id, supplierBatch, quantity, Plant.Warehouse.Id)]), Plant.Actor, Ct)).Value.Batches[0].Id;

    /// <summary>One run: inputs in, outputs out; the inputs named in <paramref name="takeBack"/> are posted by themselves and reversed.</summary>
    private async Task<long[]> ProduceAsync(IReadOnlyList<(long BatchId, decimal Quantity)> inputs, IReadOnlyList<(Material Material, string Code, decimal Quantity)> outputs, IReadOnlyList<long>? takeBack = null)
    {
        var now = Plant.Clock.GetUtcNow();
        await using var db = await Plant.Database.BeginAsync(Plant.Actor, "test.produce", Ct);
        var run = new Run { PlantId = Plant.Plant.Id, Grain = RunGrain.Activity, StartedAt = now, Label = outputs[0].Code };
        await db.AddAsync(run, Ct);
        var order = WorkOrder.Plan(Plant.Plant.Id, $"WO-{outputs[0].Code}", outputs[0].Material.Id, new WorkOrderPlan(1, null, null, null, null, null), now);
        await db.AddAsync(order, Ct);
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var batches = outputs.Select(o => Batch.Produce(Plant.Plant.Id, o.Code, o.Material, order.Id, day, now, now)).ToList();
        foreach (var batch in batches) await db.AddAsync(batch, Ct);
        foreach (var wrong in inputs.Where(i => takeBack?.Contains(i.BatchId) == true))
        {
            var posted = await db.PostAsync(new Posting(ActivityKind.Produce, [Posting.In(wrong.BatchId, Plant.Warehouse.Id, wrong.Quantity, run.Id)]), Plant.Actor, now, Ct);
            Assert.True((await db.ReverseAsync(posted.Value.Id, "录入错误", null, Plant.Actor, now, Ct)).IsSuccess);
        }

        var lines = inputs.Where(i => takeBack?.Contains(i.BatchId) != true).Select(i => Posting.In(i.BatchId, Plant.Warehouse.Id, i.Quantity, run.Id))
            .Concat(batches.Zip(outputs, (b, o) => Posting.Out(b.Id, Plant.Warehouse.Id, o.Quantity, run.Id))).ToList();
        var made = await db.PostAsync(new Posting(ActivityKind.Produce, lines), Plant.Actor, now, Ct);
        Assert.True(made.IsSuccess, string.Join(",", made.Errors.Select(e => e.Code)));
        Assert.True((await db.SaveAsync(() => true, Ct)).IsSuccess);
        return [.. batches.Select(b => b.Id)];
    }
}
