using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Traceability.Application.Batches;
using Traceability.Application.Demo;
using Traceability.Application.Tracing;
using Traceability.Application.Users;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Tracing;
using Xunit;

namespace Traceability.Application.Tests.Demo;

/// <summary>What the story of the contaminated whey promises, asked through the queries behind pages and API.</summary>
public sealed class HeyuanDemoTests(HeyuanFixture demo) : IClassFixture<HeyuanFixture>
{
    private const string Whey = "R-WP90-260314-01";

    [Fact]
    public async Task The_whey_went_into_six_semi_finished_and_five_finished_lots_at_four_customers()
    {
        var trace = await demo.TraceAsync(Whey, TraceDirection.Forward);

        Assert.Equal(new TraceCounts(0, 0, 0, 6, 5), trace.Totals.Batches);
        Assert.Equal(["BP-260320-1", "BP-260321-1", "BP-260322-2", "DM-260323-1", "DM-260324-1", "DM-260325-1"], Codes(trace, MaterialKind.SemiFinished));
        Assert.Equal(["F-S1-800-260323-A", "F-S1-800-260324-A", "F-S1-800-260326-A", "F-S1-800-260326-B", "F-TD-400-260327-A"], Codes(trace, MaterialKind.Finished));
        Assert.Equal(7_140, trace.Totals.Produced.Single(p => p.Material == "S1-800").Quantity);
        Assert.Equal(450, trace.Totals.Produced.Single(p => p.Material == "TD-400").Quantity);
        Assert.Equal(["FNYX", "HDMY", "JJSC", "XNJX"], trace.Customers.Select(c => c.Code));
        Assert.Empty(trace.Gaps);
        Assert.False(trace.IsTruncated);
    }

    [Fact]
    public async Task The_complained_can_goes_back_to_eleven_lots_of_eight_suppliers()
    {
        var trace = await demo.TraceAsync("F-S1-800-260326-B", TraceDirection.Backward);

        Assert.Equal(11, trace.Totals.LeafBatches);
        var leaves = trace.Batches.Where(b => b.SupplierId is not null).ToList();
        Assert.Equal(11, leaves.Count);
        Assert.Equal(["CAN 1", "LAC 1", "N2 1", "OIL 1", "PMX 1", "RM 3", "SCP 1", "WP90 2"],
            leaves.GroupBy(l => l.Material.Code).Select(g => $"{g.Key} {g.Count()}").Order(StringComparer.Ordinal));
        Assert.Equal(8, trace.Suppliers.Count);
        Assert.Empty(trace.Gaps);
        var mixing = trace.Operations.Single(o => o.Step.Number == 80);
        Assert.Equal(("OP002", "李娜", "M2"), (mixing.Operator.Code, mixing.Operator.Name, mixing.EquipmentCode));
    }

    [Fact]
    public async Task The_whey_is_balanced()
    {
        var trace = await demo.TraceAsync(Whey, TraceDirection.Forward);
        var whey = trace.Batches.Single(b => b.IsStart);
        var uses = trace.Links.Where(l => l.BatchId == whey.Id && l.Direction == LineDirection.Input).ToList();

        Assert.Equal((4_000m, 1_000m, 0m), (whey.Made, whey.OnHand, whey.InProcess));
        Assert.Equal([600m, 800m, 800m, 800m], uses.Select(u => u.Quantity).Order());
        Assert.Equal("DH-W260311-07", whey.SupplierBatchCode);
        Assert.Equal("昊德乳品配料", whey.SupplierName);
        Assert.False(whey.IsOnHold);
    }

    [Theory]
    [InlineData("F-S1-800-260323-A", 2_450, 950, "HDMY 1500")]
    [InlineData("F-S1-800-260324-A", 2_440, 1_240, "JJSC 1200")]
    [InlineData("F-S1-800-260326-A", 1_200, 120, "HDMY 720, JJSC 360")]
    [InlineData("F-S1-800-260326-B", 1_050, 450, "FNYX 600")]
    [InlineData("F-TD-400-260327-A", 450, 150, "XNJX 300")]
    [InlineData("BP-260322-2", 2_400, 2_400, "")]
    public async Task Goods_are_where_the_story_says(string code, decimal made, decimal onHand, string shipped)
    {
        var trace = await demo.TraceAsync(code, TraceDirection.Forward);
        var batch = trace.Batches.Single(b => b.IsStart);

        Assert.Equal((made, onHand), (batch.Made, batch.OnHand));
        Assert.Equal(shipped, string.Join(", ", trace.Shipments.Where(s => s.BatchId == batch.Id).OrderBy(s => s.CustomerCode, StringComparer.Ordinal).Select(s => $"{s.CustomerCode} {s.Quantity:0}")));
    }

    [Fact]
    public async Task The_pasteuriser_kept_its_limits_on_the_wet_branch()
    {
        var trace = await demo.TraceAsync(Whey, TraceDirection.Forward);
        var values = trace.Operations.Where(o => o.Step.Number == 40).SelectMany(o => o.Parameters).ToList();

        Assert.Equal(6, values.Count);
        Assert.All(values, v => Assert.True(v.IsWithin));
        Assert.All(values.Where(v => v.Unit == "°C"), v => Assert.InRange(v.Value, 86.4m, 88.1m));
        Assert.All(values.Where(v => v.Unit == "s"), v => Assert.True(v.Value >= 16));
    }

    [Fact]
    public async Task A_months_cans_are_counted() => Assert.Equal(25_500, await demo.ScalarAsync<decimal>("""
        select sum(l.quantity) from trace.activity_line l join trace.activity a on a.id = l.activity_id join trace.batch b on b.id = l.batch_id join trace.material m on m.id = b.material_id
        where a.kind = 'produce' and l.direction = 'output' and m.code = 'S1-800' and (a.occurred_at at time zone 'Asia/Shanghai')::date between '2026-03-01' and '2026-03-31'
        """));

    [Fact]
    public async Task There_are_six_months_of_routine()
    {
        Assert.InRange(await demo.ScalarAsync<long>("select count(*) from trace.work_order"), 370, 430);
        Assert.InRange(await demo.ScalarAsync<long>("select count(*) from trace.batch"), 1_400, 1_600);
        Assert.Equal(40, await demo.ScalarAsync<long>("select count(*) from trace.material"));
        Assert.True(await demo.ScalarAsync<long>("select count(*) from trace.operation_report where has_out_of_limits") is > 5 and < 80);
        Assert.True(await demo.ScalarAsync<long>("select count(*) from trace.batch where quality_status = 'rejected'") >= 8);
        Assert.Equal("in_progress 1, released 2", await demo.ScalarAsync<string>("select string_agg(status || ' ' || n, ', ' order by status) from (select status, count(*) n from trace.work_order where status <> 'closed' group by status) s"));
        Assert.Equal(1, await demo.ScalarAsync<long>("select count(*) from trace.shipment where status = 'draft'"));
    }

    [Theory]
    [InlineData("stock is the sum of the ledger's lines", "select count(*) from trace.stock_difference")]
    [InlineData("every made batch has a run with inputs", """
        select count(*) from trace.batch b where b.origin = 'produced' and not exists (
            select from trace.activity_line o join trace.activity_line i on i.run_id = o.run_id and i.direction = 'input' where o.batch_id = b.id and o.direction = 'output')
        """)]
    [InlineData("every report names its people", "select count(*) from trace.operation_report where operator_id is null or (finished_by is null and status = 'finished')")]
    [InlineData("no activity is late", "select count(*) from trace.activity where occurred_at <> recorded_at")]
    [InlineData("no batch is late", "select count(*) from trace.batch where origin_at <> recorded_at")]
    [InlineData("nothing is of the real day", "select count(*) from trace.activity where recorded_at > '2026-04-09 10:00+08'")]
    [InlineData("only a running order has material at the lines", """
        select count(*) from trace.stock s join trace.location o on o.id = s.location_id
        where o.kind = 'line' and s.quantity > 0 and not exists (
            select from trace.activity_line l join trace.activity a on a.id = l.activity_id join trace.work_order w on w.id = a.work_order_id
            where l.batch_id = s.batch_id and w.status = 'in_progress')
        """)]
    [InlineData("nothing is on hold", "select count(*) from trace.batch where hold_count > 0")]
    public async Task The_books_are_in_order(string what, string sql) => Assert.True(await demo.ScalarAsync<long>(sql) == 0, what);

    [Fact]
    public async Task The_first_pass_yield_rises()
    {
        const string yield = """
            select round(100 * sum(r.good_quantity) / sum(r.good_quantity + r.scrap_quantity + r.rework_quantity), 1)
            from trace.operation_report r join trace.work_order_step s on s.id = r.work_order_step_id
            where s.number = 90 and (r.started_at at time zone 'Asia/Shanghai')::date between
            """;
        Assert.Equal(89.6m, await demo.ScalarAsync<decimal>($"{yield} '2025-10-01' and '2025-10-31'"));
        Assert.Equal(97.6m, await demo.ScalarAsync<decimal>($"{yield} '2026-01-01' and '2026-01-31'"));
    }

    [Fact]
    public async Task The_suppliers_notice_lies_on_the_batch() => Assert.Equal(1, await demo.ScalarAsync<long>($"""
        select count(*) from trace.batch_file f join trace.batch b on b.id = f.batch_id join trace.stored_file s on s.id = f.stored_file_id
        where b.code = '{Whey}' and s.file_name like 'DH-W260311-07%' and f.added_at = '2026-04-09 08:50+08'
        """));

    [Fact]
    public async Task Everybody_can_sign_in_and_scripts_find_the_way()
    {
        var signIns = await demo.Factory.SignInsAsync(CancellationToken.None);
        Assert.Equal(["administrator", "auditor", "configurator", "manager", "operator", "qa_release", "qc", "warehouse"], signIns.Select(s => s.Role).Distinct().Order(StringComparer.Ordinal));
        foreach (var signIn in signIns.DistinctBy(s => s.Role))
        {
            var signedIn = await demo.Services.GetRequiredService<SignInHandler>().HandleAsync(new SignIn(signIn.UserName, signIn.Password), null, CancellationToken.None);
            Assert.True(signedIn.IsSuccess);
            Assert.False(signedIn.Value.MustChangePassword);
        }

        var folder = Directory.CreateTempSubdirectory("heyuan").FullName;
        try
        {
            var path = await demo.Factory.WriteAccessAsync(folder, "http://localhost:1", CancellationToken.None);
            using var first = JsonDocument.Parse(await File.ReadAllTextAsync(path!));
            await demo.Factory.WriteAccessAsync(folder, "http://localhost:2", CancellationToken.None);
            using var second = JsonDocument.Parse(await File.ReadAllTextAsync(path!));

            var key = second.RootElement.GetProperty("apiKey").GetString()!;
            Assert.Equal(first.RootElement.GetProperty("apiKey").GetString(), key);
            Assert.Equal("http://localhost:2", second.RootElement.GetProperty("url").GetString());
            Assert.Contains(second.RootElement.GetProperty("users").EnumerateArray(), u => u.GetProperty("role").GetString() == "operator" && u.GetProperty("user").GetString() == "OP001");
            Assert.Equal("MG01", (await demo.Services.GetRequiredService<AccountQueries>().FindByApiKeyAsync(key, CancellationToken.None))!.UserName);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Building_it_shows_how_far_it_is()
    {
        Assert.True(demo.Progress.Count > 20);
        Assert.Equal(1, demo.Progress.Last().Done);
        Assert.True(demo.SeedingTook < TimeSpan.FromMinutes(4), $"{demo.SeedingTook}");
    }

    private static IEnumerable<string> Codes(TraceAnswer trace, MaterialKind kind) => trace.Batches.Where(b => b.MaterialKind == kind && !b.IsStart).Select(b => b.Code).Order(StringComparer.Ordinal);
}
