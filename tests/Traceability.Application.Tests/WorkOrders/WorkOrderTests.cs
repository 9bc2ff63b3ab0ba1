using Microsoft.EntityFrameworkCore;
using Traceability.Application.Production;
using Traceability.Application.Tests.Production;
using Traceability.Application.Users;
using Traceability.Application.WorkOrders;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.WorkOrders;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.WorkOrders;

public sealed class WorkOrderTests(DairyPlant plant) : IClassFixture<DairyPlant>
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private readonly Shopfloor floor = new(plant);

    [Fact]
    public async Task Release_names_everything_that_is_missing()
    {
        var product = await floor.NewMaterialAsync();
        var planned = Shopfloor.Ok(await plant.Get<PlanWorkOrderHandler>().HandleAsync(new PlanWorkOrder(product.Id, 100), plant.Everyone, Ct));
        var refused = await plant.Get<ReleaseWorkOrderHandler>().HandleAsync(new ReleaseWorkOrder(planned.Id), plant.Everyone, Ct);
        Assert.Equal([WorkOrderErrors.NoActiveBom.Code, WorkOrderErrors.NoActiveRouting.Code, WorkOrderErrors.NoResponsible.Code, WorkOrderErrors.NoPlannedStart.Code, WorkOrderErrors.NoPlannedEnd.Code],
            refused.Errors.Select(e => e.Code));
        Shopfloor.Ok(await plant.Get<ChangeWorkOrderHandler>().HandleAsync(new ChangeWorkOrder(planned.Id, 200, plant.Li.Id, plant.Clock.Now, plant.Clock.Now.AddHours(1), "b", null), plant.Everyone, Ct));
        Assert.Equal("B", (await floor.ViewAsync(planned.Id)).LineCode);
        Assert.Equal(CommonErrors.ChangedMeanwhile.Code, (await plant.Get<ChangeWorkOrderHandler>().HandleAsync(new ChangeWorkOrder(planned.Id, 1, null, null, null, null, null, 1), plant.Everyone, Ct)).Error.Code);
    }

    [Fact]
    public async Task A_later_version_does_not_change_a_released_order()
    {
        var (orderId, product) = await floor.OrderAsync(quantity: 250);
        var kit = Shopfloor.Ok(await plant.Get<OrderMaterialQueries>().KitAsync(orderId, plant.Everyone, Ct));
        Assert.Equal(150, kit.Single().Needed);

        var next = Shopfloor.Ok(await plant.Get<SaveBomHandler>().HandleAsync(new SaveBom(null, product.Id, 100, null, [new BomLineInput(plant.Whey.Id, 1)]), plant.Everyone, Ct));
        Shopfloor.Ok(await plant.Get<ActivateBomHandler>().HandleAsync(new ActivateBom(next.Id), plant.Everyone, Ct));
        var routing = Shopfloor.Ok(await plant.Get<SaveRoutingHandler>().HandleAsync(new SaveRouting(null, product.Id, null, [new RoutingStepInput(5, "别的", plant.Mixing.Id, [])]), plant.Everyone, Ct));
        Shopfloor.Ok(await plant.Get<ActivateRoutingHandler>().HandleAsync(new ActivateRouting(routing.Id), plant.Everyone, Ct));

        Assert.Equal((plant.Lactose.Id, 150m), Shopfloor.Ok(await plant.Get<OrderMaterialQueries>().KitAsync(orderId, plant.Everyone, Ct)).Select(k => (k.Material.Id, k.Needed)).Single());
        var view = await floor.ViewAsync(orderId);
        Assert.Equal([10, 20, 30], view.Steps.Select(s => s.Number));
        Assert.Equal((1, 1), (view.BomVersion, view.RoutingVersion));
        Assert.Equal(WorkOrderErrors.NotDraft.Code, (await plant.Get<ReleaseWorkOrderHandler>().HandleAsync(new ReleaseWorkOrder(orderId), plant.Everyone, Ct)).Error.Code);
    }

    [Fact]
    public async Task A_bill_for_a_step_the_routing_lacks_is_refused_at_release()
    {
        var product = await floor.NewMaterialAsync();
        var bom = Shopfloor.Ok(await plant.Get<SaveBomHandler>().HandleAsync(new SaveBom(null, product.Id, 100, null, [new BomLineInput(plant.Whey.Id, 1, 99)]), plant.Everyone, Ct));
        Shopfloor.Ok(await plant.Get<ActivateBomHandler>().HandleAsync(new ActivateBom(bom.Id), plant.Everyone, Ct));
        await floor.RoutingAsync(product);
        var order = await floor.PlanAsync(product);
        Assert.Equal(WorkOrderErrors.BomStepUnknown.Code, (await plant.Get<ReleaseWorkOrderHandler>().HandleAsync(new ReleaseWorkOrder(order), plant.Everyone, Ct)).Error.Code);
    }

    [Fact]
    public async Task The_proposal_takes_the_earliest_expiry_first_and_skips_what_may_not_be_used()
    {
        var material = await floor.NewMaterialAsync(MaterialKind.Raw);
        var product = await floor.NewMaterialAsync();
        await floor.BomAsync(product, material);
        await floor.RoutingAsync(product);
        var orderId = await floor.ReleasedAsync(product, 100);
        var late = await plant.ReceiveAsync(50, "LATE", material, new DateOnly(2026, 12, 1));
        var early = await plant.ReceiveAsync(40, "EARLY", material, new DateOnly(2026, 6, 1));
        var held = await plant.ReceiveAsync(40, "HELD", material, new DateOnly(2026, 5, 1));
        await SetAsync("hold_count = 1", held.Id);

        var proposal = Shopfloor.Ok(await plant.Get<OrderMaterialQueries>().ProposeAsync(orderId, plant.Everyone, Ct));
        Assert.Equal([(early.Id, 40m), (late.Id, 20m)], proposal.Select(p => (p.BatchId, p.Proposed)));
        var kit = Shopfloor.Ok(await plant.Get<OrderMaterialQueries>().KitAsync(orderId, plant.Everyone, Ct)).Single();
        Assert.Equal((60m, 0m, 90m, 40m, 0m), (kit.Needed, kit.Issued, kit.Available, kit.Unavailable, kit.Shortage));
    }

    [Fact]
    public async Task Issuing_moves_stock_to_the_line_and_is_witnessed()
    {
        var (orderId, _) = await floor.OrderAsync();
        var batch = await floor.IssuedBatchAsync(orderId, 100, "ISSUE-1");
        Assert.Equal((0m, 100m), (await floor.StockAsync(batch.Id, plant.Warehouse.Id), await floor.StockAsync(batch.Id, plant.Line.Id)));
        var move = Shopfloor.Ok(await plant.Get<OrderMaterialQueries>().MovesAsync(orderId, plant.Everyone, Ct)).Single();
        Assert.Equal(("张伟", "李娜", 100m), (move.PersonName, move.WitnessName, move.Quantity));
    }

    [Fact]
    public async Task Every_wrong_batch_is_refused_with_its_own_code()
    {
        var (orderId, _) = await floor.OrderAsync();
        async Task RefusedAsync(Error expected, Batch batch, decimal quantity = 1) => Assert.Equal(expected.Code, (await floor.TryIssueAsync(orderId, batch, quantity)).Error.Code);

        await RefusedAsync(LedgerErrors.NotOnBom, await plant.ReceiveAsync(10, "WRONG-MAT", plant.BasePowder));
        var held = await plant.ReceiveAsync(10, "WRONG-HELD");
        await SetAsync("hold_count = 1", held.Id);
        await RefusedAsync(BatchErrors.OnHold, held);
        var pending = await plant.ReceiveAsync(10, "WRONG-PENDING");
        await SetAsync("quality_status = 'pending'", pending.Id);
        await RefusedAsync(BatchErrors.Pending, pending);
        var rejected = await plant.ReceiveAsync(10, "WRONG-REJECTED");
        await SetAsync("quality_status = 'rejected'", rejected.Id);
        await RefusedAsync(BatchErrors.Rejected, rejected);
        var expired = await plant.ReceiveAsync(10, "WRONG-EXPIRED");
        await SetAsync("expires_on = '2026-01-01'", expired.Id);
        await RefusedAsync(BatchErrors.Expired, expired);
        await RefusedAsync(LedgerErrors.Insufficient, await plant.ReceiveAsync(10, "WRONG-MUCH"), 11);
    }

    [Fact]
    public async Task The_receiver_confirms_with_their_own_password()
    {
        var (orderId, _) = await floor.OrderAsync();
        var batch = await plant.ReceiveAsync(10, "RECV-1");
        Shopfloor.Ok(await plant.Get<CreateAccountHandler>().HandleAsync(new CreateAccount("OP002", "李娜", ["operator"], plant.Li.Id, plant.Plant.Id, "correct-horse-7"), plant.Everyone, Ct));
        Shopfloor.Ok(await plant.Get<CreateAccountHandler>().HandleAsync(new CreateAccount("OP001", "张伟", ["warehouse"], plant.Zhang.Id, plant.Plant.Id, "correct-horse-8"), plant.Everyone, Ct));
        var issue = new IssueMaterial(orderId, [new IssueLineInput(batch.Id, plant.Warehouse.Id, 10)]);
        var handler = plant.Get<IssueMaterialHandler>();

        Assert.Equal(IssueErrors.ReceiverRequired.Code, (await handler.HandleAsync(issue, plant.Everyone, Ct)).Error.Code);
        Assert.Equal(AccountErrors.BadCredentials.Code, (await handler.HandleAsync(issue with { ReceiverUserName = "OP002", ReceiverPassword = "wrong" }, plant.Everyone, Ct)).Error.Code);
        Assert.Equal(IssueErrors.ReceiverSamePerson.Code, (await handler.HandleAsync(issue with { ReceiverUserName = "OP001", ReceiverPassword = "correct-horse-8" }, plant.Everyone, Ct)).Error.Code);
        Assert.Equal(IssueErrors.ReceiverRequired.Code, (await handler.HandleAsync(issue with { ReceiverPersonId = plant.Li.Id }, plant.Everyone, Ct)).Error.Code);
        Assert.Equal("李娜", Shopfloor.Ok(await handler.HandleAsync(issue with { ReceiverUserName = "OP002", ReceiverPassword = "correct-horse-7" }, plant.Everyone, Ct)).ReceivedBy);
    }

    [Fact]
    public async Task Only_what_is_open_comes_back_and_only_to_the_warehouse()
    {
        var (orderId, _) = await floor.OrderAsync();
        var batch = await floor.IssuedBatchAsync(orderId, 100, "RETURN-1");
        var back = new ReturnMaterial(orderId, batch.Id, plant.Line.Id, plant.Warehouse.Id, 30, floor.Reason(ReasonKind.Return));
        var handler = plant.Get<ReturnMaterialHandler>();
        Assert.Equal(IssueErrors.MoreThanOpen.Code, (await handler.HandleAsync(back with { Quantity = 101 }, plant.Everyone, Ct)).Error.Code);
        Assert.Equal(IssueErrors.NotToWarehouse.Code, (await handler.HandleAsync(back with { ToLocationId = plant.Line.Id }, plant.Everyone, Ct)).Error.Code);
        Shopfloor.Ok(await handler.HandleAsync(back, plant.Everyone, Ct));
        Assert.Equal(30, await floor.StockAsync(batch.Id, plant.Warehouse.Id));
        Assert.Equal(70, Shopfloor.Ok(await plant.Get<OrderMaterialQueries>().IssuedAsync(orderId, plant.Everyone, Ct)).Single().Open);
    }

    [Fact]
    public async Task A_deviation_needs_a_second_person_and_lets_no_more_through_than_it_says()
    {
        var (orderId, _) = await floor.OrderAsync();
        var substitute = await plant.ReceiveAsync(100, "SUBST", plant.BasePowder);
        var ask = new RequestDeviation(orderId, plant.BasePowder.Id, null, plant.Lactose.Id, 50, "乳糖短缺");
        Assert.Equal(DeviationErrors.BatchOfOtherMaterial.Code, (await plant.Get<RequestDeviationHandler>().HandleAsync(ask with { MaterialId = plant.Whey.Id, BatchId = substitute.Id }, plant.Everyone, Ct)).Error.Code);
        var asked = Shopfloor.Ok(await plant.Get<RequestDeviationHandler>().HandleAsync(ask, plant.Everyone, Ct));
        Assert.StartsWith("DEV-26-", asked.Code);
        Assert.Equal(LedgerErrors.NotOnBom.Code, (await floor.TryIssueAsync(orderId, substitute, 10)).Error.Code);

        var decide = plant.Get<DecideDeviationHandler>();
        Assert.Equal(DeviationErrors.SamePerson.Code, (await decide.HandleAsync(new DecideDeviation(asked.Id, true, null), plant.Everyone, Ct)).Error.Code);
        Shopfloor.Ok(await decide.HandleAsync(new DecideDeviation(asked.Id, true, "同意"), plant.SecondPerson, Ct));
        Assert.Equal(DeviationErrors.AlreadyDecided.Code, (await decide.HandleAsync(new DecideDeviation(asked.Id, false, null), plant.SecondPerson, Ct)).Error.Code);

        Shopfloor.Ok(await floor.TryIssueAsync(orderId, substitute, 30));
        Assert.Equal(DeviationErrors.QuantityExceeded.Code, (await floor.TryIssueAsync(orderId, substitute, 21)).Error.Code);
        Shopfloor.Ok(await floor.TryIssueAsync(orderId, substitute, 20));
        Assert.Equal(DeviationStatus.Approved, Shopfloor.Ok(await plant.Get<DeviationQueries>().ListAsync(orderId, null, plant.Everyone, Ct)).Single().Status);
    }

    [Fact]
    public async Task A_deviation_for_a_pending_batch_never_lifts_a_hold()
    {
        var (orderId, _) = await floor.OrderAsync();
        var batch = await plant.ReceiveAsync(100, "URGENT");
        await SetAsync("quality_status = 'pending'", batch.Id);
        var asked = Shopfloor.Ok(await plant.Get<RequestDeviationHandler>().HandleAsync(new RequestDeviation(orderId, plant.Lactose.Id, batch.Id, null, null, "紧急放行"), plant.Everyone, Ct));
        Shopfloor.Ok(await plant.Get<DecideDeviationHandler>().HandleAsync(new DecideDeviation(asked.Id, true, null), plant.SecondPerson, Ct));
        Shopfloor.Ok(await floor.TryIssueAsync(orderId, batch, 10));
        await SetAsync("hold_count = 1", batch.Id);
        Assert.Equal(BatchErrors.OnHold.Code, (await floor.TryIssueAsync(orderId, batch, 10)).Error.Code);
    }

    [Fact]
    public async Task An_order_closes_only_when_all_issued_material_is_accounted_for()
    {
        var (orderId, _) = await floor.OrderAsync();
        var batch = await floor.IssuedBatchAsync(orderId, 600, "CLOSE-1");
        foreach (var step in (await floor.ViewAsync(orderId)).Steps)
        {
            Shopfloor.Ok(await floor.TryReportAsync(step.Id, step.Number == 30 ? 990 : 0, step.Number == 20 ? 920 : null,
                consumed: step.Number == 20 ? [new(batch.Id, 580)] : null, outputs: step.Number == 30 ? [new(plant.Warehouse.Id, 990)] : null));
        }

        var close = plant.Get<CloseWorkOrderHandler>();
        Assert.Equal(WorkOrderErrors.NotCompleted.Code, (await close.HandleAsync(new CloseWorkOrder(orderId), plant.Everyone, Ct)).Error.Code);
        Shopfloor.Ok(await plant.Get<CompleteWorkOrderHandler>().HandleAsync(new CompleteWorkOrder(orderId), plant.Everyone, Ct));
        var refused = await close.HandleAsync(new CloseWorkOrder(orderId), plant.Everyone, Ct);
        Assert.Equal((WorkOrderErrors.MaterialOpen.Code, batch.Code, 20m), (refused.Error.Code, refused.Error.Args[0], refused.Error.Args[1]));
        Shopfloor.Ok(await plant.Get<ReturnMaterialHandler>().HandleAsync(new ReturnMaterial(orderId, batch.Id, plant.Line.Id, plant.Warehouse.Id, 15, floor.Reason(ReasonKind.Return)), plant.Everyone, Ct));
        Shopfloor.Ok(await plant.Get<ScrapIssuedMaterialHandler>().HandleAsync(new ScrapIssuedMaterial(orderId, batch.Id, plant.Line.Id, 5, floor.Reason(ReasonKind.Scrap)), plant.Everyone, Ct));
        Assert.Equal(WorkOrderStatus.Closed, Shopfloor.Ok(await close.HandleAsync(new CloseWorkOrder(orderId), plant.Everyone, Ct)).Status);
        Assert.Equal(WorkOrderErrors.NotOpen.Code, (await floor.TryIssueAsync(orderId, batch, 1)).Error.Code);
    }

    [Fact]
    public async Task An_unfinished_order_is_not_completed_and_a_used_one_not_cancelled()
    {
        var (orderId, _) = await floor.OrderAsync();
        Assert.Equal(WorkOrderErrors.NotInProgress.Code, (await plant.Get<CompleteWorkOrderHandler>().HandleAsync(new CompleteWorkOrder(orderId), plant.Everyone, Ct)).Error.Code);
        Shopfloor.Ok(await floor.TryReportAsync(await floor.StepAsync(orderId, 10)));
        var refused = await plant.Get<CompleteWorkOrderHandler>().HandleAsync(new CompleteWorkOrder(orderId), plant.Everyone, Ct);
        Assert.Equal((WorkOrderErrors.StepsOpen.Code, "20, 30"), (refused.Error.Code, refused.Error.Args[0]));
        Assert.Equal(WorkOrderErrors.CannotCancel.Code, (await plant.Get<CancelWorkOrderHandler>().HandleAsync(new CancelWorkOrder(orderId, "客户取消"), plant.Everyone, Ct)).Error.Code);
        var (unused, _) = await floor.OrderAsync();
        Assert.Equal(CommonErrors.ReasonRequired.Code, (await plant.Get<CancelWorkOrderHandler>().HandleAsync(new CancelWorkOrder(unused, " "), plant.Everyone, Ct)).Error.Code);
        Assert.Equal(WorkOrderStatus.Cancelled, Shopfloor.Ok(await plant.Get<CancelWorkOrderHandler>().HandleAsync(new CancelWorkOrder(unused, "客户取消"), plant.Everyone, Ct)).Status);
    }

    [Fact]
    public async Task Permissions_and_other_plants_are_respected()
    {
        var (orderId, _) = await floor.OrderAsync();
        Assert.Equal(CommonErrors.Forbidden.Code, (await plant.Get<PlanWorkOrderHandler>().HandleAsync(new PlanWorkOrder(1, 1), plant.Nobody, Ct)).Error.Code);
        Assert.Equal(CommonErrors.Forbidden.Code, (await plant.Get<IssueMaterialHandler>().HandleAsync(new IssueMaterial(orderId, []), plant.Nobody, Ct)).Error.Code);
        Assert.Equal(CommonErrors.Forbidden.Code, (await plant.Get<RequestDeviationHandler>().HandleAsync(new RequestDeviation(orderId, 1, null, null, null, "x"), plant.Nobody, Ct)).Error.Code);
        Assert.Equal(WorkOrderErrors.NotFound.Code, (await plant.Get<WorkOrderQueries>().GetAsync(orderId, plant.Everyone with { PlantId = 0 }, Ct)).Error.Code);
        var list = Shopfloor.Ok(await plant.Get<WorkOrderQueries>().ListAsync(new PageRequest(Size: 5, Sort: "plannedStart", Descending: true), new WorkOrderFilter(WorkOrderStatus.Released), plant.Everyone, Ct));
        Assert.Contains(list.Items, o => o.Id == orderId && o.StepCount == 3);
    }

    private async Task SetAsync(string assignment, long batchId)
    {
        await using var db = await plant.Db.BeginAsync(Actor.System("test"), "test.batch", Ct);
#pragma warning disable EF1002 // The assignment is a literal of these tests.
        await db.Database.ExecuteSqlRawAsync($"update trace.batch set {assignment} where id = {batchId}", Ct);
#pragma warning restore EF1002
        Shopfloor.Ok(await db.SaveAsync(() => Done.Value, Ct));
    }
}
