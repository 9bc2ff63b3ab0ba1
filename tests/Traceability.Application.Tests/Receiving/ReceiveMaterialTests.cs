using Microsoft.EntityFrameworkCore;
using Npgsql;
using Traceability.Application.Receiving;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.Receiving;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Receiving;

public sealed class ReceiveMaterialTests(DairyPlant plant) : IClassFixture<DairyPlant>
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    private ReceiveMaterialHandler Handler => plant.Get<ReceiveMaterialHandler>();

    [Fact]
    public async Task A_receipt_makes_a_batch_with_a_generated_code_stock_and_an_audit_trail()
    {
        var received = await Handler.HandleAsync(Input("DH-W260311-07", 4000, plant.Whey.Id), plant.Everyone, Ct);

        Assert.True(received.IsSuccess, string.Join(",", received.Errors));
        var batch = received.Value.Batches[0];
        Assert.StartsWith("R-WP90-260320-", batch.Code);
        Assert.Equal(QualityStatus.Pending, batch.Status);
        await using var db = plant.Db.Read();
        Assert.Equal(4000, (await db.Of<Stock>().SingleAsync(s => s.BatchId == batch.Id, Ct)).Quantity);
        await using var source = NpgsqlDataSource.Create(plant.OwnerConnectionString);
        await using var audit = source.CreateCommand("select count(*) from audit.entry where table_name = 'trace.batch' and row_id = $1 and actor_name = 'OP001' and use_case = 'receiving.receive'");
        audit.Parameters.AddWithValue(batch.Id);
        Assert.Equal(1L, await audit.ExecuteScalarAsync(Ct));
    }

    [Fact]
    public async Task Fifty_receipts_in_parallel_get_fifty_consecutive_codes()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Handler.HandleAsync(Input($"PAR-{i}", 10, plant.BasePowder.Id), plant.Everyone, Ct)));

        Assert.All(results, r => Assert.True(r.IsSuccess, string.Join(",", r.Errors)));
        var numbers = results.Select(r => int.Parse(r.Value.Batches[0].Code.Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture)).Order().ToList();
        Assert.Equal(Enumerable.Range(1, 50), numbers);
    }

    [Fact]
    public async Task The_same_supplier_batch_again_is_pointed_out_with_a_link_and_taken_when_meant()
    {
        var first = await Handler.HandleAsync(Input("TWICE-1", 100), plant.Everyone, Ct);

        var again = await Handler.HandleAsync(Input("twice-1", 100), plant.Everyone, Ct);
        Assert.Equal(ReceivingErrors.DuplicateSupplierBatch.Code, again.Error.Code);
        Assert.Equal($"/batches/{first.Value.Batches[0].Id}", again.Error.Link);

        var meant = await Handler.HandleAsync(Input("TWICE-1", 100, accept: true), plant.Everyone, Ct);
        Assert.True(meant.IsSuccess);
    }

    [Fact]
    public async Task Every_broken_rule_is_named_with_its_field_and_nothing_is_written()
    {
        var before = await CountAsync();

        var refused = await Handler.HandleAsync(new ReceiveMaterial(0, null, null, null, [new ReceiptLineInput(plant.Lactose.Id, " ", -1, plant.Warehouse.Id)]), plant.Everyone, Ct);

        Assert.Equal(["SupplierId", "Lines[0].SupplierBatchCode", "Lines[0].Quantity"], refused.Errors.Select(e => e.Field));
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Without_the_permission_nothing_is_received() =>
        Assert.Equal(CommonErrors.Forbidden.Code, (await Handler.HandleAsync(Input("NO", 1), plant.Nobody, Ct)).Error.Code);

    [Fact]
    public async Task The_same_request_twice_has_its_effect_once()
    {
        var actor = plant.Everyone with { RequestId = "1:abc", RequestHash = "h" };
        var first = await Handler.HandleAsync(Input("IDEM-1", 5), actor, Ct);
        Assert.True(first.IsSuccess);

        await Assert.ThrowsAsync<RequestAnsweredException>(() => Handler.HandleAsync(Input("IDEM-1", 5), actor, Ct));

        var answer = await plant.Db.FindAnswerAsync("1:abc", Ct);
        Assert.Contains(first.Value.Batches[0].Code, answer!.Response);
    }

    [Fact]
    public async Task A_refused_request_does_not_use_up_its_key()
    {
        var actor = plant.Everyone with { RequestId = "1:refused", RequestHash = "h" };
        Assert.False((await Handler.HandleAsync(Input("R1", 5, 999_999), actor, Ct)).IsSuccess);
        Assert.True((await Handler.HandleAsync(Input("R1", 5), actor, Ct)).IsSuccess);
    }

    private ReceiveMaterial Input(string supplierBatch, decimal quantity, long? material = null, bool accept = false) =>
        new(plant.Supplier.Id, "DN-1", null, null, [new ReceiptLineInput(material ?? plant.Lactose.Id, supplierBatch, quantity, plant.Warehouse.Id, AcceptDuplicate: accept)]);

    private async Task<int> CountAsync()
    {
        await using var db = plant.Db.Read();
        return await db.Of<Batch>().CountAsync(Ct);
    }
}
