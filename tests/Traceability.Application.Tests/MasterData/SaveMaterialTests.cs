using Traceability.Application.MasterData;
using Traceability.Application.Tests.Receiving;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.MasterData;

public sealed class SaveMaterialTests(PlantFixture fixture) : IClassFixture<PlantFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private readonly TestPlant plant = fixture.Plant;
    private readonly MasterDataQueries queries = new(fixture.Plant.Database, new LookupQueries(fixture.Plant.Database));

    private Task<Result<MasterDataSaved>> Save(SaveMaterial input) => new SaveMaterialHandler(plant.Database).HandleAsync(input, plant.Actor, Ct);

    private async Task<SaveMaterial> NewAsync(string code, string unit = "kg") => new() { Code = code, Name = "脱盐乳清粉", UnitId = await plant.UnitIdAsync(unit) };

    [Fact]
    public async Task A_material_is_stored_with_its_alternative_units_and_they_are_replaced()
    {
        var bag = await plant.UnitIdAsync("bag");
        var input = await NewAsync("wp90");
        input.Units = [new AlternativeUnit { UnitId = bag, Factor = 25 }, new AlternativeUnit { UnitId = await plant.UnitIdAsync("box"), Factor = 10 }];
        var id = (await Save(input)).Value.Id;
        var stored = (await queries.MaterialAsync(plant.Actor, id, Ct)).Value;
        Assert.Equal(("WP90", "kg"), (stored.Material.ShortCode, stored.Material.UnitCode));
        Assert.Equal([("kg", 1m), ("bag", 25m), ("box", 10m)], stored.Units.Select(u => (u.Code, u.Factor)));

        input.Units = [new AlternativeUnit { UnitId = bag, Factor = 20 }];
        Assert.True((await Save(input with { Id = id, Version = stored.Material.Version })).IsSuccess);
        Assert.Equal([("kg", 1m), ("bag", 20m)], (await queries.MaterialAsync(plant.Actor, id, Ct)).Value.Units.Select(u => (u.Code, u.Factor)));
        Assert.Equal(500m, (await queries.ConvertAsync(plant.Actor, 25, bag, await plant.UnitIdAsync("kg"), id, Ct)).Value);
        Assert.True((await new DeleteMasterDataHandler(plant.Database).HandleAsync(new DeleteMasterData(MasterDataKind.Material, id), plant.Actor, Ct)).IsSuccess);
    }

    [Fact]
    public async Task Broken_rules_are_reported_by_field()
    {
        var kg = await plant.UnitIdAsync("kg");
        var input = await NewAsync("BAD");
        input.ShortCode = "短码";
        input.ShelfLifeDays = 0;
        input.Units = [new AlternativeUnit { UnitId = kg, Factor = 1 }, new AlternativeUnit { UnitId = kg + 1, Factor = 0 }];
        Assert.Equivalent(new[] { "master_data.bad_short_code ShortCode", "common.out_of_range ShelfLifeDays", "master_data.unit_repeated Units[0].UnitId", "common.not_positive Units[1].Factor" },
            (await Save(input)).Errors.Select(e => $"{e.Code} {e.Field}"), strict: true);
        Assert.Equal(("common.unknown_value", "UnitId"), ((await Save(await NewAsync("BAD") with { UnitId = 999_999 })).Error.Code, "UnitId"));
    }

    [Fact]
    public async Task Single_units_are_counted_in_whole_pieces()
    {
        Assert.Equal(MasterDataErrors.SerialUnit, (await Save(await NewAsync("SER") with { Tracking = Tracking.Serial })).Error);
        Assert.True((await Save(await NewAsync("SER", "pcs") with { Tracking = Tracking.Serial })).IsSuccess);
    }

    [Fact]
    public async Task Unit_and_tracking_are_fixed_once_there_are_batches()
    {
        var input = await NewAsync("FIXED", "pcs");
        var id = (await Save(input)).Value.Id;
        var opened = (await queries.MaterialAsync(plant.Actor, id, Ct)).Value.Material;
        await Stocked.ReceiveAsync(plant, (await plant.AllAsync<Material>()).Single(m => m.Id == id), 5, plant.Warehouse.Id);
        var change = input with { Id = id, Version = opened.Version };
        Assert.Equal("master_data.material_unit_fixed", (await Save(change with { UnitId = await plant.UnitIdAsync("kg") })).Error.Code);
        Assert.Equal("master_data.tracking_fixed", (await Save(change with { Tracking = Tracking.Serial })).Error.Code);
        Assert.True((await Save(change with { Name = "改名" })).IsSuccess);
    }
}
