using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.MasterData;

/// <summary>
/// Lists and single records of master data. A list is searched by code and names (and what else the kind is known by), sorted
/// by any of its view's properties, by code unless asked otherwise; plant-bound kinds show the actor's plant only.
/// </summary>
public sealed class MasterDataQueries(TraceDatabase database, LookupQueries lookup)
{
    /// <param name="active">Only records in use (true) or out of use (false); null for both.</param>
    public Task<Result<Paged<PlantView>>> PlantsAsync(Actor actor, PageRequest page, CancellationToken ct, bool? active = null) =>
        ListAsync(actor, Plants, page, active, null, ct);

    public Task<Result<Paged<UnitView>>> UnitsAsync(Actor actor, PageRequest page, CancellationToken ct, UnitDimension? dimension = null) =>
        ListAsync(actor, db => Units(db).Where(u => dimension == null || u.Dimension == dimension), page, null, null, ct);

    public Task<Result<Paged<MaterialView>>> MaterialsAsync(Actor actor, PageRequest page, CancellationToken ct, MaterialKind? kind = null, bool? active = null) =>
        ListAsync(actor, db => Materials(db).Where(m => kind == null || m.Kind == kind), page, active, [m => m.ShortCode, m => m.Specification], ct);

    public Task<Result<Paged<SupplierView>>> SuppliersAsync(Actor actor, PageRequest page, CancellationToken ct, SupplierStatus? status = null, bool? active = null) =>
        ListAsync(actor, db => Suppliers(db).Where(s => status == null || s.Status == status), page, active, [s => s.Contact, s => s.Phone, s => s.Email], ct);

    public Task<Result<Paged<CustomerView>>> CustomersAsync(Actor actor, PageRequest page, CancellationToken ct, bool? active = null) =>
        ListAsync(actor, Customers, page, active, [c => c.Contact, c => c.Phone, c => c.Email, c => c.Address], ct);

    public Task<Result<Paged<LocationView>>> LocationsAsync(Actor actor, PageRequest page, CancellationToken ct, LocationKind? kind = null, bool? active = null) =>
        ListAsync(actor, db => Locations(db, actor).Where(l => kind == null || l.Kind == kind), page, active, null, ct);

    public Task<Result<Paged<WorkCenterView>>> WorkCentersAsync(Actor actor, PageRequest page, CancellationToken ct, bool? active = null) =>
        ListAsync(actor, db => WorkCenters(db, actor), page, active, [w => w.LocationCode], ct);

    public Task<Result<Paged<EquipmentView>>> EquipmentAsync(Actor actor, PageRequest page, CancellationToken ct, EquipmentStatus? status = null, bool? active = null) =>
        ListAsync(actor, db => Equipment(db, actor).Where(e => status == null || e.Status == status), page, active, [e => e.WorkCenterCode], ct);

    public Task<Result<Paged<ReasonCodeView>>> ReasonCodesAsync(Actor actor, PageRequest page, CancellationToken ct, ReasonKind? kind = null, bool? active = null) =>
        ListAsync(actor, db => ReasonCodes(db).Where(r => kind == null || r.Kind == kind), page, active, null, ct);

    public Task<Result<Paged<PersonView>>> PeopleAsync(Actor actor, PageRequest page, CancellationToken ct, bool? active = null) =>
        ListAsync(actor, db => People(db, actor), page, active, [p => p.Team, p => p.Email], ct);

    public Task<Result<PlantView>> PlantAsync(Actor actor, long id, CancellationToken ct) => OneAsync(actor, Plants, id, ct);

    public Task<Result<UnitView>> UnitAsync(Actor actor, long id, CancellationToken ct) => OneAsync(actor, Units, id, ct);

    public async Task<Result<MaterialDetails>> MaterialAsync(Actor actor, long id, CancellationToken ct)
    {
        var material = await OneAsync(actor, Materials, id, ct);
        return material.IsSuccess ? new MaterialDetails(material.Value, await lookup.UnitsOfMaterialAsync(actor, id, ct)) : material.As<MaterialDetails>();
    }

    public Task<Result<SupplierView>> SupplierAsync(Actor actor, long id, CancellationToken ct) => OneAsync(actor, Suppliers, id, ct);

    public Task<Result<CustomerView>> CustomerAsync(Actor actor, long id, CancellationToken ct) => OneAsync(actor, Customers, id, ct);

    public Task<Result<LocationView>> LocationAsync(Actor actor, long id, CancellationToken ct) => OneAsync(actor, db => Locations(db, actor), id, ct);

    public Task<Result<WorkCenterView>> WorkCenterAsync(Actor actor, long id, CancellationToken ct) => OneAsync(actor, db => WorkCenters(db, actor), id, ct);

    public Task<Result<EquipmentView>> MachineAsync(Actor actor, long id, CancellationToken ct) => OneAsync(actor, db => Equipment(db, actor), id, ct);

    public Task<Result<ReasonCodeView>> ReasonCodeAsync(Actor actor, long id, CancellationToken ct) => OneAsync(actor, ReasonCodes, id, ct);

    public Task<Result<PersonView>> PersonAsync(Actor actor, long id, CancellationToken ct) => OneAsync(actor, db => People(db, actor), id, ct);

    /// <summary>A quantity in another unit: by dimension, or by the material's own factors when one is named.</summary>
    public async Task<Result<decimal>> ConvertAsync(Actor actor, decimal quantity, long fromUnitId, long toUnitId, long? materialId, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewMasterData) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var stockUnitId = await db.Of<Material>().Where(m => m.Id == materialId).Select(m => (long?)m.UnitId).SingleOrDefaultAsync(ct);
        if (materialId is not null && stockUnitId is null) return CommonErrors.Unknown.On("MaterialId");
        var units = await db.Of<Unit>().Where(u => u.Id == fromUnitId || u.Id == toUnitId || u.Id == stockUnitId).ToDictionaryAsync(u => u.Id, ct);
        if (!units.TryGetValue(fromUnitId, out var from)) return CommonErrors.Unknown.On("From");
        if (!units.TryGetValue(toUnitId, out var to)) return CommonErrors.Unknown.On("To");
        var alternatives = await db.Of<MaterialUnit>().Where(u => u.MaterialId == materialId).ToListAsync(ct);
        return UnitConversion.Convert(quantity, from, to, stockUnitId is { } stock ? units[stock] : null, alternatives);
    }

    private async Task<Result<Paged<TView>>> ListAsync<TView>(Actor actor, Func<TraceDbContext, IQueryable<TView>> rows, PageRequest page, bool? active,
        Expression<Func<TView, string?>>[]? alsoKnownBy, CancellationToken ct) where TView : MasterDataView
    {
        if (actor.Demand(Permission.ViewMasterData) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var found = rows(db);
        if (active is { } wanted) found = found.Where(r => r.IsActive == wanted);
        return await found.Matching(page.Text, [r => r.Code, r => r.Name, r => r.NameEn, .. alsoKnownBy ?? []]).Sorted(page, nameof(MasterDataView.Code)).ToPageAsync(page, ct);
    }

    private async Task<Result<TView>> OneAsync<TView>(Actor actor, Func<TraceDbContext, IQueryable<TView>> rows, long id, CancellationToken ct) where TView : MasterDataView
    {
        if (actor.Demand(Permission.ViewMasterData) is { } forbidden) return forbidden;
        await using var db = database.Read();
        return await rows(db).SingleOrDefaultAsync(r => r.Id == id, ct) is { } found ? found : CommonErrors.NotFound;
    }

    private static IQueryable<PlantView> Plants(TraceDbContext db) => db.Of<Plant>().Select(p => new PlantView
    {
        Id = p.Id, Version = p.Version, Code = p.Code, Name = p.Name, NameEn = p.NameEn, IsActive = p.IsActive, TimeZone = p.TimeZone,
    });

    private static IQueryable<UnitView> Units(TraceDbContext db) => db.Of<Unit>().Select(u => new UnitView
    {
        Id = u.Id, Version = u.Version, Code = u.Code, Name = u.Name, NameEn = u.NameEn, IsActive = true, Dimension = u.Dimension, Factor = u.Factor, Decimals = u.Decimals,
    });

    private static IQueryable<MaterialView> Materials(TraceDbContext db) =>
        from m in db.Of<Material>()
        join u in db.Of<Unit>() on m.UnitId equals u.Id
        select new MaterialView
        {
            Id = m.Id, Version = m.Version, Code = m.Code, Name = m.Name, NameEn = m.NameEn, IsActive = m.IsActive, ShortCode = m.ShortCode, Specification = m.Specification,
            Kind = m.Kind, UnitId = m.UnitId, UnitCode = u.Code, Tracking = m.Tracking, ShelfLifeDays = m.ShelfLifeDays,
            IncomingInspection = m.IncomingInspection, FinalInspection = m.FinalInspection, CertificateRequired = m.CertificateRequired,
        };

    private static IQueryable<SupplierView> Suppliers(TraceDbContext db) => db.Of<Supplier>().Select(s => new SupplierView
    {
        Id = s.Id, Version = s.Version, Code = s.Code, Name = s.Name, NameEn = s.NameEn, IsActive = s.IsActive,
        Contact = s.Contact, Phone = s.Phone, Email = s.Email, Status = s.Status,
    });

    private static IQueryable<CustomerView> Customers(TraceDbContext db) => db.Of<Customer>().Select(c => new CustomerView
    {
        Id = c.Id, Version = c.Version, Code = c.Code, Name = c.Name, NameEn = c.NameEn, IsActive = c.IsActive,
        Contact = c.Contact, Phone = c.Phone, Email = c.Email, Address = c.Address,
    });

    private static IQueryable<LocationView> Locations(TraceDbContext db, Actor actor) => db.Of<Location>().Where(l => l.PlantId == actor.PlantId).Select(l => new LocationView
    {
        Id = l.Id, Version = l.Version, Code = l.Code, Name = l.Name, NameEn = l.NameEn, IsActive = l.IsActive, Kind = l.Kind,
    });

    private static IQueryable<WorkCenterView> WorkCenters(TraceDbContext db, Actor actor) =>
        from w in db.Of<WorkCenter>()
        join l in db.Of<Location>() on w.LocationId equals l.Id
        where w.PlantId == actor.PlantId
        select new WorkCenterView
        {
            Id = w.Id, Version = w.Version, Code = w.Code, Name = w.Name, NameEn = w.NameEn, IsActive = w.IsActive,
            LocationId = l.Id, LocationCode = l.Code, LocationName = l.Name, LocationNameEn = l.NameEn,
        };

    private static IQueryable<EquipmentView> Equipment(TraceDbContext db, Actor actor) =>
        from e in db.Of<Equipment>()
        join w in db.Of<WorkCenter>() on e.WorkCenterId equals w.Id
        where e.PlantId == actor.PlantId
        select new EquipmentView
        {
            Id = e.Id, Version = e.Version, Code = e.Code, Name = e.Name, NameEn = e.NameEn, IsActive = e.IsActive, Status = e.Status,
            WorkCenterId = w.Id, WorkCenterCode = w.Code, WorkCenterName = w.Name, WorkCenterNameEn = w.NameEn,
        };

    private static IQueryable<ReasonCodeView> ReasonCodes(TraceDbContext db) => db.Of<ReasonCode>().Select(r => new ReasonCodeView
    {
        Id = r.Id, Version = r.Version, Code = r.Code, Name = r.Name, NameEn = r.NameEn, IsActive = r.IsActive, Kind = r.Kind,
    });

    private static IQueryable<PersonView> People(TraceDbContext db, Actor actor) => db.Of<Person>().Where(p => p.PlantId == actor.PlantId).Select(p => new PersonView
    {
        Id = p.Id, Version = p.Version, Code = p.Code, Name = p.Name, NameEn = p.NameEn, IsActive = p.IsActive, Team = p.Team, Email = p.Email,
    });
}
