using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Traceability.Application.Receiving;
using Traceability.Application.Shipments;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Shipments;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Shipments;

/// <summary>Planning, picking and dispatching; nothing leaves that may not.</summary>
public sealed class ShipmentTests(PlantFixture fixture) : IClassFixture<PlantFixture>
{
    private static int number;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestPlant Plant => fixture.Plant;

    private ShipmentQueries Queries => new(Plant.Database, Plant.Clock);

    [Fact]
    public async Task Goods_are_planned_picked_by_expiry_and_dispatched()
    {
        var material = await MaterialAsync();
        var late = await ReceiveAsync(material, 50, new DateOnly(2029, 1, 1));
        var early = await ReceiveAsync(material, 30, new DateOnly(2028, 1, 1));
        var id = (await Create(new CreateShipment(Plant.Customer.Id, [new ShipmentLineInput(material.Id, 60)]))).Value.Id;
        var line = (await Queries.GetAsync(id, Plant.Actor, Ct)).Value.Lines.Single();
        var proposal = (await Queries.ProposeAsync(id, line.Id, Plant.Actor, Ct)).Value;
        Assert.Equal([(early, 30m), (late, 30m)], proposal.Select(p => (p.BatchId, p.Proposed)));
        foreach (var pick in proposal) Assert.True((await Pick(new PickBatch(id, line.Id, pick.BatchId, pick.Location.Id, pick.Proposed))).IsSuccess);
        Assert.True((await Dispatch(new DispatchShipment(id))).IsSuccess);
        var after = (await Queries.GetAsync(id, Plant.Actor, Ct)).Value;
        Assert.Equal((ShipmentStatus.Dispatched, Plant.Person.Id), (after.Status, after.DispatchedBy!.Id));
        await using var db = Plant.Database.Read();
        Assert.Equal(20, await db.Of<Stock>().Where(s => s.BatchId == late).SumAsync(s => s.Quantity, Ct));
        var sent = (await Queries.ReceivedAsync(Plant.Customer.Id, new PageRequest(Search: material.Code), Plant.Actor, Ct)).Value;
        Assert.Equal(2, sent.Total);
        Assert.Equal(60, sent.Items.Sum(s => s.Quantity));
        Assert.True((await Tell(new RecordFeedback(id, FeedbackKind.Complaint, "罐体凹陷", late))).IsSuccess);
        Assert.Equal("罐体凹陷", (await Queries.FeedbackOfBatchAsync(late, Plant.Actor, Ct)).Value.Single().Content);
        Assert.Empty((await Queries.FeedbackOfBatchAsync(early, Plant.Actor, Ct)).Value);
    }

    [Fact]
    public async Task Feedback_needs_a_dispatched_shipment_and_a_batch_that_was_in_it()
    {
        var material = await MaterialAsync();
        var (batch, other) = (await ReceiveAsync(material, 5), await ReceiveAsync(material, 5));
        var (id, line) = await DraftAsync(material, 5);
        AssertRefused(ShipmentErrors.NotDispatched, await Tell(new RecordFeedback(id, FeedbackKind.Question, "?")));
        Assert.True((await Pick(new PickBatch(id, line, batch, Plant.Warehouse.Id, 5))).IsSuccess);
        Assert.True((await Dispatch(new DispatchShipment(id))).IsSuccess);
        AssertRefused(ShipmentErrors.BatchNotSent, await Tell(new RecordFeedback(id, FeedbackKind.Question, "?", other)));
        AssertRefused(CommonErrors.Required, await Tell(new RecordFeedback(id, FeedbackKind.Question, " ")));
        Assert.True((await Tell(new RecordFeedback(id, FeedbackKind.Praise, "好"))).IsSuccess);
        Assert.Single((await Queries.GetAsync(id, Plant.Actor, Ct)).Value.Feedback);
        AssertRefused(CommonErrors.Forbidden, await new RecordFeedbackHandler(Plant.Database, Plant.Clock, NullLogger<RecordFeedbackHandler>.Instance).HandleAsync(new RecordFeedback(id, FeedbackKind.Praise, "好"), Plant.ActorWithout(Permission.PlanShipments), Ct));
    }

    [Fact]
    public async Task What_is_held_pending_or_expired_is_refused_when_picked()
    {
        var material = await MaterialAsync();
        var held = await ReceiveAsync(material, 10);
        await HoldAsync(held);
        var expired = await ReceiveAsync(material, 10, DateOnly.FromDateTime(Plant.Clock.GetUtcNow().UtcDateTime).AddDays(1));
        var (id, line) = await DraftAsync(material, 10);
        AssertRefused(BatchErrors.OnHold, await Pick(new PickBatch(id, line, held, Plant.Warehouse.Id, 1)));
        Plant.Clock.Advance(TimeSpan.FromDays(3));
        AssertRefused(BatchErrors.Expired, await Pick(new PickBatch(id, line, expired, Plant.Warehouse.Id, 1)));
        var inspected = await Plant.AddMaterialAsync($"PI{++number}", MaterialKind.Finished, incomingInspection: true);
        var pending = await ReceiveAsync(inspected, 5);
        var (second, itsLine) = await DraftAsync(inspected, 5);
        AssertRefused(BatchErrors.Pending, await Pick(new PickBatch(second, itsLine, pending, Plant.Warehouse.Id, 1)));
        Assert.Empty((await Queries.ProposeAsync(second, itsLine, Plant.Actor, Ct)).Value);
    }

    [Fact]
    public async Task A_batch_held_after_picking_stops_the_dispatch()
    {
        var material = await MaterialAsync();
        var batch = await ReceiveAsync(material, 10);
        var (id, line) = await DraftAsync(material, 10);
        Assert.True((await Pick(new PickBatch(id, line, batch, Plant.Warehouse.Id, 10))).IsSuccess);
        await HoldAsync(batch);
        AssertRefused(BatchErrors.OnHold, await Dispatch(new DispatchShipment(id)));
        Assert.Equal(ShipmentStatus.Draft, (await Queries.GetAsync(id, Plant.Actor, Ct)).Value.Status);
    }

    [Fact]
    public async Task Picks_that_do_not_fit_are_refused()
    {
        var (material, other) = (await MaterialAsync(), await MaterialAsync());
        var (batch, foreign) = (await ReceiveAsync(material, 10), await ReceiveAsync(other, 10));
        var (id, line) = await DraftAsync(material, 8);
        AssertRefused(ShipmentErrors.OtherMaterial, await Pick(new PickBatch(id, line, foreign, Plant.Warehouse.Id, 1)));
        AssertRefused(ShipmentErrors.OverPicked, await Pick(new PickBatch(id, line, batch, Plant.Warehouse.Id, 9)));
        AssertRefused(ShipmentErrors.LineNotFound, await Pick(new PickBatch(id, 999_999, batch, Plant.Warehouse.Id, 1)));
        AssertRefused(ShipmentErrors.AtLine, await Pick(new PickBatch(id, line, batch, Plant.Line.Id, 1)));
        AssertRefused(ShipmentErrors.NotFound, await Pick(new PickBatch(999_999, line, batch, Plant.Warehouse.Id, 1)));
        Assert.True((await Pick(new PickBatch(id, line, batch, Plant.Warehouse.Id, 6))).IsSuccess);
        // What one draft has picked another cannot.
        var (second, itsLine) = await DraftAsync(material, 8);
        AssertRefused(LedgerErrors.Insufficient, await Pick(new PickBatch(second, itsLine, batch, Plant.Warehouse.Id, 5)));
    }

    [Fact]
    public async Task A_dispatch_needs_picks_and_says_when_it_is_short()
    {
        var material = await MaterialAsync();
        var batch = await ReceiveAsync(material, 10);
        var (id, line) = await DraftAsync(material, 8);
        AssertRefused(ShipmentErrors.NothingPicked, await Dispatch(new DispatchShipment(id)));
        var pick = await Pick(new PickBatch(id, line, batch, Plant.Warehouse.Id, 5));
        AssertRefused(ShipmentErrors.Incomplete, await Dispatch(new DispatchShipment(id)));
        AssertRefused(ShipmentErrors.PickNotFound, await Remove(new RemovePick(id, 999_999)));
        Assert.True((await Remove(new RemovePick(id, pick.Value.PickId))).IsSuccess);
        Assert.True((await Pick(new PickBatch(id, line, batch, Plant.Warehouse.Id, 4))).IsSuccess);
        Assert.True((await Dispatch(new DispatchShipment(id, AcceptShort: true))).IsSuccess);
        AssertRefused(ShipmentErrors.AlreadyDispatched, await Dispatch(new DispatchShipment(id)));
        AssertRefused(ShipmentErrors.AlreadyDispatched, await Cancel(new CancelShipment(id, "x")));
    }

    [Fact]
    public async Task A_cancelled_draft_frees_its_picks_and_stays_cancelled()
    {
        var material = await MaterialAsync();
        var batch = await ReceiveAsync(material, 10);
        var (id, line) = await DraftAsync(material, 10);
        Assert.True((await Pick(new PickBatch(id, line, batch, Plant.Warehouse.Id, 10))).IsSuccess);
        Assert.True((await Cancel(new CancelShipment(id, "客户改期"))).IsSuccess);
        AssertRefused(ShipmentErrors.Cancelled, await Pick(new PickBatch(id, line, batch, Plant.Warehouse.Id, 1)));
        var (second, itsLine) = await DraftAsync(material, 10);
        Assert.True((await Pick(new PickBatch(second, itsLine, batch, Plant.Warehouse.Id, 10))).IsSuccess);
    }

    [Fact]
    public async Task A_plan_needs_a_customer_lines_and_permission()
    {
        var material = await MaterialAsync();
        AssertRefused(ShipmentErrors.NoLines, await Create(new CreateShipment(Plant.Customer.Id, [])));
        var gone = await Plant.AddAsync(new Customer { Code = $"C{++number}", Name = "停用客户", IsActive = false });
        AssertRefused(ShipmentErrors.CustomerInactive, await Create(new CreateShipment(gone.Id, [new ShipmentLineInput(material.Id, 1)])));
        var off = await Plant.AddAsync(new Material { Code = $"OFF{++number}", ShortCode = "OFF", Name = "停用", UnitId = material.UnitId, IsActive = false });
        AssertRefused(ShipmentErrors.MaterialInactive, await Create(new CreateShipment(Plant.Customer.Id, [new ShipmentLineInput(off.Id, 1)])));
        AssertRefused(CommonErrors.Forbidden, await Create(new CreateShipment(Plant.Customer.Id, [new ShipmentLineInput(material.Id, 1)]), Plant.ActorWithout(Permission.PlanShipments)));
        var (id, line) = await DraftAsync(material, 1);
        var noDispatch = Plant.ActorWithout(Permission.DispatchShipments);
        Assert.Equal(CommonErrors.Forbidden.Code, (await new DispatchShipmentHandler(Plant.Database, Plant.Clock, NullLogger<DispatchShipmentHandler>.Instance).HandleAsync(new DispatchShipment(id), noDispatch, Ct)).Error.Code);
        Assert.Equal(CommonErrors.Forbidden.Code, (await new PickBatchHandler(Plant.Database, Plant.Clock).HandleAsync(new PickBatch(id, line, 1, 1, 1), noDispatch, Ct)).Error.Code);
        Assert.Equal(CommonErrors.Forbidden.Code, (await Queries.ListAsync(new ShipmentFilter(), new PageRequest(), Plant.ActorWithout(Permission.ViewShipments), Ct)).Error.Code);
        Assert.True((await new EditShipmentHandler(Plant.Database).HandleAsync(new EditShipment(id, Carrier: "顺丰", Lines: [new ShipmentLineInput(material.Id, 3)]), Plant.Actor, Ct)).IsSuccess);
        var changed = (await Queries.GetAsync(id, Plant.Actor, Ct)).Value;
        Assert.Equal(("顺丰", 3m), (changed.Carrier, changed.Lines.Single().Quantity));
        Assert.Contains(id, (await Queries.ListAsync(new ShipmentFilter(ShipmentStatus.Draft), new PageRequest(Search: changed.Code), Plant.Actor, Ct)).Value.Items.Select(s => s.Id));
    }

    private Task<Material> MaterialAsync() => Plant.AddMaterialAsync($"SHM{Interlocked.Increment(ref number)}", MaterialKind.Finished);

    private async Task<long> ReceiveAsync(Material material, decimal quantity, DateOnly? expiresOn = null)
    {
        var received = await new ReceiveMaterialHandler(Plant.Database, Plant.Clock, NullLogger<ReceiveMaterialHandler>.Instance).HandleAsync(
            new ReceiveMaterial(Plant.Supplier.Id, null, null, null, [new ReceiptLineInput(material.Id, $"SB-{Interlocked.Increment(ref number)}", quantity, Plant.Warehouse.Id, ExpiresOn: expiresOn)]), Plant.Actor, Ct);
        return received.Value.Batches[0].Id;
    }

    private async Task<(long Id, long LineId)> DraftAsync(Material material, decimal quantity)
    {
        var id = (await Create(new CreateShipment(Plant.Customer.Id, [new ShipmentLineInput(material.Id, quantity)]))).Value.Id;
        return (id, (await Queries.GetAsync(id, Plant.Actor, Ct)).Value.Lines.Single().Id);
    }

    private async Task HoldAsync(long batchId)
    {
        await using var db = await Plant.Database.BeginAsync(Plant.Actor, "test.hold", Ct);
        (await db.LockAsync<Batch>(batchId, Ct))!.PlaceHold();
        Assert.True((await db.SaveAsync(() => true, Ct)).IsSuccess);
    }

    private static void AssertRefused<T>(Error expected, Result<T> result) => Assert.Equal([expected.Code], result.Errors.Select(e => e.Code));

    private Task<Result<FeedbackRecorded>> Tell(RecordFeedback input) => new RecordFeedbackHandler(Plant.Database, Plant.Clock, NullLogger<RecordFeedbackHandler>.Instance).HandleAsync(input, Plant.Actor, Ct);

    private Task<Result<ShipmentCreated>> Create(CreateShipment input, Actor? actor = null) => new CreateShipmentHandler(Plant.Database, Plant.Clock, NullLogger<CreateShipmentHandler>.Instance).HandleAsync(input, actor ?? Plant.Actor, Ct);

    private Task<Result<BatchPicked>> Pick(PickBatch input) => new PickBatchHandler(Plant.Database, Plant.Clock).HandleAsync(input, Plant.Actor, Ct);

    private Task<Result<Done>> Remove(RemovePick input) => new RemovePickHandler(Plant.Database).HandleAsync(input, Plant.Actor, Ct);

    private Task<Result<ShipmentDispatched>> Dispatch(DispatchShipment input) => new DispatchShipmentHandler(Plant.Database, Plant.Clock, NullLogger<DispatchShipmentHandler>.Instance).HandleAsync(input, Plant.Actor, Ct);

    private Task<Result<Done>> Cancel(CancelShipment input) => new CancelShipmentHandler(Plant.Database).HandleAsync(input, Plant.Actor, Ct);
}
