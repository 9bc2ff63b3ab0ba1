using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Traceability.Application.Inventory;
using Traceability.Application.Receiving;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Inventory;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Inventory;

/// <summary>Moving, dividing, joining, writing off, counting and sampling stock.</summary>
public sealed class InventoryTests(PlantFixture fixture) : IClassFixture<PlantFixture>
{
    private static int number;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestPlant Plant => fixture.Plant;

    [Fact]
    public async Task A_batch_moves_from_place_to_place()
    {
        var batch = await ReceiveAsync(100);
        var moved = await Transfer(new TransferBatch(batch, Plant.Warehouse.Id, Plant.Line.Id, 40));
        Assert.True(moved.IsSuccess);
        Assert.Equal([(Plant.Warehouse.Id, 60m), (Plant.Line.Id, 40m)], await StockAsync(batch));
        await AssertBookIsRightAsync();
    }

    [Fact]
    public async Task A_move_needs_two_places_a_permission_and_the_stock()
    {
        var batch = await ReceiveAsync(10);
        AssertRefused(LedgerErrors.SamePlace, await Transfer(new TransferBatch(batch, Plant.Warehouse.Id, Plant.Warehouse.Id, 1)));
        AssertRefused(LedgerErrors.Insufficient, await Transfer(new TransferBatch(batch, Plant.Warehouse.Id, Plant.Line.Id, 11)));
        AssertRefused(CommonErrors.Forbidden, await Transfer(new TransferBatch(batch, Plant.Warehouse.Id, Plant.Line.Id, 1), Plant.ActorWithout(Permission.MoveInventory)));
    }

    [Fact]
    public async Task A_split_leaves_the_source_its_identity_and_gives_the_parts_their_own()
    {
        var source = await ReceiveAsync(100);
        var split = await Split(new SplitBatch(source, Plant.Warehouse.Id, [new SplitPart(30), new SplitPart(20, Plant.Line.Id)]));
        Assert.True(split.IsSuccess);
        var parent = await BatchAsync(source);
        Assert.Equal([(Plant.Warehouse.Id, 50m)], await StockAsync(source));
        Assert.Equal([$"{parent.Code}-P1", $"{parent.Code}-P2"], split.Value.Parts.Select(p => p.Code));
        var child = await BatchAsync(split.Value.Parts[1].Id);
        Assert.Equal([(Plant.Line.Id, 20m)], await StockAsync(child.Id));
        Assert.Equal((BatchOrigin.Split, parent.SupplierBatchCode, parent.ExpiresOn, parent.QualityStatus), (child.Origin, child.SupplierBatchCode, child.ExpiresOn, child.QualityStatus));
        await AssertBookIsRightAsync();
    }

    [Fact]
    public async Task A_split_that_cannot_be_is_refused()
    {
        var batch = await ReceiveAsync(10);
        AssertRefused(InventoryErrors.NoParts, await Split(new SplitBatch(batch, Plant.Warehouse.Id, [])));
        AssertRefused(InventoryErrors.SplitTakesAll, await Split(new SplitBatch(batch, Plant.Warehouse.Id, [new SplitPart(4), new SplitPart(6)])));
        AssertRefused(LedgerErrors.Insufficient, await Split(new SplitBatch(batch, Plant.Warehouse.Id, [new SplitPart(11)])));
        AssertRefused(BatchErrors.NotFound, await Split(new SplitBatch(999_999_999, Plant.Warehouse.Id, [new SplitPart(1)])));
        await HoldAsync(batch);
        AssertRefused(BatchErrors.OnHold, await Split(new SplitBatch(batch, Plant.Warehouse.Id, [new SplitPart(1)])));
        var serial = await ReceiveAsync(1, await Plant.AddMaterialAsync($"SN{++number}", tracking: Tracking.Serial));
        AssertRefused(BatchErrors.SerialCannotMergeOrSplit, await Split(new SplitBatch(serial, Plant.Warehouse.Id, [new SplitPart(1)])));
        AssertRefused(CommonErrors.Forbidden, await Split(new SplitBatch(batch, Plant.Warehouse.Id, [new SplitPart(1)]), Plant.ActorWithout(Permission.MoveInventory)));
        Assert.Equal([(Plant.Warehouse.Id, 10m)], await StockAsync(batch));
    }

    [Fact]
    public async Task A_merge_makes_a_new_batch_of_what_the_parents_agree_on()
    {
        var material = await Plant.AddMaterialAsync($"MG{++number}");
        var first = await ReceiveAsync(50, material, new DateOnly(2027, 5, 1));
        var second = await ReceiveAsync(30, material, new DateOnly(2027, 4, 1));
        var merged = await Merge(new MergeBatches([new MergePart(first, Plant.Warehouse.Id, 50), new MergePart(second, Plant.Warehouse.Id, 10)], Plant.Warehouse.Id));
        Assert.True(merged.IsSuccess, string.Join(",", merged.Errors.Select(e => e.Code)));
        var batch = await BatchAsync(merged.Value.Batch.Id);
        Assert.Equal((BatchOrigin.Merged, new DateOnly(2027, 4, 1), null, Plant.Supplier.Id), (batch.Origin, batch.ExpiresOn, batch.SupplierBatchCode, batch.SupplierId));
        Assert.Equal([(Plant.Warehouse.Id, 60m)], await StockAsync(batch.Id));
        Assert.Equal([(Plant.Warehouse.Id, 20m)], await StockAsync(second));
        await AssertBookIsRightAsync();
    }

    [Fact]
    public async Task A_merge_that_cannot_be_is_refused()
    {
        var (one, other) = (await ReceiveAsync(10), await ReceiveAsync(10));
        AssertRefused(BatchErrors.MergeDifferentMaterials, await Merge(new MergeBatches([new MergePart(one, Plant.Warehouse.Id, 1), new MergePart(other, Plant.Warehouse.Id, 1)], Plant.Warehouse.Id)));
        AssertRefused(BatchErrors.MergeNeedsTwo, await Merge(new MergeBatches([new MergePart(one, Plant.Warehouse.Id, 1)], Plant.Warehouse.Id)));
        AssertRefused(InventoryErrors.MergeSameBatch, await Merge(new MergeBatches([new MergePart(one, Plant.Warehouse.Id, 1), new MergePart(one, Plant.Warehouse.Id, 1)], Plant.Warehouse.Id)));
        AssertRefused(CommonErrors.Forbidden, await Merge(new MergeBatches([new MergePart(one, Plant.Warehouse.Id, 1)], Plant.Warehouse.Id), Plant.ActorWithout(Permission.MoveInventory)));
    }

    [Fact]
    public async Task Scrap_count_and_sample_change_the_stock_with_a_reason()
    {
        var batch = await ReceiveAsync(100);
        Assert.True((await Scrap(new ScrapBatch(batch, Plant.Warehouse.Id, 5, await Plant.ReasonIdAsync(ReasonKind.Scrap, "S02"), "破袋"))).IsSuccess);
        var adjust = await Plant.ReasonIdAsync(ReasonKind.Adjust, "A01");
        Assert.Equal(-15, (await Adjust(new AdjustStock(batch, Plant.Warehouse.Id, 80, adjust, "盘点"))).Value.Quantity);
        Assert.Equal(7, (await Adjust(new AdjustStock(batch, Plant.Warehouse.Id, 87, adjust, "复盘"))).Value.Quantity);
        Assert.True((await Sample(new TakeSample(batch, Plant.Warehouse.Id, 2, "留样"))).IsSuccess);
        Assert.Equal([(Plant.Warehouse.Id, 85m)], await StockAsync(batch));
        await AssertBookIsRightAsync();
    }

    [Fact]
    public async Task A_held_batch_can_be_counted_and_scrapped_but_not_moved_on()
    {
        var batch = await ReceiveAsync(100);
        await HoldAsync(batch);
        AssertRefused(BatchErrors.OnHold, await Transfer(new TransferBatch(batch, Plant.Warehouse.Id, Plant.Line.Id, 1)));
        var quarantine = await Plant.AddLocationAsync($"Q{++number}", LocationKind.Quarantine);
        Assert.True((await Transfer(new TransferBatch(batch, Plant.Warehouse.Id, quarantine.Id, 60))).IsSuccess);
        Assert.True((await Scrap(new ScrapBatch(batch, quarantine.Id, 60, await Plant.ReasonIdAsync(ReasonKind.Scrap, "S02"), "销毁"))).IsSuccess);
        await AssertBookIsRightAsync();
    }

    [Fact]
    public async Task Reasons_and_permissions_are_demanded()
    {
        var batch = await ReceiveAsync(10);
        var (scrap, adjust) = (await Plant.ReasonIdAsync(ReasonKind.Scrap, "S01"), await Plant.ReasonIdAsync(ReasonKind.Adjust, "A01"));
        AssertRefused(InventoryErrors.ReasonKind, await Scrap(new ScrapBatch(batch, Plant.Warehouse.Id, 1, adjust, "x")));
        AssertRefused(InventoryErrors.ReasonKind, await Adjust(new AdjustStock(batch, Plant.Warehouse.Id, 1, scrap, "x")));
        AssertRefused(CommonErrors.ReasonRequired, await Scrap(new ScrapBatch(batch, Plant.Warehouse.Id, 1, scrap, " ")));
        AssertRefused(InventoryErrors.NoDifference, await Adjust(new AdjustStock(batch, Plant.Warehouse.Id, 10, adjust, "x")));
        var serial = await ReceiveAsync(1, await Plant.AddMaterialAsync($"SC{++number}", tracking: Tracking.Serial));
        AssertRefused(InventoryErrors.SerialCount, await Adjust(new AdjustStock(serial, Plant.Warehouse.Id, 2, adjust, "x")));
        AssertRefused(CommonErrors.Forbidden, await Scrap(new ScrapBatch(batch, Plant.Warehouse.Id, 1, scrap, "x"), Plant.ActorWithout(Permission.AdjustInventory)));
        AssertRefused(CommonErrors.Forbidden, await Adjust(new AdjustStock(batch, Plant.Warehouse.Id, 1, adjust, "x"), Plant.ActorWithout(Permission.AdjustInventory)));
        AssertRefused(CommonErrors.Forbidden, await Sample(new TakeSample(batch, Plant.Warehouse.Id, 1, "x"), Plant.ActorWithout(Permission.Inspect)));
    }

    [Fact]
    public async Task Sixty_four_at_once_on_one_batch_keep_the_book_right()
    {
        var batch = await ReceiveAsync(500);
        await Transfer(new TransferBatch(batch, Plant.Warehouse.Id, Plant.Line.Id, 100));
        var (scrap, adjust) = (await Plant.ReasonIdAsync(ReasonKind.Scrap, "S01"), await Plant.ReasonIdAsync(ReasonKind.Adjust, "A01"));
        var shipping = await Plant.AddLocationAsync($"DOCK{++number}", LocationKind.Shipping);
        var work = Enumerable.Range(0, 64).Select(n => Task.Run(async () => (n % 6) switch
        {
            0 => (await Transfer(new TransferBatch(batch, Plant.Warehouse.Id, Plant.Line.Id, 3))).Errors,
            1 => (await Transfer(new TransferBatch(batch, Plant.Line.Id, Plant.Warehouse.Id, 2))).Errors,
            2 => (await Transfer(new TransferBatch(batch, Plant.Warehouse.Id, shipping.Id, 4))).Errors,
            3 => (await Scrap(new ScrapBatch(batch, Plant.Line.Id, 5, scrap, "x"))).Errors,
            4 => (await Adjust(new AdjustStock(batch, Plant.Warehouse.Id, 200 + n, adjust, "x"))).Errors,
            _ => (await Split(new SplitBatch(batch, Plant.Warehouse.Id, [new SplitPart(20)]))).Errors,
        }, Ct)).ToList();
        var refusals = (await Task.WhenAll(work)).SelectMany(e => e).Select(e => e.Code).Distinct();
        // The stock may run out; nobody may be told of a deadlock.
        Assert.Empty(refusals.Except([LedgerErrors.Insufficient.Code, InventoryErrors.NoDifference.Code]));
        Assert.All(await StockAsync(batch), s => Assert.True(s.Quantity >= 0));
        await AssertBookIsRightAsync();
    }

    [Fact]
    public async Task The_stock_list_shows_first_what_expires_first()
    {
        var material = await Plant.AddMaterialAsync($"FE{++number}");
        var late = await ReceiveAsync(10, material, new DateOnly(2028, 1, 1));
        var early = await ReceiveAsync(10, material, new DateOnly(2027, 1, 1));
        var never = await ReceiveAsync(10, material);
        var queries = new InventoryQueries(Plant.Database);
        var stock = await queries.StockAsync(new StockFilter(MaterialId: material.Id), new PageRequest(), Plant.Actor, Ct);
        Assert.Equal([early, late, never], stock.Value.Items.Select(s => s.BatchId));
        Assert.Single((await queries.StockAsync(new StockFilter(MaterialId: material.Id, ExpiringBy: new DateOnly(2027, 6, 1)), new PageRequest(), Plant.Actor, Ct)).Value.Items);
        var totals = await queries.TotalsAsync(new StockFilter(MaterialId: material.Id), Plant.Actor, Ct);
        Assert.Equal((3, 30m), (totals.Value.Single().Batches, totals.Value.Single().Usable));
        AssertRefused(CommonErrors.Forbidden, await queries.StockAsync(new StockFilter(), new PageRequest(), Plant.ActorWithout(Permission.ViewBatches), Ct));
        Assert.Equal(10, (await queries.WhereAsync(late, Plant.Clock.GetUtcNow(), Plant.Actor, Ct)).Value.Single().Quantity);
        Assert.Empty((await queries.WhereAsync(late, Plant.Clock.GetUtcNow().AddYears(-1), Plant.Actor, Ct)).Value);
    }

    private async Task<long> ReceiveAsync(decimal quantity, Material? material = null, DateOnly? expiresOn = null)
    {
        material ??= await Plant.AddMaterialAsync($"M{Interlocked.Increment(ref number)}X");
        var received = await new ReceiveMaterialHandler(Plant.Database, Plant.Clock, NullLogger<ReceiveMaterialHandler>.Instance).HandleAsync(
            new ReceiveMaterial(Plant.Supplier.Id, null, null, null, [new ReceiptLineInput(material.Id, $"SB-{Interlocked.Increment(ref number)}", quantity, Plant.Warehouse.Id, ExpiresOn: expiresOn)]), Plant.Actor, Ct);
        return received.Value.Batches[0].Id;
    }

    private async Task HoldAsync(long batchId)
    {
        await using var db = await Plant.Database.BeginAsync(Plant.Actor, "test.hold", Ct);
        (await db.LockAsync<Batch>(batchId, Ct))!.PlaceHold();
        Assert.True((await db.SaveAsync(() => true, Ct)).IsSuccess);
    }

    private async Task<Batch> BatchAsync(long id)
    {
        await using var db = Plant.Database.Read();
        return await db.Of<Batch>().SingleAsync(b => b.Id == id, Ct);
    }

    private async Task<List<(long LocationId, decimal Quantity)>> StockAsync(long batchId)
    {
        await using var db = Plant.Database.Read();
        return [.. (await db.Of<Stock>().Where(s => s.BatchId == batchId && s.Quantity != 0).OrderBy(s => s.Id).ToListAsync(Ct)).Select(s => (s.LocationId, s.Quantity))];
    }

    private async Task AssertBookIsRightAsync() => Assert.Empty((await new InventoryQueries(Plant.Database).DifferencesAsync(Plant.Actor, Ct)).Value);

    private static void AssertRefused<T>(Error expected, Result<T> result) => Assert.Equal([expected.Code], result.Errors.Select(e => e.Code));

    private Task<Result<BatchTransferred>> Transfer(TransferBatch input, Actor? actor = null) => new TransferBatchHandler(Plant.Database, Plant.Clock, NullLogger<TransferBatchHandler>.Instance).HandleAsync(input, actor ?? Plant.Actor, Ct);

    private Task<Result<BatchSplit>> Split(SplitBatch input, Actor? actor = null) => new SplitBatchHandler(Plant.Database, Plant.Clock, NullLogger<SplitBatchHandler>.Instance).HandleAsync(input, actor ?? Plant.Actor, Ct);

    private Task<Result<BatchesMerged>> Merge(MergeBatches input, Actor? actor = null) => new MergeBatchesHandler(Plant.Database, Plant.Clock, NullLogger<MergeBatchesHandler>.Instance).HandleAsync(input, actor ?? Plant.Actor, Ct);

    private Task<Result<StockChanged>> Scrap(ScrapBatch input, Actor? actor = null) => new ScrapBatchHandler(Plant.Database, Plant.Clock).HandleAsync(input, actor ?? Plant.Actor, Ct);

    private Task<Result<StockChanged>> Adjust(AdjustStock input, Actor? actor = null) => new AdjustStockHandler(Plant.Database, Plant.Clock, NullLogger<AdjustStockHandler>.Instance).HandleAsync(input, actor ?? Plant.Actor, Ct);

    private Task<Result<StockChanged>> Sample(TakeSample input, Actor? actor = null) => new TakeSampleHandler(Plant.Database, Plant.Clock).HandleAsync(input, actor ?? Plant.Actor, Ct);
}
