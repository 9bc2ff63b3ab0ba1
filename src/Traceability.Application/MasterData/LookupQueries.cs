using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.MasterData;

/// <summary>Kinds of master data.</summary>
public enum MasterDataKind { Plant, Material, Unit, Supplier, Customer, Location, WorkCenter, Equipment, ReasonCode, Person }

/// <summary>A unit a material can be handled in.</summary>
/// <param name="Factor">Stock units in one of this unit; 1 for the stock unit itself.</param>
/// <param name="Decimals">Decimals a quantity in this unit is shown with.</param>
public sealed record UnitChoice(long Id, string Code, string Name, string? NameEn, decimal Factor, int Decimals, bool IsStockUnit);

/// <summary>
/// What form pickers show: at most <see cref="Limit"/> active records whose code or name contains the text, best match first.
/// Plant-bound kinds are limited to the actor's plant. Names are needed by every form, so any signed-in actor may look them up.
/// </summary>
public sealed class LookupQueries(TraceDatabase database)
{
    public const int Limit = 20;

    public Task<IReadOnlyList<Ref>> PlantsAsync(Actor actor, string? search, CancellationToken ct) =>
        FindAsync(db => db.Of<Plant>().Where(p => p.IsActive).Select(p => new LookupRow { Id = p.Id, Code = p.Code, Name = p.Name, NameEn = p.NameEn, Also = null }), search, ct);

    public Task<IReadOnlyList<Ref>> MaterialsAsync(Actor actor, string? search, CancellationToken ct, MaterialKind? kind = null) =>
        FindAsync(db => db.Of<Material>().Where(m => m.IsActive && (kind == null || m.Kind == kind))
            .Select(m => new LookupRow { Id = m.Id, Code = m.Code, Name = m.Name, NameEn = m.NameEn, Also = m.ShortCode }), search, ct);

    public Task<IReadOnlyList<Ref>> UnitsAsync(Actor actor, string? search, CancellationToken ct, UnitDimension? dimension = null) =>
        FindAsync(db => db.Of<Unit>().Where(u => dimension == null || u.Dimension == dimension)
            .Select(u => new LookupRow { Id = u.Id, Code = u.Code, Name = u.Name, NameEn = u.NameEn, Also = null }), search, ct);

    /// <summary>Suppliers; a suspended one is only offered when <paramref name="approvedOnly"/> is off.</summary>
    public Task<IReadOnlyList<Ref>> SuppliersAsync(Actor actor, string? search, CancellationToken ct, bool approvedOnly = false) =>
        FindAsync(db => db.Of<Supplier>().Where(s => s.IsActive && (!approvedOnly || s.Status == SupplierStatus.Approved))
            .Select(s => new LookupRow { Id = s.Id, Code = s.Code, Name = s.Name, NameEn = s.NameEn, Also = null }), search, ct);

    public Task<IReadOnlyList<Ref>> CustomersAsync(Actor actor, string? search, CancellationToken ct) =>
        FindAsync(db => db.Of<Customer>().Where(c => c.IsActive).Select(c => new LookupRow { Id = c.Id, Code = c.Code, Name = c.Name, NameEn = c.NameEn, Also = null }), search, ct);

    public Task<IReadOnlyList<Ref>> LocationsAsync(Actor actor, string? search, CancellationToken ct, LocationKind? kind = null) =>
        FindAsync(db => db.Of<Location>().Where(l => l.IsActive && l.PlantId == actor.PlantId && (kind == null || l.Kind == kind))
            .Select(l => new LookupRow { Id = l.Id, Code = l.Code, Name = l.Name, NameEn = l.NameEn, Also = null }), search, ct);

    public Task<IReadOnlyList<Ref>> WorkCentersAsync(Actor actor, string? search, CancellationToken ct) =>
        FindAsync(db => db.Of<WorkCenter>().Where(w => w.IsActive && w.PlantId == actor.PlantId)
            .Select(w => new LookupRow { Id = w.Id, Code = w.Code, Name = w.Name, NameEn = w.NameEn, Also = null }), search, ct);

    public Task<IReadOnlyList<Ref>> EquipmentAsync(Actor actor, string? search, CancellationToken ct, long? workCenterId = null) =>
        FindAsync(db => db.Of<Equipment>().Where(e => e.IsActive && e.PlantId == actor.PlantId && (workCenterId == null || e.WorkCenterId == workCenterId))
            .Select(e => new LookupRow { Id = e.Id, Code = e.Code, Name = e.Name, NameEn = e.NameEn, Also = null }), search, ct);

    public Task<IReadOnlyList<Ref>> ReasonCodesAsync(Actor actor, string? search, CancellationToken ct, ReasonKind? kind = null) =>
        FindAsync(db => db.Of<ReasonCode>().Where(r => r.IsActive && (kind == null || r.Kind == kind))
            .Select(r => new LookupRow { Id = r.Id, Code = r.Code, Name = r.Name, NameEn = r.NameEn, Also = null }), search, ct);

    public Task<IReadOnlyList<Ref>> PeopleAsync(Actor actor, string? search, CancellationToken ct) =>
        FindAsync(db => db.Of<Person>().Where(p => p.IsActive && p.PlantId == actor.PlantId)
            .Select(p => new LookupRow { Id = p.Id, Code = p.Code, Name = p.Name, NameEn = p.NameEn, Also = p.Team }), search, ct);

    /// <summary>The same searches by kind, for a caller that learns the kind at run time.</summary>
    public Task<IReadOnlyList<Ref>> SearchAsync(Actor actor, MasterDataKind kind, string? search, CancellationToken ct) => kind switch
    {
        MasterDataKind.Plant => PlantsAsync(actor, search, ct),
        MasterDataKind.Material => MaterialsAsync(actor, search, ct),
        MasterDataKind.Unit => UnitsAsync(actor, search, ct),
        MasterDataKind.Supplier => SuppliersAsync(actor, search, ct),
        MasterDataKind.Customer => CustomersAsync(actor, search, ct),
        MasterDataKind.Location => LocationsAsync(actor, search, ct),
        MasterDataKind.WorkCenter => WorkCentersAsync(actor, search, ct),
        MasterDataKind.Equipment => EquipmentAsync(actor, search, ct),
        MasterDataKind.ReasonCode => ReasonCodesAsync(actor, search, ct),
        MasterDataKind.Person => PeopleAsync(actor, search, ct),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>One record by id, also when it is no longer active (an old choice must still be shown); null when there is none.</summary>
    public async Task<Ref?> ByIdAsync(Actor actor, MasterDataKind kind, long id, CancellationToken ct)
    {
        await using var db = database.Read();
        return kind switch
        {
            MasterDataKind.Plant => await One(db.Of<Plant>(), p => new Ref(p.Id, p.Code, p.Name, p.NameEn)),
            MasterDataKind.Material => await One(db.Of<Material>(), m => new Ref(m.Id, m.Code, m.Name, m.NameEn)),
            MasterDataKind.Unit => await One(db.Of<Unit>(), u => new Ref(u.Id, u.Code, u.Name, u.NameEn)),
            MasterDataKind.Supplier => await One(db.Of<Supplier>(), s => new Ref(s.Id, s.Code, s.Name, s.NameEn)),
            MasterDataKind.Customer => await One(db.Of<Customer>(), c => new Ref(c.Id, c.Code, c.Name, c.NameEn)),
            MasterDataKind.Location => await One(db.Of<Location>().Where(l => l.PlantId == actor.PlantId), l => new Ref(l.Id, l.Code, l.Name, l.NameEn)),
            MasterDataKind.WorkCenter => await One(db.Of<WorkCenter>().Where(w => w.PlantId == actor.PlantId), w => new Ref(w.Id, w.Code, w.Name, w.NameEn)),
            MasterDataKind.Equipment => await One(db.Of<Equipment>().Where(e => e.PlantId == actor.PlantId), e => new Ref(e.Id, e.Code, e.Name, e.NameEn)),
            MasterDataKind.ReasonCode => await One(db.Of<ReasonCode>(), r => new Ref(r.Id, r.Code, r.Name, r.NameEn)),
            MasterDataKind.Person => await One(db.Of<Person>().Where(p => p.PlantId == actor.PlantId), p => new Ref(p.Id, p.Code, p.Name, p.NameEn)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

        Task<Ref?> One<T>(IQueryable<T> rows, Expression<Func<T, Ref>> view) where T : Entity => rows.Where(r => r.Id == id).Select(view).SingleOrDefaultAsync(ct);
    }

    /// <summary>The units a material can be entered in: its stock unit first, then its alternative units.</summary>
    public async Task<IReadOnlyList<UnitChoice>> UnitsOfMaterialAsync(Actor actor, long materialId, CancellationToken ct)
    {
        await using var db = database.Read();
        var stock = from m in db.Of<Material>()
                    join u in db.Of<Unit>() on m.UnitId equals u.Id
                    where m.Id == materialId
                    select new UnitChoice(u.Id, u.Code, u.Name, u.NameEn, 1, u.Decimals, true);
        var others = from a in db.Of<MaterialUnit>()
                     join u in db.Of<Unit>() on a.UnitId equals u.Id
                     where a.MaterialId == materialId
                     orderby u.Code
                     select new UnitChoice(u.Id, u.Code, u.Name, u.NameEn, a.Factor, u.Decimals, false);
        return [.. await stock.ToListAsync(ct), .. await others.ToListAsync(ct)];
    }

    /// <summary>People by id, of every plant: an administrator's list names them all.</summary>
    internal async Task<Dictionary<long, Ref>> PeopleByIdAsync(IReadOnlyList<long> ids, CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Of<Person>().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => new Ref(p.Id, p.Code, p.Name, p.NameEn), ct);
    }

    internal async Task<Dictionary<long, Ref>> PlantsByIdAsync(IReadOnlyList<long> ids, CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Of<Plant>().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => new Ref(p.Id, p.Code, p.Name, p.NameEn), ct);
    }

    private async Task<IReadOnlyList<Ref>> FindAsync(Func<TraceDbContext, IQueryable<LookupRow>> rows, string? search, CancellationToken ct)
    {
        await using var db = database.Read();
        var found = rows(db);
        if (string.IsNullOrWhiteSpace(search)) return await Top(found.OrderBy(r => r.Code));
        var text = search.Trim();
        var start = QueryExtensions.Like(text)[1..];
        return await Top(found.Matching(text, r => r.Code, r => r.Name, r => r.NameEn, r => r.Also)
            .OrderByDescending(r => EF.Functions.ILike(r.Code, start, ListQueries.Escape)).ThenBy(r => r.Code));

        // Codes of a kind may repeat across plants or reason kinds: the id makes the order stable.
        async Task<IReadOnlyList<Ref>> Top(IOrderedQueryable<LookupRow> ordered) =>
            await ordered.ThenBy(r => r.Id).Take(Limit).Select(r => new Ref(r.Id, r.Code, r.Name, r.NameEn)).ToListAsync(ct);
    }

    /// <summary>What a search looks at, the same for every kind.</summary>
    private sealed class LookupRow
    {
        public long Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public string? NameEn { get; init; }

        /// <summary>Something else people know the record by. Required, because a search can only be translated over columns that are set.</summary>
        public required string? Also { get; init; }
    }
}
