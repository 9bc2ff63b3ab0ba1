using Microsoft.EntityFrameworkCore;
using Npgsql;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Testing;

/// <summary>A small plant in a test's database: the least that lets a use case run, and one-line ways to add more of it.</summary>
public sealed class TestPlant : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private int _number;

    private TestPlant(NpgsqlDataSource source)
    {
        _source = source;
        Database = new TraceDatabase(source, Clock);
    }

    public TestClock Clock { get; } = new();

    /// <summary>The database as the product's own role sees it.</summary>
    public TraceDatabase Database { get; }
    public Plant Plant { get; private set; } = null!;
    public Person Person { get; private set; } = null!;

    /// <summary>Warehouse location WH.</summary>
    public Location Warehouse { get; private set; } = null!;

    /// <summary>Line-side location LINE, where <see cref="WorkCenter"/> works.</summary>
    public Location Line { get; private set; } = null!;
    public WorkCenter WorkCenter { get; private set; } = null!;
    public Supplier Supplier { get; private set; } = null!;
    public Customer Customer { get; private set; } = null!;

    /// <summary>Someone of the plant with every permission.</summary>
    public Actor Actor { get; private set; } = null!;

    /// <param name="code">Plant code; give another one to stand a second plant in the same database.</param>
    public static async Task<TestPlant> CreateAsync(TestDatabase database, string code = "P1")
    {
        var plant = new TestPlant(NpgsqlDataSource.Create(database.AppConnectionString));
        plant.Plant = await plant.AddAsync(new Plant { Code = code, Name = "禾源乳品", NameEn = "Heyuan Dairy", TimeZone = "Asia/Shanghai" });
        plant.Person = await plant.AddPersonAsync("李娜");
        plant.Warehouse = await plant.AddLocationAsync("WH");
        plant.Line = await plant.AddLocationAsync("LINE", LocationKind.Line);
        plant.WorkCenter = await plant.AddAsync(new WorkCenter { PlantId = plant.Plant.Id, Code = "WC", Name = "一号线", LocationId = plant.Line.Id });
        plant.Supplier = await plant.AddAsync(new Supplier { Code = $"{code}-S", Name = "昊德乳品配料", NameEn = "Haode Dairy Ingredients" });
        plant.Customer = await plant.AddAsync(new Customer { Code = $"{code}-C", Name = "华东母婴连锁", NameEn = "Huadong Baby Stores" });
        plant.Actor = plant.ActorWith(Enum.GetValues<Permission>());
        return plant;
    }

    /// <summary>Someone of the plant who may do exactly this.</summary>
    public Actor ActorWith(params Permission[] permissions) => new()
    {
        UserId = 1,
        UserName = Person.Code,
        DisplayName = Person.Name,
        PersonId = Person.Id,
        PlantId = Plant.Id,
        Permissions = permissions.ToHashSet(),
    };

    /// <summary>Someone of the plant who may do everything but this.</summary>
    public Actor ActorWithout(params Permission[] permissions) => ActorWith([.. Enum.GetValues<Permission>().Except(permissions)]);

    public async Task<Material> AddMaterialAsync(string code, MaterialKind kind = MaterialKind.Raw, string unit = "kg", Tracking tracking = Tracking.Batch,
        bool incomingInspection = false, bool finalInspection = false, bool certificateRequired = false, int? shelfLifeDays = null) => await AddAsync(new Material
        {
            Code = code,
            ShortCode = code,
            Name = code,
            Kind = kind,
            UnitId = await UnitIdAsync(unit),
            Tracking = tracking,
            IncomingInspection = incomingInspection,
            FinalInspection = finalInspection,
            CertificateRequired = certificateRequired,
            ShelfLifeDays = shelfLifeDays,
        });

    public Task<Location> AddLocationAsync(string code, LocationKind kind = LocationKind.Warehouse) =>
        AddAsync(new Location { PlantId = Plant.Id, Code = code, Name = code, Kind = kind });

    public Task<Person> AddPersonAsync(string name) =>
        AddAsync(new Person { PlantId = Plant.Id, Code = $"{Plant.Code}-OP{Interlocked.Increment(ref _number):D3}", Name = name });

    /// <summary>Id of a unit the migrations put there: kg g t L mL m pcs can box bag m3.</summary>
    public async Task<long> UnitIdAsync(string code)
    {
        await using var db = Database.Read();
        return await db.Of<Unit>().Where(u => u.Code == code).Select(u => u.Id).SingleAsync();
    }

    /// <summary>Id of a reason code the migrations put there, e.g. scrap S02.</summary>
    public async Task<long> ReasonIdAsync(ReasonKind kind, string code)
    {
        await using var db = Database.Read();
        return await db.Of<ReasonCode>().Where(r => r.Kind == kind && r.Code == code).Select(r => r.Id).SingleAsync();
    }

    /// <summary>Stores a record as it is, for what no use case makes.</summary>
    public async Task<T> AddAsync<T>(T record) where T : Entity
    {
        await using var db = await Database.BeginAsync(Actor.System("test"), "test.arrange", CancellationToken.None);
        await db.AddAsync(record);
        var saved = await db.SaveAsync(() => record, CancellationToken.None);
        return saved.Value;
    }

    /// <summary>Rows of one kind as they stand in the database now.</summary>
    public async Task<List<T>> AllAsync<T>() where T : Entity
    {
        await using var db = Database.Read();
        return await db.Of<T>().OrderBy(r => r.Id).ToListAsync();
    }

    public async ValueTask DisposeAsync() => await _source.DisposeAsync();
}

/// <summary>xunit class fixture: a database with a <see cref="TestPlant"/> in it.</summary>
public class PlantFixture : DatabaseFixture
{
    private TestPlant? _plant;

    public TestPlant Plant => _plant ?? throw new InvalidOperationException("The fixture has not been initialised.");

    /// <inheritdoc />
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _plant = await TestPlant.CreateAsync(Database);
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        if (_plant is not null) await _plant.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
