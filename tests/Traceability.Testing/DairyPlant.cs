using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Traceability.Application.Receiving;
using Traceability.Application.Setup;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Testing;

/// <summary>
/// xunit class fixture: a small dairy on a database of its own, with the product's own services and a clock that stands on
/// 2026-03-20 08:00 in Shanghai until a test moves it.
/// </summary>
public sealed class DairyPlant : DatabaseFixture
{
    private ServiceProvider? services;

    public TestClock Clock { get; } = new() { Now = new DateTimeOffset(2026, 3, 20, 0, 0, 0, TimeSpan.Zero) };

    public IServiceProvider Services => services ?? throw new InvalidOperationException("The fixture has not been initialised.");

    public TraceDatabase Db => Get<TraceDatabase>();

    public Plant Plant { get; private set; } = null!;
    public Unit Kg { get; private set; } = null!;
    public Unit Piece { get; private set; } = null!;

    /// <summary>Whey powder: incoming inspection and certificate required, 180 days.</summary>
    public Material Whey { get; private set; } = null!;

    /// <summary>Lactose: nothing required, so a receipt is released at once.</summary>
    public Material Lactose { get; private set; } = null!;

    /// <summary>Base powder: semi-finished, released when made.</summary>
    public Material BasePowder { get; private set; } = null!;

    /// <summary>Canned formula: finished, final inspection required.</summary>
    public Material Formula { get; private set; } = null!;
    public Supplier Supplier { get; private set; } = null!;
    public Supplier OtherSupplier { get; private set; } = null!;
    public Customer Customer { get; private set; } = null!;
    public Location Warehouse { get; private set; } = null!;
    public Location SecondWarehouse { get; private set; } = null!;
    public Location Line { get; private set; } = null!;
    public Location Quarantine { get; private set; } = null!;
    public WorkCenter Mixing { get; private set; } = null!;
    public Equipment Mixer { get; private set; } = null!;
    public Person Zhang { get; private set; } = null!;
    public Person Li { get; private set; } = null!;
    public Person Liu { get; private set; } = null!;

    /// <summary>张伟 with every permission.</summary>
    public Actor Everyone => ActorOf(Zhang);

    /// <summary>刘洋, a second person with every permission.</summary>
    public Actor SecondPerson => ActorOf(Liu);

    /// <summary>A person who may do nothing.</summary>
    public Actor Nobody => ActorOf(Li) with { Permissions = new HashSet<Permission>() };

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public Actor ActorOf(Person person) => Actor.System("test", Plant.Id) with { UserId = person.Id, UserName = person.Code, DisplayName = person.Name, PersonId = person.Id };

    /// <summary>The same dairy in a database that exists already and is not the fixture's to drop.</summary>
    public static async Task<DairyPlant> OnAsync(string appConnectionString)
    {
        var plant = new DairyPlant();
        await plant.FillAsync(appConnectionString);
        return plant;
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await FillAsync(AppConnectionString);
    }

    private async Task FillAsync(string appConnectionString)
    {
        services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
            .AddSingleton<TimeProvider>(Clock).AddTraceability(appConnectionString).BuildServiceProvider(validateScopes: true);
        await using var db = await Db.BeginAsync(Actor.System("test"), "test.plant", CancellationToken.None);
        Plant = await AddAsync(db, new Plant { Code = "HY", Name = "测试工厂", NameEn = "Test plant", TimeZone = "Asia/Shanghai" });
        Kg = await AddAsync(db, new Unit { Code = "t-kg", Name = "千克", NameEn = "kilogram", Dimension = UnitDimension.Mass });
        Piece = await AddAsync(db, new Unit { Code = "t-pcs", Name = "罐", NameEn = "can", Dimension = UnitDimension.Count, Decimals = 0 });
        Whey = await AddAsync(db, new Material { Code = "WP90", ShortCode = "WP90", Name = "脱盐乳清粉", NameEn = "Whey powder", Kind = MaterialKind.Raw, UnitId = Kg.Id, ShelfLifeDays = 180, IncomingInspection = true, CertificateRequired = true });
        Lactose = await AddAsync(db, new Material { Code = "LAC", ShortCode = "LAC", Name = "乳糖", NameEn = "Lactose", Kind = MaterialKind.Raw, UnitId = Kg.Id, ShelfLifeDays = 365 });
        BasePowder = await AddAsync(db, new Material { Code = "BP", ShortCode = "BP", Name = "基粉", NameEn = "Base powder", Kind = MaterialKind.SemiFinished, UnitId = Kg.Id, ShelfLifeDays = 90 });
        Formula = await AddAsync(db, new Material { Code = "S1-800", ShortCode = "S1-800", Name = "婴儿配方乳粉1段", NameEn = "Infant formula stage 1", Kind = MaterialKind.Finished, UnitId = Piece.Id, ShelfLifeDays = 730, FinalInspection = true });
        Supplier = await AddAsync(db, new Supplier { Code = "SUP-HD", Name = "昊德乳品配料", NameEn = "Haode" });
        OtherSupplier = await AddAsync(db, new Supplier { Code = "SUP-RT", Name = "瑞糖", NameEn = "Ruitang" });
        Customer = await AddAsync(db, new Customer { Code = "CUS-HD", Name = "华东母婴连锁", NameEn = "East China Mother & Baby" });
        Warehouse = await AddAsync(db, new Location { PlantId = Plant.Id, Code = "WH-A1", Name = "原料库 A1", Kind = LocationKind.Warehouse });
        SecondWarehouse = await AddAsync(db, new Location { PlantId = Plant.Id, Code = "WH-A2", Name = "原料库 A2", Kind = LocationKind.Warehouse });
        Line = await AddAsync(db, new Location { PlantId = Plant.Id, Code = "LINE-MIX", Name = "混合线边", Kind = LocationKind.Line });
        Quarantine = await AddAsync(db, new Location { PlantId = Plant.Id, Code = "QUAR", Name = "隔离区", Kind = LocationKind.Quarantine });
        Mixing = await AddAsync(db, new WorkCenter { PlantId = Plant.Id, Code = "MIX", Name = "干混间", NameEn = "Dry mixing", LocationId = Line.Id });
        Mixer = await AddAsync(db, new Equipment { PlantId = Plant.Id, WorkCenterId = Mixing.Id, Code = "M2", Name = "混合机 M2", NameEn = "Mixer M2" });
        Zhang = await AddAsync(db, new Person { PlantId = Plant.Id, Code = "OP001", Name = "张伟" });
        Li = await AddAsync(db, new Person { PlantId = Plant.Id, Code = "OP002", Name = "李娜" });
        Liu = await AddAsync(db, new Person { PlantId = Plant.Id, Code = "QA01", Name = "刘洋" });
        var saved = await db.SaveAsync(() => Done.Value, CancellationToken.None);
        if (!saved.IsSuccess) throw new InvalidOperationException(saved.Error.Code);
    }

    /// <summary>Receives one released batch of lactose into the warehouse.</summary>
    public async Task<Batch> ReceiveAsync(decimal quantity, string supplierBatch, Material? material = null, DateOnly? expiresOn = null)
    {
        var received = await Get<ReceiveMaterialHandler>().HandleAsync(
            new ReceiveMaterial(Supplier.Id, null, null, null, [new ReceiptLineInput((material ?? Lactose).Id, supplierBatch, quantity, Warehouse.Id, ExpiresOn: expiresOn)]), Everyone, CancellationToken.None);
        if (!received.IsSuccess) throw new InvalidOperationException(received.Error.Code);
        await using var db = Db.Read();
        return db.Of<Batch>().Single(b => b.Id == received.Value.Batches[0].Id);
    }

    public override async ValueTask DisposeAsync()
    {
        if (services is not null) await services.DisposeAsync();
        await base.DisposeAsync();
    }

    private static async Task<T> AddAsync<T>(TraceDbContext db, T entity) where T : Entity
    {
        await db.AddAsync(entity);
        return entity;
    }
}
