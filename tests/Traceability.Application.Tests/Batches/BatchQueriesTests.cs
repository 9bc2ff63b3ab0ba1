using Traceability.Application.Batches;
using Traceability.Application.Files;
using Traceability.Application.Labels;
using Traceability.Application.Receiving;
using Traceability.Application.Tests.Quality;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Batches;

public sealed class BatchQueriesTests(DairyPlant plant) : IClassFixture<DairyPlant>
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    public async Task A_batch_is_found_by_its_own_code_and_by_the_suppliers()
    {
        var batch = await plant.ReceiveAsync(25, "DH-W260311-07", plant.Whey);
        foreach (var text in new[] { "w260311", batch.Code.ToLowerInvariant() })
            Assert.Equal(batch.Id, Assert.Single((await ListAsync(new BatchFilter(), text)).Items).Id);
        Assert.Equal(batch.Id, await plant.Get<BatchQueries>().FindIdAsync(batch.Code.ToLowerInvariant(), plant.Everyone, Ct));
    }

    [Fact]
    public async Task Filters_narrow_the_list()
    {
        var pending = await plant.ReceiveAsync(25, "F-PENDING", plant.Whey);
        var soon = await plant.ReceiveAsync(10, "F-SOON", expiresOn: new DateOnly(2026, 3, 25));
        Assert.Contains((await ListAsync(new BatchFilter(QualityStatus.Pending))).Items, b => b.Id == pending.Id);
        Assert.DoesNotContain((await ListAsync(new BatchFilter(QualityStatus.Released))).Items, b => b.Id == pending.Id);
        Assert.Equal(soon.Id, Assert.Single((await ListAsync(new BatchFilter(ExpiresWithin: 7))).Items).Id);
        Assert.Empty((await ListAsync(new BatchFilter(ExpiresWithin: -1))).Items);
        Assert.Empty((await ListAsync(new BatchFilter(OnHold: true))).Items);
        Assert.Empty((await ListAsync(new BatchFilter(InStock: false))).Items);
        Assert.Empty((await ListAsync(new BatchFilter(Kind: MaterialKind.Finished))).Items);
    }

    [Fact]
    public async Task The_stock_ledger_of_a_batch_balances_and_names_document_and_person()
    {
        var batch = await plant.ReceiveAsync(10, "LEDGER");
        await plant.TakeAsync(batch.Id, ActivityKind.Issue);
        await plant.TakeAsync(batch.Id, ActivityKind.Scrap);

        var moves = await plant.Get<BatchHistoryQueries>().MovesAsync(batch.Id, new PageRequest(), plant.Everyone, Ct);

        Assert.Equal([8m, 9m, 10m], moves.Items.Select(m => m.Balance));
        Assert.Equal([-1m, -1m, 10m], moves.Items.Select(m => m.Quantity));
        Assert.Equal($"/receipts/{batch.ReceiptId}", moves.Items[2].DocumentLink);
        Assert.All(moves.Items, m => Assert.Equal("张伟", m.Person.Name));
        var view = await plant.Get<BatchQueries>().FindAsync(batch.Id, plant.Everyone, Ct);
        Assert.Equal(moves.Items[0].Balance, view!.Quantity);
        Assert.Empty(await plant.Get<BatchHistoryQueries>().OperationsAsync(batch.Id, plant.Everyone, Ct));
        Assert.Empty(await plant.Get<BatchHistoryQueries>().RelatedAsync(batch.Id, plant.Everyone, Ct));
    }

    [Fact]
    public async Task Papers_are_kept_with_their_digest_and_shown_to_who_may_see_the_batch()
    {
        var batch = await plant.ReceiveAsync(10, "PAPERS");
        var added = await plant.Get<AddBatchFileHandler>().HandleAsync(new AddBatchFile(batch.Id, BatchFileKind.Report, QualityFlow.Paper), plant.Everyone, Ct);
        var file = Assert.Single(await plant.Get<BatchQueries>().FilesAsync(batch.Id, plant.Everyone, Ct));
        Assert.Equal(added.Value.Sha256, file.Sha256);
        Assert.Equal([1, 2, 3], (await plant.Get<FileQueries>().FindAsync(file.FileId, plant.Everyone, Ct))!.Content);
        Assert.Null(await plant.Get<FileQueries>().FindAsync(file.FileId, plant.Nobody, Ct));
        Assert.Null(await plant.Get<FileQueries>().FindAsync(file.FileId, plant.Everyone with { PlantId = 987654 }, Ct));
        Assert.Equal(CommonErrors.Forbidden.Code, (await plant.Get<AddBatchFileHandler>().HandleAsync(new AddBatchFile(batch.Id, BatchFileKind.Report, QualityFlow.Paper), plant.Nobody, Ct)).Error.Code);
        Assert.Equal(BatchErrors.NotFound.Code, (await plant.Get<AddBatchFileHandler>().HandleAsync(new AddBatchFile(987654, BatchFileKind.Report, QualityFlow.Paper), plant.Everyone, Ct)).Error.Code);
    }

    [Fact]
    public async Task Labels_are_numbered_when_there_are_several_and_refused_for_strangers()
    {
        var batch = await plant.ReceiveAsync(10, "LABEL");
        var labels = await plant.Get<LabelQueries>().BatchesAsync([batch.Id], 3, plant.Everyone, Ct);
        Assert.Equal([1, 2, 3], labels.Value.Select(l => l.Number!.Index));
        Assert.All(labels.Value, l => Assert.Equal(batch.Code, l.QrContent));
        Assert.Equal(BatchErrors.NotFound.Code, (await plant.Get<LabelQueries>().BatchesAsync([987654], 1, plant.Everyone, Ct)).Error.Code);
        Assert.Equal(CommonErrors.OutOfRange.Code, (await plant.Get<LabelQueries>().BatchesAsync([batch.Id], 1001, plant.Everyone, Ct)).Error.Code);
        Assert.Equal(CommonErrors.Forbidden.Code, (await plant.Get<LabelQueries>().BatchesAsync([batch.Id], 1, plant.Nobody, Ct)).Error.Code);
    }

    [Fact]
    public async Task A_receipt_shows_its_lines_and_is_found_by_what_came_with_it()
    {
        var batch = await plant.ReceiveAsync(10, "RECEIPT-X", plant.Whey);
        var row = Assert.Single((await plant.Get<ReceivingQueries>().ListAsync(new PageRequest(Search: "receipt-x"), plant.Everyone, Ct)).Items);
        Assert.Equal((batch.ReceiptId, 1, 1), (row.Id, row.Lines, row.Pending));
        var line = Assert.Single((await plant.Get<ReceivingQueries>().FindAsync(row.Id, plant.Everyone, Ct))!.Lines);
        Assert.Equal((10m, true), (line.Quantity, line.LacksCertificate));
        Assert.Equal(batch.Id, (await plant.Get<ReceivingQueries>().FindSupplierBatchAsync(plant.Supplier.Id, plant.Whey.Id, " receipt-X ", plant.Everyone, Ct))!.BatchId);
    }

    [Fact]
    public async Task Who_may_not_look_sees_nothing()
    {
        var batch = await plant.ReceiveAsync(10, "SECRET");
        Assert.Equal(0, (await plant.Get<BatchQueries>().ListAsync(new BatchFilter(), new PageRequest(), plant.Nobody, Ct)).Total);
        Assert.Null(await plant.Get<BatchQueries>().FindAsync(batch.Id, plant.Nobody, Ct));
        Assert.Null(await plant.Get<BatchQueries>().FindAsync(batch.Id, plant.Everyone with { PlantId = 987654 }, Ct));
    }

    private Task<Paged<BatchRow>> ListAsync(BatchFilter filter, string? search = null) => plant.Get<BatchQueries>().ListAsync(filter, new PageRequest(Search: search, Size: 500), plant.Everyone, Ct);
}
