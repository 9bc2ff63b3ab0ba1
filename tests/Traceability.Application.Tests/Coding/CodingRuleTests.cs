using Traceability.Application.Coding;
using Traceability.Application.Tests.Receiving;
using Traceability.Domain.Coding;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Coding;

public sealed class CodingRuleTests(PlantFixture fixture) : IClassFixture<PlantFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private readonly TestPlant plant = fixture.Plant;
    private readonly CodingQueries queries = new(fixture.Plant.Database, fixture.Plant.Clock);

    private Task<Result<CodingRuleSaved>> Save(SaveCodingRule input) => new SaveCodingRuleHandler(plant.Database).HandleAsync(input, plant.Actor, Ct);

    [Fact]
    public async Task Fifty_receipts_at_once_get_fifty_consecutive_codes()
    {
        var material = await plant.AddMaterialAsync("RUSH");
        var received = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Stocked.ReceiveAsync(plant, material, 1, plant.Warehouse.Id)));
        var day = plant.Plant.DayOf(plant.Clock.Now);
        Assert.Equal(Enumerable.Range(1, 50).Select(n => $"R-RUSH-{day:yyMMdd}-{n:D2}"), received.Select(r => r.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_preview_shows_the_next_three_codes_and_uses_none_up()
    {
        var rule = (await queries.RulesAsync(plant.Actor, Ct)).Value.Single(r => r.RecordType == CodedRecord.Receipt);
        var day = plant.Plant.DayOf(plant.Clock.Now);
        var material = await plant.AddMaterialAsync("PREVIEW");
        await Stocked.ReceiveAsync(plant, material, 1, plant.Warehouse.Id);
        var first = (await queries.PreviewAsync(new PreviewCodes(CodedRecord.Receipt, null, rule.Pattern, rule.Id), plant.Actor, Ct)).Value.Codes;
        var again = (await queries.PreviewAsync(new PreviewCodes(CodedRecord.Receipt, null, rule.Pattern, rule.Id), plant.Actor, Ct)).Value.Codes;
        Assert.Equal(3, first.Count);
        Assert.Equal(first, again);
        Assert.StartsWith($"GR-{day:yyMMdd}-", first[0], StringComparison.Ordinal);
        var tried = (await queries.PreviewAsync(new PreviewCodes(CodedRecord.Dossier, null, "TD-{yyyyMMdd}-{n4}{C}"), plant.Actor, Ct)).Value.Codes;
        Assert.Equal($"TD-{day:yyyyMMdd}-0001", tried[0][..^1]);
        Assert.Equal(CodingPattern.CheckCharacter(tried[0][..^1]), tried[0][^1]);
    }

    [Theory]
    [InlineData("", "coding.bad_pattern")]
    [InlineData("GR-{nope}", "coding.unknown_token")]
    [InlineData("GR-{yyMMdd}", "coding.no_distinction")]
    [InlineData("GR-{ITEM}-{n}", "coding.token_unavailable")]
    [InlineData("GR {n}", "coding.bad_pattern")]
    public async Task A_pattern_that_cannot_work_is_refused_in_the_form_and_in_the_preview(string pattern, string code)
    {
        var rule = (await queries.RulesAsync(plant.Actor, Ct)).Value.Single(r => r.RecordType == CodedRecord.Receipt);
        var saved = await Save(new SaveCodingRule { Id = rule.Id, Version = rule.Version, RecordType = CodedRecord.Receipt, Pattern = pattern });
        Assert.Equal((code, "Pattern"), (saved.Error.Code, saved.Error.Field));
        Assert.Equal(code, (await queries.PreviewAsync(new PreviewCodes(CodedRecord.Receipt, null, pattern), plant.Actor, Ct)).Error.Code);
    }

    [Fact]
    public async Task Rules_of_one_record_stay_apart_and_the_last_one_stays()
    {
        Assert.Equal(CodingErrors.RuleExists, (await Save(new SaveCodingRule { RecordType = CodedRecord.Batch, MaterialKind = MaterialKind.Finished, Pattern = "X-{n}" })).Error);
        Assert.Equal(CodingErrors.SamePattern, (await Save(new SaveCodingRule { RecordType = CodedRecord.Batch, MaterialKind = MaterialKind.Packaging, Pattern = "r-{ITEM}-{yyMMdd}-{n2}" })).Error);
        Assert.Equal(CodingErrors.KindOnlyForBatches, (await Save(new SaveCodingRule { RecordType = CodedRecord.Hold, MaterialKind = MaterialKind.Raw, Pattern = "X-{n}" })).Error);
        var hold = (await queries.RulesAsync(plant.Actor, Ct)).Value.Single(r => r.RecordType == CodedRecord.Hold);
        var off = new SaveCodingRule { Id = hold.Id, Version = hold.Version, RecordType = CodedRecord.Hold, Pattern = hold.Pattern, IsActive = false };
        Assert.Equal(CodingErrors.LastRule, (await Save(off)).Error);
        Assert.Equal(CommonErrors.ChangedMeanwhile, (await Save(off with { Version = 1, IsActive = true })).Error);
        Assert.Equal(CommonErrors.NotFound, (await Save(off with { Id = 999_999 })).Error);
    }

    [Fact]
    public async Task A_rule_that_replaces_another_counts_on()
    {
        var material = await plant.AddMaterialAsync("AUX", MaterialKind.Auxiliary);
        await Stocked.ReceiveAsync(plant, material, 1, plant.Warehouse.Id);
        Assert.True((await Save(new SaveCodingRule { RecordType = CodedRecord.Batch, MaterialKind = MaterialKind.Auxiliary, Pattern = "R-{ITEM}-{yyMMdd}-{n3}" })).IsSuccess);
        Assert.EndsWith("-002", (await Stocked.ReceiveAsync(plant, material, 1, plant.Warehouse.Id)).Code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_permission_rules_are_neither_shown_nor_changed()
    {
        var other = plant.ActorWithout(Permission.EditCodingRules);
        Assert.Equal("common.forbidden", (await queries.RulesAsync(other, Ct)).Error.Code);
        Assert.Equal("common.forbidden", (await new SaveCodingRuleHandler(plant.Database).HandleAsync(new SaveCodingRule { Pattern = "X-{n}" }, other, Ct)).Error.Code);
    }
}
