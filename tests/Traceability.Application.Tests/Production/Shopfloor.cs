using Traceability.Application.Operations;
using Traceability.Application.Production;
using Traceability.Application.WorkOrders;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Production;
using Traceability.Domain.WorkOrders;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Production;

/// <summary>The dairy with recipes and orders: short ways to what the tests of production start from.</summary>
internal sealed class Shopfloor(DairyPlant plant)
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private static int number;

    public static T Ok<T>(Result<T> result)
    {
        Assert.True(result.IsSuccess, string.Join(", ", result.Errors.Select(e => $"{e.Code}({string.Join("|", e.Args)}) {e.Field}")));
        return result.Value;
    }

    /// <summary>A new semi-finished material of its own, so that tests of one class do not meet.</summary>
    public async Task<Material> NewMaterialAsync(MaterialKind kind = MaterialKind.SemiFinished, bool finalInspection = false, Tracking tracking = Tracking.Batch)
    {
        var code = $"M{Interlocked.Increment(ref number)}";
        await using var db = await plant.Db.BeginAsync(Actor.System("test"), "test.material", Ct);
        var material = new Material { Code = code, ShortCode = code, Name = code, Kind = kind, UnitId = plant.Kg.Id, Tracking = tracking, FinalInspection = finalInspection, ShelfLifeDays = 90 };
        await db.AddAsync(material, Ct);
        return Ok(await db.SaveAsync(() => material, Ct));
    }

    /// <summary>An active bill: 100 of the product from 60 of each material.</summary>
    public async Task<long> BomAsync(Material product, params Material[] materials)
    {
        var saved = Ok(await plant.Get<SaveBomHandler>().HandleAsync(new SaveBom(null, product.Id, 100, null, [.. materials.Select(m => new BomLineInput(m.Id, 60, 20))]), plant.Everyone, Ct));
        Ok(await plant.Get<ActivateBomHandler>().HandleAsync(new ActivateBom(saved.Id), plant.Everyone, Ct));
        return saved.Id;
    }

    /// <summary>An active routing: 10 sieve (may be skipped or not), 20 mix at 910–930 °C, 30 pack.</summary>
    public async Task<long> RoutingAsync(Material product, SkipRule firstSkip = SkipRule.Refuse, StepGrain grain = StepGrain.Order, bool equipment = false)
    {
        var steps = new[]
        {
            new RoutingStepInput(10, "过筛", plant.Mixing.Id, [], "Sieve", firstSkip),
            new RoutingStepInput(20, "混合", plant.Mixing.Id, [new RoutingParameterInput("TEMP", "温度", "°C", 910, 930), new RoutingParameterInput("RPM", "转速", "rpm", null, 15, false)], "Mix", SkipRule.Refuse, grain, equipment, true),
            new RoutingStepInput(30, "包装", plant.Mixing.Id, [], "Pack"),
        };
        var saved = Ok(await plant.Get<SaveRoutingHandler>().HandleAsync(new SaveRouting(null, product.Id, null, steps), plant.Everyone, Ct));
        Ok(await plant.Get<ActivateRoutingHandler>().HandleAsync(new ActivateRouting(saved.Id), plant.Everyone, Ct));
        return saved.Id;
    }

    public async Task<long> PlanAsync(Material product, decimal quantity = 1000) => Ok(await plant.Get<PlanWorkOrderHandler>().HandleAsync(
        new PlanWorkOrder(product.Id, quantity, plant.Liu.Id, plant.Clock.Now, plant.Clock.Now.AddHours(8), "A"), plant.Everyone, Ct)).Id;

    public async Task<long> ReleasedAsync(Material product, decimal quantity = 1000)
    {
        var id = await PlanAsync(product, quantity);
        Ok(await plant.Get<ReleaseWorkOrderHandler>().HandleAsync(new ReleaseWorkOrder(id), plant.Everyone, Ct));
        return id;
    }

    /// <summary>A released order of a product of its own made from lactose.</summary>
    public async Task<(long OrderId, Material Product)> OrderAsync(SkipRule firstSkip = SkipRule.Refuse, StepGrain grain = StepGrain.Order, bool equipment = false, decimal quantity = 1000, Material? product = null)
    {
        product ??= await NewMaterialAsync();
        await BomAsync(product, plant.Lactose);
        await RoutingAsync(product, firstSkip, grain, equipment);
        return (await ReleasedAsync(product, quantity), product);
    }

    /// <summary>Issues as the system, which may name the receiver without a password.</summary>
    public Task<Result<MaterialIssued>> TryIssueAsync(long orderId, Batch batch, decimal quantity) => plant.Get<IssueMaterialHandler>().HandleAsync(
        new IssueMaterial(orderId, [new IssueLineInput(batch.Id, plant.Warehouse.Id, quantity)], ReceiverPersonId: plant.Li.Id), plant.Everyone with { UserId = 0 }, Ct);

    public async Task<Batch> IssuedBatchAsync(long orderId, decimal quantity, string supplierBatch)
    {
        var batch = await plant.ReceiveAsync(quantity, supplierBatch);
        Ok(await TryIssueAsync(orderId, batch, quantity));
        return batch;
    }

    public async Task<WorkOrderView> ViewAsync(long orderId) => Ok(await plant.Get<WorkOrderQueries>().GetAsync(orderId, plant.Everyone, Ct));

    public async Task<long> StepAsync(long orderId, int step) => (await ViewAsync(orderId)).Steps.Single(s => s.Number == step).Id;

    public Task<Result<OperationReported>> TryReportAsync(long stepId, decimal good = 0, decimal? temperature = null, long? equipment = null, IReadOnlyList<ConsumptionInput>? consumed = null,
        IReadOnlyList<OutputInput>? outputs = null, IReadOnlyList<LossInput>? losses = null, IReadOnlyList<ScrapInput>? scraps = null, bool completes = true) => plant.Get<ReportOperationHandler>().HandleAsync(
        new ReportOperation(stepId, good, equipment, null, temperature is { } t ? [new ParameterInput("TEMP", t)] : null, consumed, losses, outputs, scraps, completes), plant.Everyone, Ct);

    public async Task<decimal> StockAsync(long batchId, long locationId)
    {
        await using var db = plant.Db.Read();
        return db.Of<Stock>().Where(s => s.BatchId == batchId && s.LocationId == locationId).Sum(s => s.Quantity);
    }

    /// <summary>Ids of a reason code the migrations put there.</summary>
    public long Reason(ReasonKind kind)
    {
        using var db = plant.Db.Read();
        return db.Of<ReasonCode>().Where(r => r.Kind == kind).OrderBy(r => r.Id).Select(r => r.Id).First();
    }
}
