using Microsoft.EntityFrameworkCore;
using Traceability.Application.Operations;
using Traceability.Application.WorkOrders;
using Traceability.Data;
using Traceability.Domain.MasterData;
using Traceability.Domain.Operations;
using Traceability.Domain.Quality;
using Traceability.Domain.WorkOrders;
using static Traceability.Application.Demo.DemoWorld;

namespace Traceability.Application.Demo.Heyuan;

internal sealed partial class HeyuanTelling
{
    /// <summary>A work order from plan to close, as the routing has it.</summary>
    private async Task ProduceAsync(Order order, CancellationToken ct)
    {
        var issues = new List<IssueLineInput>();
        foreach (var use in order.Uses)
            issues.Add(new IssueLineInput(await lots.UsableAsync(use.Lot, ct), world.Id<Location>(HeyuanCatalog.Supplies.TryGetValue(use.Material, out var supply) ? supply.Location : "WH-S1"), use.Quantity));
        var routing = HeyuanRecipes.Routings.Single(r => r.Material == order.Material);
        var usedAt = HeyuanRecipes.Boms.Single(b => b.Material == order.Material).Lines[0].Step;
        var end = order.At.AddMinutes(routing.Steps.Sum(s => s.Minutes + 5));

        world.Clock.Set(order.At.AddMinutes(-150));
        var planned = await ReleaseAsync(order.Material, order.Planned, order.Operator, order.At, end, order.Line, ct);
        world.Clock.Set(order.At.AddMinutes(-30));
        await Must(world.Of<IssueMaterialHandler>().HandleAsync(new IssueMaterial(planned.Id, issues, order.Operator, HeyuanCatalog.Password), world.Person(order.Storekeeper), ct), planned.Code);

        List<WorkOrderStep> steps;
        await using (var db = world.Of<TraceDatabase>().Read()) steps = await db.Of<WorkOrderStep>().Where(s => s.WorkOrderId == planned.Id).OrderBy(s => s.Number).ToListAsync(ct);
        var values = new DemoValues(order.Lot);
        var time = order.At;
        foreach (var (entry, step) in routing.Steps.Zip(steps))
        {
            world.Clock.Set(time);
            var machine = entry.Number == 80 ? order.Mixer : entry.Machine;
            var started = await Must(world.Of<StartOperationHandler>().HandleAsync(new StartOperation(step.Id, machine is null ? null : world.Id<Equipment>(machine)), world.Person(order.Operator), ct), $"{planned.Code}/{entry.Number}");
            if (order.IsRunning) return;
            time = time.AddMinutes(entry.Minutes);
            world.Clock.Set(time);
            var finish = Result(order, entry, started.ReportId, values) with { Consumptions = entry.Number == usedAt ? [.. issues.Select(i => new ConsumptionInput(i.BatchId, i.Quantity))] : null };
            var finished = await Must(world.Of<FinishOperationHandler>().HandleAsync(finish, world.Person(order.Operator), ct), $"{planned.Code}/{entry.Number}");
            foreach (var output in finished.Outputs) await MadeAsync(order.Lot, output, ct);
            time = time.AddMinutes(5);
        }

        world.Clock.Set(time.AddMinutes(5));
        var manager = world.Person("MG01");
        await Must(world.Of<CompleteWorkOrderHandler>().HandleAsync(new CompleteWorkOrder(planned.Id), manager, ct), planned.Code);
        world.Clock.Set(time.AddMinutes(20));
        await Must(world.Of<CloseWorkOrderHandler>().HandleAsync(new CloseWorkOrder(planned.Id), manager, ct), planned.Code);
    }

    private async Task PlanAsync(Plan plan, CancellationToken ct)
    {
        world.Clock.Set(plan.At);
        await ReleaseAsync(plan.Material, plan.Planned, plan.Operator, plan.Start, plan.Start.AddHours(10), plan.Line, ct);
    }

    /// <summary>Plans an order and hands it to production half an hour later.</summary>
    private async Task<WorkOrderPlanned> ReleaseAsync(string material, decimal quantity, string responsible, DateTimeOffset start, DateTimeOffset end, string? line, CancellationToken ct)
    {
        var manager = world.Person("MG01");
        var planned = await Must(world.Of<PlanWorkOrderHandler>().HandleAsync(new PlanWorkOrder(world.Id<Material>(material), quantity, world.Person(responsible).PersonId, start, end, line), manager, ct), material);
        world.Clock.Set(world.Clock.GetUtcNow().AddMinutes(30));
        await Must(world.Of<ReleaseWorkOrderHandler>().HandleAsync(new ReleaseWorkOrder(planned.Id), manager, ct), planned.Code);
        return planned;
    }

    /// <summary>
    /// What an operation reports. In packing, the filling sorts out: what is right at once, what is filled again, what is lost;
    /// the cases then hold everything that is good in the end. The batch comes out where it is cased, or at the last operation.
    /// </summary>
    private FinishOperation Result(Order order, StepEntry entry, long reportId, DemoValues values)
    {
        var scrap = order.Planned - order.Good;
        var parameters = entry.Parameters.Select(p => new ParameterInput(p.Code, values.Measure(p, order.MayDeviate))).ToList();
        var outside = entry.Parameters.Zip(parameters).Any(p => p.Second.Value < p.First.Lower || p.Second.Value > p.First.Upper);
        List<LossInput> losses = [];
        if (entry.Number == 90)
        {
            if (scrap > 0) losses.Add(new LossInput(LossKind.Scrap, world.Id<ReasonCode>(values.Pick("S01", "S01", "S03", "S04")), scrap));
            if (order.Rework > 0) losses.Add(new LossInput(LossKind.Rework, world.Id<ReasonCode>(values.Pick("R01", "R01", "R02")), order.Rework));
        }
        else if (entry.Number == 60)
        {
            losses.Add(new LossInput(LossKind.Scrap, world.Id<ReasonCode>("S01"), values.Between(6, 18)));
        }

        var comesOut = entry.Number is 70 or 80 or 110;
        var good = entry.Number == 90 ? order.Good - order.Rework : order.Good;
        var place = world.Id<Location>(order.Line is null ? "WH-S1" : "WH-F1");
        return new FinishOperation(reportId, good, parameters, Losses: losses, Outputs: comesOut ? [new OutputInput(place, good)] : null, Note: outside ? "超限后已调整,复测合格" : null);
    }

    private async Task MadeAsync(string planned, OutputBatch output, CancellationToken ct)
    {
        Expect(planned, output.Code);
        await using var db = world.Of<TraceDatabase>().Read();
        var inspection = await db.Of<Inspection>().Where(i => i.BatchId == output.Id && i.Status == InspectionStatus.Open).Select(i => (long?)i.Id).SingleOrDefaultAsync(ct);
        lots.Made(output.Code, output.Id, usable: false, inspection);
    }
}
