using Traceability.Application.MasterData;
using Traceability.Domain.MasterData;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.MasterData;

public sealed class LookupQueriesTests(PlantFixture fixture) : IClassFixture<PlantFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private readonly TestPlant plant = fixture.Plant;
    private readonly LookupQueries lookup = new(fixture.Plant.Database);

    [Fact]
    public async Task Every_kind_can_be_searched_and_found_again_by_id()
    {
        await plant.AddMaterialAsync("ANY");
        await plant.AddAsync(new Equipment { PlantId = plant.Plant.Id, WorkCenterId = plant.WorkCenter.Id, Code = "M1", Name = "混合机" });
        foreach (var kind in Enum.GetValues<MasterDataKind>())
        {
            var all = await lookup.SearchAsync(plant.Actor, kind, null, Ct);
            Assert.NotEmpty(all);
            var again = await lookup.SearchAsync(plant.Actor, kind, all[0].Code, Ct);
            Assert.Contains(again, r => r.Id == all[0].Id);
            Assert.Equal(all[0], await lookup.ByIdAsync(plant.Actor, kind, all[0].Id, Ct));
        }
    }

    [Fact]
    public async Task The_code_that_starts_with_the_text_comes_first_and_wildcards_are_taken_literally()
    {
        await plant.AddMaterialAsync("A-WP90");
        await plant.AddMaterialAsync("WP90_1");
        await plant.AddMaterialAsync("WP9051");
        Assert.Equal("A-WP90", (await lookup.MaterialsAsync(plant.Actor, "wp90", Ct))[^1].Code);
        Assert.Equal(["WP90_1"], (await lookup.MaterialsAsync(plant.Actor, "wp90_1", Ct)).Select(r => r.Code));
    }

    [Fact]
    public async Task Kind_status_and_activity_narrow_the_choice()
    {
        var suspended = await plant.AddAsync(new Supplier { Code = "SUSP", Name = "停用供应商", Status = SupplierStatus.Suspended });
        var old = await plant.AddAsync(new Supplier { Code = "OLD", Name = "旧供应商", IsActive = false });
        Assert.Contains(await lookup.SuppliersAsync(plant.Actor, "供应商", Ct), r => r.Id == suspended.Id);
        Assert.Empty(await lookup.SuppliersAsync(plant.Actor, "供应商", Ct, approvedOnly: true));
        Assert.NotNull(await lookup.ByIdAsync(plant.Actor, MasterDataKind.Supplier, old.Id, Ct));
        Assert.All(await lookup.ReasonCodesAsync(plant.Actor, null, Ct, ReasonKind.Scrap), r => Assert.StartsWith("S", r.Code));
        Assert.Equal(["LINE"], (await lookup.LocationsAsync(plant.Actor, null, Ct, LocationKind.Line)).Select(r => r.Code));
    }

    [Fact]
    public async Task Another_plants_places_and_people_are_not_offered()
    {
        await using var other = await TestPlant.CreateAsync(fixture.Database, "P2");
        Assert.DoesNotContain(await lookup.LocationsAsync(plant.Actor, null, Ct), r => r.Id == other.Warehouse.Id);
        Assert.DoesNotContain(await lookup.PeopleAsync(plant.Actor, null, Ct), r => r.Id == other.Person.Id);
        Assert.Null(await lookup.ByIdAsync(plant.Actor, MasterDataKind.Location, other.Warehouse.Id, Ct));
    }

    [Fact]
    public async Task A_material_is_entered_in_its_stock_unit_or_an_alternative_one()
    {
        var material = await plant.AddMaterialAsync("BAGGED");
        await plant.AddAsync(new MaterialUnit { MaterialId = material.Id, UnitId = await plant.UnitIdAsync("bag"), Factor = 25 });
        Assert.Equal([("kg", 1m, true), ("bag", 25m, false)], (await lookup.UnitsOfMaterialAsync(plant.Actor, material.Id, Ct)).Select(u => (u.Code, u.Factor, u.IsStockUnit)));
    }
}
