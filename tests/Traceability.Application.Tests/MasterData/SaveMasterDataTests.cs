using Traceability.Application.MasterData;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.MasterData;

public sealed class SaveMasterDataTests(PlantFixture fixture) : IClassFixture<PlantFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private readonly TestPlant plant = fixture.Plant;
    private readonly MasterDataQueries queries = new(fixture.Plant.Database, new LookupQueries(fixture.Plant.Database));

    private Task<Result<MasterDataSaved>> Save(SaveSupplier input) => new SaveSupplierHandler(plant.Database).HandleAsync(input, plant.Actor, Ct);

    private Task<Result<MasterDataSaved>> Save(SaveUnit input) => new SaveUnitHandler(plant.Database).HandleAsync(input, plant.Actor, Ct);

    private Task<Result<MasterDataSaved>> Save(SaveLocation input) => new SaveLocationHandler(plant.Database).HandleAsync(input, plant.Actor, Ct);

    private Task<Result<Done>> Delete(MasterDataKind kind, long id) => new DeleteMasterDataHandler(plant.Database).HandleAsync(new DeleteMasterData(kind, id), plant.Actor, Ct);

    [Fact]
    public async Task Every_kind_is_created_changed_listed_and_deleted()
    {
        var db = plant.Database;
        await RoundTripAsync(MasterDataKind.Plant, input => new SavePlantHandler(db).HandleAsync(input, plant.Actor, Ct), new SavePlant { Code = "NEW" }, queries.PlantAsync, a => queries.PlantsAsync(plant.Actor, a, Ct));
        await RoundTripAsync(MasterDataKind.Unit, Save, new SaveUnit { Code = "NEW", Dimension = UnitDimension.Count }, queries.UnitAsync, a => queries.UnitsAsync(plant.Actor, a, Ct));
        await RoundTripAsync(MasterDataKind.Supplier, Save, new SaveSupplier { Code = "NEW", Email = "a@example.org" }, queries.SupplierAsync, a => queries.SuppliersAsync(plant.Actor, a, Ct));
        await RoundTripAsync(MasterDataKind.Customer, input => new SaveCustomerHandler(db).HandleAsync(input, plant.Actor, Ct), new SaveCustomer { Code = "NEW" }, queries.CustomerAsync, a => queries.CustomersAsync(plant.Actor, a, Ct));
        await RoundTripAsync(MasterDataKind.Location, Save, new SaveLocation { Code = "NEW" }, queries.LocationAsync, a => queries.LocationsAsync(plant.Actor, a, Ct));
        await RoundTripAsync(MasterDataKind.WorkCenter, input => new SaveWorkCenterHandler(db).HandleAsync(input, plant.Actor, Ct), new SaveWorkCenter { Code = "NEW", LocationId = plant.Line.Id }, queries.WorkCenterAsync, a => queries.WorkCentersAsync(plant.Actor, a, Ct));
        await RoundTripAsync(MasterDataKind.Equipment, input => new SaveEquipmentHandler(db).HandleAsync(input, plant.Actor, Ct), new SaveEquipment { Code = "NEW", WorkCenterId = plant.WorkCenter.Id }, queries.MachineAsync, a => queries.EquipmentAsync(plant.Actor, a, Ct));
        await RoundTripAsync(MasterDataKind.ReasonCode, input => new SaveReasonCodeHandler(db).HandleAsync(input, plant.Actor, Ct), new SaveReasonCode { Code = "NEW", Kind = ReasonKind.Hold }, queries.ReasonCodeAsync, a => queries.ReasonCodesAsync(plant.Actor, a, Ct));
        await RoundTripAsync(MasterDataKind.Person, input => new SavePersonHandler(db).HandleAsync(input, plant.Actor, Ct), new SavePerson { Code = "NEW" }, queries.PersonAsync, a => queries.PeopleAsync(plant.Actor, a, Ct));
    }

    [Fact]
    public async Task All_broken_rules_are_reported_by_field()
    {
        var refused = await Save(new SaveSupplier { Code = "A B", Name = "", NameEn = new string('x', 121), Email = "nobody", Status = (SupplierStatus)9 });
        Assert.Equivalent(new[] { MasterDataErrors.BadCode.Code + " Code", "common.required Name", "common.too_long NameEn", "master_data.bad_email Email", "common.unknown_value Status" },
            refused.Errors.Select(e => $"{e.Code} {e.Field}"), strict: true);
    }

    [Fact]
    public async Task The_same_code_twice_is_refused_on_its_field()
    {
        Assert.True((await Save(new SaveSupplier { Code = "TWICE", Name = "一" })).IsSuccess);
        var refused = await Save(new SaveSupplier { Code = "TWICE", Name = "二" });
        Assert.Equal(("common.duplicate", "Code"), (refused.Error.Code, refused.Error.Field));
    }

    [Fact]
    public async Task A_late_save_of_an_old_copy_does_not_overwrite()
    {
        var id = (await Save(new SaveSupplier { Code = "LATE", Name = "一" })).Value.Id;
        var opened = (await queries.SupplierAsync(plant.Actor, id, Ct)).Value;
        Assert.True((await Save(new SaveSupplier { Id = id, Version = opened.Version, Code = "LATE", Name = "二" })).IsSuccess);
        Assert.Equal(CommonErrors.ChangedMeanwhile, (await Save(new SaveSupplier { Id = id, Version = opened.Version, Code = "LATE", Name = "三" })).Error);
        Assert.Equal("二", (await queries.SupplierAsync(plant.Actor, id, Ct)).Value.Name);
    }

    [Fact]
    public async Task Suspending_a_supplier_asks_for_the_reason_and_keeps_it()
    {
        var id = (await Save(new SaveSupplier { Code = "SUSPEND", Name = "一" })).Value.Id;
        var opened = (await queries.SupplierAsync(plant.Actor, id, Ct)).Value;
        var change = new SaveSupplier { Id = id, Version = opened.Version, Code = "SUSPEND", Name = "一", Status = SupplierStatus.Suspended };
        Assert.Equal("common.reason_required", (await Save(change)).Error.Code);
        Assert.True((await Save(change with { Reason = "留样阳性" })).IsSuccess);
        var trail = await new Traceability.Application.Auditing.AuditQueries(plant.Database).ForRecordAsync(plant.Actor, "supplier", id, new PageRequest(), Ct);
        Assert.Equal(("留样阳性", "update"), (trail.Value.Items[0].Reason, trail.Value.Items[0].Action));
        Assert.Equal([("status", "approved", "suspended")], trail.Value.Items[0].Changes.Select(c => (c.Column, c.Old, c.New)));
    }

    [Fact]
    public async Task What_is_in_use_cannot_be_deleted_but_taken_out_of_use()
    {
        await plant.AddMaterialAsync("USES-KG");
        Assert.Equal(CommonErrors.InUse, (await Delete(MasterDataKind.Unit, await plant.UnitIdAsync("kg"))).Error);
        Assert.Equal(CommonErrors.InUse, (await Delete(MasterDataKind.Location, plant.Line.Id)).Error);
        Assert.Equal(CommonErrors.NotFound, (await Delete(MasterDataKind.Supplier, 999_999)).Error);
    }

    [Fact]
    public async Task A_unit_that_materials_use_keeps_its_size()
    {
        await plant.AddMaterialAsync("IN-GRAMS", unit: "g");
        var unit = (await queries.UnitAsync(plant.Actor, await plant.UnitIdAsync("g"), Ct)).Value;
        var change = new SaveUnit { Id = unit.Id, Version = unit.Version, Code = "g", Name = "克", Dimension = UnitDimension.Mass, Factor = 1, Decimals = 2 };
        Assert.Equal(MasterDataErrors.UnitFixed, (await Save(change)).Error);
        Assert.True((await Save(change with { Factor = unit.Factor })).IsSuccess);
        Assert.Equal("common.out_of_range", (await Save(change with { Decimals = 7 })).Error.Code);
    }

    [Fact]
    public async Task A_location_is_only_closed_when_it_is_empty()
    {
        var location = await plant.AddLocationAsync("FULL");
        var material = await plant.AddMaterialAsync("STOCKED");
        await Receiving.Stocked.ReceiveAsync(plant, material, 10, location.Id);
        var opened = (await queries.LocationAsync(plant.Actor, location.Id, Ct)).Value;
        var closing = new SaveLocation { Id = location.Id, Version = opened.Version, Code = "FULL", Name = "FULL", IsActive = false };
        Assert.Equal(MasterDataErrors.LocationHasStock, (await Save(closing)).Error);
    }

    [Fact]
    public async Task A_reason_stays_in_its_list_and_a_time_zone_must_exist()
    {
        var handler = new SaveReasonCodeHandler(plant.Database);
        var id = await plant.ReasonIdAsync(ReasonKind.Scrap, "S01");
        var reason = (await queries.ReasonCodeAsync(plant.Actor, id, Ct)).Value;
        var moved = await handler.HandleAsync(new SaveReasonCode { Id = id, Version = reason.Version, Code = "S01", Name = "x", Kind = ReasonKind.Hold }, plant.Actor, Ct);
        Assert.Equal(MasterDataErrors.ReasonKindFixed, moved.Error);
        var nowhere = await new SavePlantHandler(plant.Database).HandleAsync(new SavePlant { Code = "MARS", Name = "x", TimeZone = "Mars/Olympus" }, plant.Actor, Ct);
        Assert.Equal(MasterDataErrors.UnknownTimeZone, nowhere.Error);
    }

    [Fact]
    public async Task Another_plants_places_cannot_be_changed_or_used()
    {
        await using var other = await TestPlant.CreateAsync(fixture.Database, "P9");
        Assert.Equal(CommonErrors.NotFound, (await Save(new SaveLocation { Id = other.Line.Id, Version = 1, Code = "X", Name = "x" })).Error);
        var center = await new SaveWorkCenterHandler(plant.Database).HandleAsync(new SaveWorkCenter { Code = "FAR", Name = "x", LocationId = other.Line.Id }, plant.Actor, Ct);
        Assert.Equal(("common.unknown_value", "LocationId"), (center.Error.Code, center.Error.Field));
        Assert.Equal(CommonErrors.NoPlant, (await new SaveLocationHandler(plant.Database).HandleAsync(new SaveLocation { Code = "X", Name = "x" }, plant.Actor with { PlantId = 0 }, Ct)).Error);
    }

    [Fact]
    public async Task Without_the_permission_nothing_is_stored_or_shown()
    {
        var looking = plant.ActorWithout(Permission.EditMasterData);
        Assert.Equal("common.forbidden", (await new SaveSupplierHandler(plant.Database).HandleAsync(new SaveSupplier { Code = "NO", Name = "x" }, looking, Ct)).Error.Code);
        Assert.Equal("common.forbidden", (await new DeleteMasterDataHandler(plant.Database).HandleAsync(new DeleteMasterData(MasterDataKind.Supplier, plant.Supplier.Id), looking, Ct)).Error.Code);
        Assert.Equal("common.forbidden", (await queries.SuppliersAsync(plant.ActorWithout(Permission.ViewMasterData), new PageRequest(), Ct)).Error.Code);
    }

    [Fact]
    public async Task Lists_are_paged_sorted_and_filtered_in_the_database()
    {
        foreach (var n in Enumerable.Range(1, 5)) await Save(new SaveSupplier { Code = $"PAGE-{n}", Name = $"翻页 {9 - n}", IsActive = n != 5 });
        var page = (await queries.SuppliersAsync(plant.Actor, new PageRequest(2, 2, "page-"), Ct)).Value;
        Assert.Equal((5, "PAGE-3,PAGE-4"), (page.Total, string.Join(',', page.Items.Select(s => s.Code))));
        var byName = (await queries.SuppliersAsync(plant.Actor, new PageRequest(1, 2, "page-", "name"), Ct, active: true)).Value;
        Assert.Equal((4, "PAGE-4"), (byName.Total, byName.Items[0].Code));
        var byStatus = (await queries.SuppliersAsync(plant.Actor, new PageRequest(1, 2, "page-", "status", true), Ct, SupplierStatus.Suspended)).Value;
        Assert.Equal(0, byStatus.Total);
    }

    private async Task RoundTripAsync<TInput, TView>(MasterDataKind kind, Func<TInput, Task<Result<MasterDataSaved>>> save, TInput fresh,
        Func<Actor, long, CancellationToken, Task<Result<TView>>> one, Func<PageRequest, Task<Result<Paged<TView>>>> list) where TInput : MasterDataInput where TView : MasterDataView
    {
        var id = (await save(fresh with { Name = "新", NameEn = " New " })).Value.Id;
        var view = (await one(plant.Actor, id, Ct)).Value;
        Assert.Equal(("NEW", "新", "New"), (view.Code, view.Name, view.NameEn));
        Assert.True((await save(fresh with { Id = id, Version = view.Version, Name = "改", IsActive = false })).IsSuccess);
        var listed = Assert.Single((await list(new PageRequest(Search: "改"))).Value.Items);
        Assert.Equal(("改", (string?)null), (listed.Name, listed.NameEn));
        Assert.NotEqual(view.Version, listed.Version);
        Assert.True((await Delete(kind, id)).IsSuccess);
        Assert.Equal(CommonErrors.NotFound, (await one(plant.Actor, id, Ct)).Error);
    }
}
