using Traceability.Application.Auditing;
using Traceability.Application.Dictionary;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Auditing;

public sealed class AuditQueriesTests(PlantFixture fixture) : IClassFixture<PlantFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private readonly TestPlant plant = fixture.Plant;
    private readonly AuditQueries queries = new(fixture.Plant.Database);

    [Fact]
    public async Task The_trail_is_filtered_by_table_record_person_use_case_and_time()
    {
        var supplier = await plant.AddAsync(new Supplier { Code = "AUDIT", Name = "审计" });
        async Task<IReadOnlyList<AuditEntryView>> Find(AuditFilter filter, string? text = null) =>
            (await queries.ListAsync(plant.Actor, filter with { RecordId = supplier.Id, Table = "trace.supplier" }, new PageRequest(Search: text), Ct)).Value.Items;
        var entry = Assert.Single(await Find(new AuditFilter()));
        Assert.Equal(("test", "test.arrange", "insert"), (entry.ActorName, entry.UseCase, entry.Action));
        Assert.Contains(entry.Changes, c => c is { Column: "name", Old: null, New: "审计" });
        Assert.Single(await Find(new AuditFilter(Person: "TES", UseCase: "test.", From: entry.RecordedAt.AddSeconds(-1), To: entry.RecordedAt.AddSeconds(1))));
        Assert.Single(await Find(new AuditFilter(), "审计"));
        Assert.Empty(await Find(new AuditFilter(Person: "nobody")));
        Assert.Empty(await Find(new AuditFilter(UseCase: "receiving")));
        Assert.Empty(await Find(new AuditFilter(To: entry.RecordedAt.AddSeconds(-1))));
        Assert.Contains("trace.batch", await queries.TablesAsync(plant.Actor, Ct));
    }

    [Fact]
    public async Task The_history_of_a_record_needs_no_audit_permission_but_that_of_an_account_does()
    {
        var other = plant.ActorWithout(Permission.ViewAudit);
        Assert.Equal("common.forbidden", (await queries.ListAsync(other, new AuditFilter(), new PageRequest(), Ct)).Error.Code);
        Assert.Equal("common.forbidden", (await queries.ForRecordAsync(other, "accounts.account", 1, new PageRequest(), Ct)).Error.Code);
        Assert.Equal(1, (await queries.ForRecordAsync(other, "supplier", plant.Supplier.Id, new PageRequest(), Ct)).Value.Total);
    }

    [Fact]
    public void The_dictionary_lists_every_field_of_every_record()
    {
        var fields = new DictionaryQueries(plant.Database).Fields(plant.Actor).Value;
        Assert.Contains(fields, f => f is { Record: "batch", Field: "quality_status", Format: FieldFormat.Choice, Required: true } && f.Choices.Contains("concession"));
        Assert.Contains(fields, f => f is { Record: "batch", Field: "material_id", Format: FieldFormat.Reference, References: "material" });
        Assert.Contains(fields, f => f is { Record: "stock", Field: "quantity", Format: FieldFormat.Quantity, Decimals: 6 });
        Assert.Equal(fields.Count, fields.Select(f => (f.Record, f.Field)).Distinct().Count());
        Assert.Equal("common.forbidden", new DictionaryQueries(plant.Database).Fields(plant.ActorWithout(Permission.ViewMasterData)).Error.Code);
    }
}
