using Microsoft.EntityFrameworkCore;
using Traceability.Application.Operations;
using Traceability.Application.Tests.Production;
using Traceability.Application.WorkOrders;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Operations;
using Traceability.Domain.Production;
using Traceability.Domain.WorkOrders;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Operations;

public sealed class OperationTests(DairyPlant plant) : IClassFixture<DairyPlant>
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private readonly Shopfloor floor = new(plant);

    [Fact]
    public async Task An_operation_is_started_and_finished_by_the_server_s_clock_and_makes_a_batch_with_its_genealogy()
    {
        var (orderId, product) = await floor.OrderAsync(product: await floor.NewMaterialAsync(finalInspection: true));
        var batch = await floor.IssuedBatchAsync(orderId, 600, "MAKE-1");
        Shopfloor.Ok(await floor.TryReportAsync(await floor.StepAsync(orderId, 10)));
        var started = Shopfloor.Ok(await plant.Get<StartOperationHandler>().HandleAsync(new StartOperation(await floor.StepAsync(orderId, 20), plant.Mixer.Id, [plant.Li.Id]), plant.Everyone, Ct));
        Assert.Equal(plant.Clock.Now, started.StartedAt);
        var finished = Shopfloor.Ok(await plant.Get<FinishOperationHandler>().HandleAsync(new FinishOperation(started.ReportId, 990, [new("temp", 920)], [new(batch.Id, 590)],
            [new(LossKind.Scrap, floor.Reason(ReasonKind.Scrap), 10)], [new(plant.Warehouse.Id, 990)], [new(batch.Id, 4, floor.Reason(ReasonKind.Scrap))]), plant.Everyone, Ct));

        Assert.False(finished.HasOutOfLimits);
        var output = Assert.Single(finished.Outputs);
        Assert.StartsWith($"{product.ShortCode}-260320-", output.Code);
        Assert.Equal(QualityStatus.Pending, output.Status);
        Assert.Equal((6m, 990m), (await floor.StockAsync(batch.Id, plant.Line.Id), await floor.StockAsync(output.Id, plant.Warehouse.Id)));
        await using var db = plant.Db.Read();
        var order = await db.Of<WorkOrder>().SingleAsync(o => o.Id == orderId, Ct);
        Assert.Equal([(LineDirection.Input, 590m), (LineDirection.Output, 990m)], (await db.Of<ActivityLine>().Where(l => l.RunId == order.RunId).OrderBy(l => l.Id).ToListAsync(Ct)).Select(l => (l.Direction, l.Quantity)));
        var report = Shopfloor.Ok(await plant.Get<ReportQueries>().ByWorkOrderAsync(orderId, plant.Everyone, Ct)).Single(r => r.StepNumber == 20);
        Assert.Equal(("张伟", "李娜", "M2", "LAC", 590m, 4m), (report.Operator.Name, report.Helpers.Single().Name, report.Equipment!.Code, report.Consumed.Single().Material.Code, report.Consumed.Single().Quantity, report.Scrapped.Single().Quantity));
        Assert.Equal((920m, 910m, 930m, true), (report.Parameters[0].Value, report.Parameters[0].LowerLimit!.Value, report.Parameters[0].UpperLimit!.Value, report.Parameters[0].IsWithin));
        Assert.Equal(0, await CountDifferencesAsync());
    }

    [Fact]
    public async Task A_temperature_of_885_against_910_to_930_is_out_of_limits_and_kept()
    {
        var (orderId, _) = await floor.OrderAsync();
        Shopfloor.Ok(await floor.TryReportAsync(await floor.StepAsync(orderId, 10)));
        Assert.True(Shopfloor.Ok(await floor.TryReportAsync(await floor.StepAsync(orderId, 20), temperature: 885)).HasOutOfLimits);
        var listed = Shopfloor.Ok(await plant.Get<ReportQueries>().ListAsync(new PageRequest(), new ReportFilter(WorkOrderId: orderId, OutOfLimitsOnly: true), plant.Everyone, Ct));
        Assert.Equal(20, Assert.Single(listed.Items).StepNumber);
        Assert.True((await floor.ViewAsync(orderId)).Steps.Single(s => s.Number == 20).HasOutOfLimits);
    }

    [Fact]
    public async Task A_skipped_step_is_refused_or_noted_by_its_own_rule()
    {
        var (strict, _) = await floor.OrderAsync();
        var refused = await plant.Get<StartOperationHandler>().HandleAsync(new StartOperation(await floor.StepAsync(strict, 20)), plant.Everyone, Ct);
        Assert.Equal((OperationErrors.StepSkipped.Code, (object?)10), (refused.Error.Code, refused.Error.Args[0]));
        var (lenient, _) = await floor.OrderAsync(SkipRule.Warn);
        var ready = Shopfloor.Ok(await plant.Get<OperationQueries>().ReadyAsync(new PageRequest(Size: 500), plant.Mixing.Id, plant.Everyone, Ct)).Items;
        Assert.Equal([10], ready.Where(r => r.WorkOrderId == strict).Select(r => r.Number));
        Assert.Equal([10, 20], ready.Where(r => r.WorkOrderId == lenient).Select(r => r.Number).Order());
        Assert.Equal([10], Shopfloor.Ok(await floor.TryReportAsync(await floor.StepAsync(lenient, 20), temperature: 920)).SkippedSteps);
        Assert.Equal("10", Shopfloor.Ok(await plant.Get<ReportQueries>().ByWorkOrderAsync(lenient, plant.Everyone, Ct)).Single().SkippedSteps);
    }

    [Fact]
    public async Task Parameters_are_checked_against_the_order_s_own()
    {
        var (orderId, _) = await floor.OrderAsync();
        Shopfloor.Ok(await floor.TryReportAsync(await floor.StepAsync(orderId, 10)));
        var step = await floor.StepAsync(orderId, 20);
        Assert.Equal(OperationErrors.ParameterMissing.Code, (await floor.TryReportAsync(step)).Error.Code);
        var twice = await plant.Get<ReportOperationHandler>().HandleAsync(new ReportOperation(step, 0, Parameters: [new("TEMP", 920), new("TEMP", 921), new("NONE", 1)]), plant.Everyone, Ct);
        Assert.Equal([OperationErrors.ParameterTwice.Code, OperationErrors.ParameterUnknown.Code], twice.Errors.Select(e => e.Code));
    }

    [Fact]
    public async Task A_step_that_needs_a_machine_gets_one_of_its_own_work_centre()
    {
        var (orderId, _) = await floor.OrderAsync(equipment: true);
        Shopfloor.Ok(await floor.TryReportAsync(await floor.StepAsync(orderId, 10)));
        var step = await floor.StepAsync(orderId, 20);
        Assert.Equal(OperationErrors.EquipmentRequired.Code, (await floor.TryReportAsync(step, temperature: 920)).Error.Code);
        var (elsewhere, blocked) = await MachinesAsync();
        Assert.Equal(OperationErrors.EquipmentElsewhere.Code, (await floor.TryReportAsync(step, temperature: 920, equipment: elsewhere)).Error.Code);
        Assert.Equal(LedgerErrors.EquipmentNotAvailable.Code, (await floor.TryReportAsync(step, temperature: 920, equipment: blocked)).Error.Code);
        Shopfloor.Ok(await floor.TryReportAsync(step, temperature: 920, equipment: plant.Mixer.Id));
        Assert.Equal(OperationErrors.StepFinished.Code, (await floor.TryReportAsync(step, temperature: 920, equipment: plant.Mixer.Id)).Error.Code);
    }

    [Fact]
    public async Task Only_material_issued_to_the_order_is_consumed()
    {
        var (orderId, _) = await floor.OrderAsync(SkipRule.Warn);
        var (other, _) = await floor.OrderAsync();
        var step = await floor.StepAsync(orderId, 20);
        var foreign = await floor.IssuedBatchAsync(other, 100, "FOREIGN");
        Assert.Equal(OperationErrors.NotIssued.Code, (await floor.TryReportAsync(step, temperature: 920, consumed: [new(foreign.Id, 1)])).Error.Code);
        var own = await floor.IssuedBatchAsync(orderId, 100, "OWN");
        Assert.Equal(OperationErrors.NotIssued.Code, (await floor.TryReportAsync(step, temperature: 920, consumed: [new(own.Id, 60), new(own.Id, 41)])).Error.Code);
        Assert.Equal(OperationErrors.ScrapOfOtherOrder.Code, (await floor.TryReportAsync(step, temperature: 920, scraps: [new(foreign.Id, 1, floor.Reason(ReasonKind.Scrap))])).Error.Code);
        Shopfloor.Ok(await floor.TryReportAsync(step, temperature: 920, consumed: [new(own.Id, 60), new(own.Id, 40)], completes: false));
    }

    [Fact]
    public async Task Outputs_and_losses_must_add_up_and_belong_to_the_order()
    {
        var (orderId, _) = await floor.OrderAsync(SkipRule.Warn);
        var step = await floor.StepAsync(orderId, 10);
        Assert.Equal(OperationErrors.OutputsDiffer.Code, (await floor.TryReportAsync(step, 10, outputs: [new(plant.Warehouse.Id, 9)])).Error.Code);
        var foreign = await plant.ReceiveAsync(1, "NOT-OURS");
        Assert.Equal(OperationErrors.OutputOfOtherOrder.Code, (await floor.TryReportAsync(step, 10, outputs: [new(plant.Warehouse.Id, 10, foreign.Id)])).Error.Code);
        Assert.Equal(OperationErrors.ReasonOfOtherKind.Code, (await floor.TryReportAsync(step, 1, losses: [new(LossKind.Rework, floor.Reason(ReasonKind.Scrap), 1)])).Error.Code);
        var first = Shopfloor.Ok(await floor.TryReportAsync(step, 10, outputs: [new(plant.Warehouse.Id, 10)], completes: false));
        Shopfloor.Ok(await floor.TryReportAsync(step, 5, outputs: [new(plant.Warehouse.Id, 5, first.Outputs[0].Id)]));
        Assert.Equal(15, await floor.StockAsync(first.Outputs[0].Id, plant.Warehouse.Id));
        Assert.Equal(15, (await floor.ViewAsync(orderId)).Produced);
    }

    [Fact]
    public async Task Serial_products_get_one_batch_a_unit()
    {
        var (orderId, _) = await floor.OrderAsync(SkipRule.Warn, product: await floor.NewMaterialAsync(tracking: Tracking.Serial));
        var step = await floor.StepAsync(orderId, 10);
        Assert.Equal(OperationErrors.WholeUnits.Code, (await floor.TryReportAsync(step, 1.5m, outputs: [new(plant.Warehouse.Id, 1.5m)])).Error.Code);
        var made = Shopfloor.Ok(await floor.TryReportAsync(step, 3, outputs: [new(plant.Warehouse.Id, 3)]));
        Assert.Equal(3, made.Outputs.Select(o => o.Code).Distinct().Count());
        Assert.All(made.Outputs, o => Assert.Equal(1, o.Quantity));
    }

    [Fact]
    public async Task A_report_of_its_own_grain_has_its_own_run_when_that_tells_the_truth()
    {
        var (orderId, _) = await floor.OrderAsync(SkipRule.Warn, StepGrain.Report);
        var batch = await floor.IssuedBatchAsync(orderId, 100, "GRAIN");
        var step = await floor.StepAsync(orderId, 20);
        var one = Shopfloor.Ok(await floor.TryReportAsync(step, 10, 920, consumed: [new(batch.Id, 10)], outputs: [new(plant.Warehouse.Id, 10)], completes: false));
        var two = Shopfloor.Ok(await floor.TryReportAsync(step, 10, 920, consumed: [new(batch.Id, 10)], outputs: [new(plant.Warehouse.Id, 10)], completes: false));
        var onlyIn = Shopfloor.Ok(await floor.TryReportAsync(step, 0, 920, consumed: [new(batch.Id, 10)], completes: false));
        var after = Shopfloor.Ok(await floor.TryReportAsync(step, 10, 920, consumed: [new(batch.Id, 10)], outputs: [new(plant.Warehouse.Id, 10)]));
        await using var db = plant.Db.Read();
        var order = await db.Of<WorkOrder>().SingleAsync(o => o.Id == orderId, Ct);
        async Task<long> RunAsync(long report) => (await db.Of<OperationReport>().SingleAsync(r => r.Id == report, Ct)).RunId;
        Assert.Equal(3, new[] { await RunAsync(one.ReportId), await RunAsync(two.ReportId), order.RunId!.Value }.Distinct().Count());
        Assert.Equal((order.RunId.Value, order.RunId.Value), (await RunAsync(onlyIn.ReportId), await RunAsync(after.ReportId)));
    }

    [Fact]
    public async Task Taking_a_report_back_restores_stock_and_trace_and_reopens_the_step()
    {
        var (orderId, _) = await floor.OrderAsync(SkipRule.Warn);
        var batch = await floor.IssuedBatchAsync(orderId, 100, "BACK");
        var step = await floor.StepAsync(orderId, 20);
        var made = Shopfloor.Ok(await floor.TryReportAsync(step, 50, 920, consumed: [new(batch.Id, 60)], outputs: [new(plant.Warehouse.Id, 50)], scraps: [new(batch.Id, 5, floor.Reason(ReasonKind.Scrap))]));
        var handler = plant.Get<ReverseOperationHandler>();
        Assert.Equal(CommonErrors.ReasonRequired.Code, (await handler.HandleAsync(new ReverseOperation(made.ReportId, ""), plant.Everyone, Ct)).Error.Code);
        Assert.Equal(2, Shopfloor.Ok(await handler.HandleAsync(new ReverseOperation(made.ReportId, "录入错误", floor.Reason(ReasonKind.Reversal)), plant.Everyone, Ct)).ActivityIds.Count);

        Assert.Equal((100m, 0m), (await floor.StockAsync(batch.Id, plant.Line.Id), await floor.StockAsync(made.Outputs[0].Id, plant.Warehouse.Id)));
        Assert.Equal(100, Shopfloor.Ok(await plant.Get<OrderMaterialQueries>().IssuedAsync(orderId, plant.Everyone, Ct)).Single().Open);
        await using var db = plant.Db.Read();
        var order = await db.Of<WorkOrder>().SingleAsync(o => o.Id == orderId, Ct);
        Assert.Equal(0, await db.Of<ActivityLine>().Where(l => l.RunId == order.RunId && l.BatchId == batch.Id).SumAsync(l => l.Quantity, Ct));
        Assert.Equal(StepStatus.Open, (await floor.ViewAsync(orderId)).Steps.Single(s => s.Number == 20).Status);
        Assert.Equal(OperationErrors.AlreadyReversed.Code, (await handler.HandleAsync(new ReverseOperation(made.ReportId, "again"), plant.Everyone, Ct)).Error.Code);
        Assert.Empty(Shopfloor.Ok(await plant.Get<ReportQueries>().ByWorkOrderAsync(orderId, plant.Everyone, Ct)));
        var kept = Shopfloor.Ok(await plant.Get<ReportQueries>().GetAsync(made.ReportId, plant.Everyone, Ct));
        Assert.Equal((ReportStatus.Reversed, "录入错误"), (kept.Status, kept.ReversalReason));
    }

    [Fact]
    public async Task A_report_whose_output_was_used_is_not_taken_back()
    {
        var (first, product) = await floor.OrderAsync(SkipRule.Warn);
        var made = Shopfloor.Ok(await floor.TryReportAsync(await floor.StepAsync(first, 10), 50, outputs: [new(plant.Warehouse.Id, 50)]));
        var next = await floor.NewMaterialAsync();
        await floor.BomAsync(next, product);
        await floor.RoutingAsync(next);
        var second = await floor.ReleasedAsync(next);
        await using var db = plant.Db.Read();
        Shopfloor.Ok(await floor.TryIssueAsync(second, await db.Of<Batch>().SingleAsync(b => b.Id == made.Outputs[0].Id, Ct), 50));
        Assert.Equal(LedgerErrors.OutputUsed.Code, (await plant.Get<ReverseOperationHandler>().HandleAsync(new ReverseOperation(made.ReportId, "x"), plant.Everyone, Ct)).Error.Code);
    }

    [Fact]
    public async Task A_held_batch_at_the_line_is_not_consumed()
    {
        var (orderId, _) = await floor.OrderAsync(SkipRule.Warn);
        var batch = await floor.IssuedBatchAsync(orderId, 100, "HELD-AT-LINE");
        await using (var db = await plant.Db.BeginAsync(Actor.System("test"), "test.hold", Ct))
        {
            await db.Of<Batch>().Where(b => b.Id == batch.Id).ExecuteUpdateAsync(u => u.SetProperty(b => b.HoldCount, 1), Ct);
            Shopfloor.Ok(await db.SaveAsync(() => Done.Value, Ct));
        }

        Assert.Equal(BatchErrors.OnHold.Code, (await floor.TryReportAsync(await floor.StepAsync(orderId, 20), temperature: 920, consumed: [new(batch.Id, 1)])).Error.Code);
        await using var after = plant.Db.Read();
        Assert.False(await after.Of<OperationReport>().AnyAsync(r => r.WorkOrderId == orderId, Ct));
    }

    [Fact]
    public async Task A_running_report_is_finished_once_and_only_by_who_may()
    {
        var (orderId, _) = await floor.OrderAsync();
        var step = await floor.StepAsync(orderId, 10);
        Assert.Equal(CommonErrors.Forbidden.Code, (await plant.Get<StartOperationHandler>().HandleAsync(new StartOperation(step), plant.Nobody, Ct)).Error.Code);
        Assert.Equal(OperationErrors.StepNotFound.Code, (await plant.Get<StartOperationHandler>().HandleAsync(new StartOperation(999_999), plant.Everyone, Ct)).Error.Code);
        var started = Shopfloor.Ok(await plant.Get<StartOperationHandler>().HandleAsync(new StartOperation(step), plant.Everyone, Ct));
        Assert.Equal(WorkOrderErrors.OperationRunning.Code, (await plant.Get<CompleteWorkOrderHandler>().HandleAsync(new CompleteWorkOrder(orderId), plant.Everyone, Ct)).Error.Code);
        Assert.Equal(started.ReportId, Shopfloor.Ok(await plant.Get<OperationQueries>().FormAsync(step, plant.Everyone, Ct)).Running!.Id);
        Shopfloor.Ok(await plant.Get<FinishOperationHandler>().HandleAsync(new FinishOperation(started.ReportId, 0), plant.Everyone, Ct));
        Assert.Equal(OperationErrors.NotRunning.Code, (await plant.Get<FinishOperationHandler>().HandleAsync(new FinishOperation(started.ReportId, 0), plant.Everyone, Ct)).Error.Code);
        Assert.Equal(OperationErrors.NotFound.Code, (await plant.Get<FinishOperationHandler>().HandleAsync(new FinishOperation(999_999, 0), plant.Everyone, Ct)).Error.Code);
        Assert.Equal(CommonErrors.Forbidden.Code, (await plant.Get<ReverseOperationHandler>().HandleAsync(new ReverseOperation(started.ReportId, "x"), plant.Nobody, Ct)).Error.Code);
    }

    private async Task<(long Elsewhere, long Blocked)> MachinesAsync()
    {
        await using var db = await plant.Db.BeginAsync(Actor.System("test"), "test.machines", Ct);
        var center = new WorkCenter { PlantId = plant.Plant.Id, Code = "PACK", Name = "包装间", LocationId = plant.Line.Id };
        await db.AddAsync(center, Ct);
        var elsewhere = new Equipment { PlantId = plant.Plant.Id, WorkCenterId = center.Id, Code = "P1", Name = "包装机" };
        await db.AddAsync(elsewhere, Ct);
        var blocked = new Equipment { PlantId = plant.Plant.Id, WorkCenterId = plant.Mixing.Id, Code = "M9", Name = "停用", Status = EquipmentStatus.Blocked };
        await db.AddAsync(blocked, Ct);
        Shopfloor.Ok(await db.SaveAsync(() => Done.Value, Ct));
        return (elsewhere.Id, blocked.Id);
    }

    private async Task<long> CountDifferencesAsync()
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(plant.OwnerConnectionString);
        await using var command = source.CreateCommand("select count(*) from trace.stock_difference");
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
