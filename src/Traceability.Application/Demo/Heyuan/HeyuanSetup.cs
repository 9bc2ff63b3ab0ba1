using Microsoft.EntityFrameworkCore;
using Traceability.Application.Coding;
using Traceability.Application.MasterData;
using Traceability.Application.Production;
using Traceability.Application.Quality;
using Traceability.Application.Users;
using Traceability.Data;
using Traceability.Domain.Coding;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;
using static Traceability.Application.Demo.DemoWorld;

namespace Traceability.Application.Demo.Heyuan;

/// <summary>Sets the factory up before its first day: people and accounts, master data, rules, recipes, test plans.</summary>
internal sealed class HeyuanSetup(DemoWorld world)
{
    public async Task RunAsync(DateTimeOffset begin, CancellationToken ct)
    {
        world.Clock.Set(begin);
        await PeopleAsync(ct);
        world.Clock.Set(begin.AddHours(3));
        await MasterDataAsync(world.Person("CF01"), ct);
        await CodingAsync(world.Person("CF01"), ct);
        world.Clock.Set(begin.AddHours(6));
        await RecipesAsync(world.Person("CF01"), ct);
        await TestPlansAsync(world.Person("CF01"), ct);
    }

    /// <summary>The installation itself opens the plant and gives everybody a sign-in; from then on people act for themselves.</summary>
    private async Task PeopleAsync(CancellationToken ct)
    {
        var system = Actor.System("demo");
        var plant = await Must(world.Of<SavePlantHandler>().HandleAsync(new SavePlant { Code = HeyuanCatalog.Plant.Code, Name = HeyuanCatalog.Plant.Name, NameEn = HeyuanCatalog.Plant.NameEn, TimeZone = HeyuanCatalog.TimeZone }, system, ct), "plant");
        system = Actor.System("demo", plant.Id);
        foreach (var entry in HeyuanCatalog.People)
        {
            var person = await Must(world.Of<SavePersonHandler>().HandleAsync(new SavePerson { Code = entry.Code, Name = entry.Name, NameEn = entry.NameEn, Team = entry.Team }, system, ct), entry.Code);
            world.Know<Person>(entry.Code, person.Id);
            var account = await Must(world.Of<CreateAccountHandler>().HandleAsync(new CreateAccount(entry.Code, entry.Name, [entry.Role], person.Id, plant.Id, HeyuanCatalog.Password), system, ct), entry.Code);
            await world.EnterAsync(entry.Code, account.AccountId, ct);
        }
    }

    private async Task MasterDataAsync(Actor actor, CancellationToken ct)
    {
        await using var db = world.Of<TraceDatabase>().Read();
        foreach (var unit in await db.Of<Unit>().ToListAsync(ct)) world.Know<Unit>(unit.Code, unit.Id);
        foreach (var reason in await db.Of<ReasonCode>().ToListAsync(ct)) world.Know<ReasonCode>(reason.Code, reason.Id);
        foreach (var m in HeyuanCatalog.Materials)
        {
            await KnowAsync<Material>(m.Code, world.Of<SaveMaterialHandler>().HandleAsync(new SaveMaterial
            {
                Code = m.Code, Name = m.Name, NameEn = m.NameEn, Kind = m.Kind, UnitId = world.Id<Unit>(m.Unit), Tracking = Tracking.Batch, ShelfLifeDays = m.ShelfLifeDays,
                IncomingInspection = m.Incoming, FinalInspection = m.Final, CertificateRequired = m.Certificate, Specification = m.Specification,
                Units = m.Code == "WP90" ? [new AlternativeUnit { UnitId = world.Id<Unit>("bag"), Factor = 25 }] : [],
            }, actor, ct));
        }

        foreach (var s in HeyuanCatalog.Suppliers) await KnowAsync<Supplier>(s.Code, world.Of<SaveSupplierHandler>().HandleAsync(new SaveSupplier { Code = s.Code, Name = s.Name, NameEn = s.NameEn }, actor, ct));
        foreach (var c in HeyuanCatalog.Customers) await KnowAsync<Customer>(c.Code, world.Of<SaveCustomerHandler>().HandleAsync(new SaveCustomer { Code = c.Code, Name = c.Name, NameEn = c.NameEn }, actor, ct));
        foreach (var l in HeyuanCatalog.Locations) await KnowAsync<Location>(l.Code, world.Of<SaveLocationHandler>().HandleAsync(new SaveLocation { Code = l.Code, Name = l.Name, NameEn = l.NameEn, Kind = l.Kind }, actor, ct));
        foreach (var w in HeyuanCatalog.WorkCenters)
            await KnowAsync<WorkCenter>(w.Code, world.Of<SaveWorkCenterHandler>().HandleAsync(new SaveWorkCenter { Code = w.Code, Name = w.Name, NameEn = w.NameEn, LocationId = world.Id<Location>(w.Location) }, actor, ct));
        foreach (var e in HeyuanCatalog.Equipment)
            await KnowAsync<Equipment>(e.Code, world.Of<SaveEquipmentHandler>().HandleAsync(new SaveEquipment { Code = e.Code, Name = e.Name, NameEn = e.NameEn, WorkCenterId = world.Id<WorkCenter>(e.WorkCenter), Status = EquipmentStatus.Available }, actor, ct));

        async Task KnowAsync<T>(string code, Task<Result<MasterDataSaved>> saving) => world.Know<T>(code, (await Must(saving, code)).Id);
    }

    /// <summary>Finished lots are told apart by line instead of by number: F-S1-800-260326-B.</summary>
    private async Task CodingAsync(Actor actor, CancellationToken ct)
    {
        await using var db = world.Of<TraceDatabase>().Read();
        var rule = await db.Of<CodingRule>().SingleAsync(r => r.RecordType == CodedRecord.Batch && r.MaterialKind == MaterialKind.Finished && r.IsActive, ct);
        await Must(world.Of<SaveCodingRuleHandler>().HandleAsync(new SaveCodingRule
        {
            Id = rule.Id,
            Version = rule.Version,
            RecordType = rule.RecordType,
            MaterialKind = rule.MaterialKind,
            Pattern = "F-{ITEM}-{yyMMdd}-{L}",
        }, actor, ct), "coding rule of finished goods");
    }

    private async Task RecipesAsync(Actor actor, CancellationToken ct)
    {
        foreach (var bom in HeyuanRecipes.Boms)
        {
            var saved = await Must(world.Of<SaveBomHandler>().HandleAsync(new SaveBom(null, world.Id<Material>(bom.Material), bom.Base, null,
                [.. bom.Lines.Select(l => new BomLineInput(world.Id<Material>(l.Material), l.Quantity, l.Step))]), actor, ct), bom.Material);
            await Must(world.Of<ActivateBomHandler>().HandleAsync(new ActivateBom(saved.Id), actor, ct), bom.Material);
        }

        foreach (var routing in HeyuanRecipes.Routings)
        {
            var saved = await Must(world.Of<SaveRoutingHandler>().HandleAsync(new SaveRouting(null, world.Id<Material>(routing.Material), null,
            [.. routing.Steps.Select(s => new RoutingStepInput(s.Number, s.Name, world.Id<WorkCenter>(s.WorkCenter),
                [.. s.Parameters.Select(p => new RoutingParameterInput(p.Code, p.Name, p.Unit, p.Lower, p.Upper, NameEn: p.NameEn))],
                s.NameEn, EquipmentRequired: s.Machine is not null, IsKeyPoint: s.KeyPoint))]), actor, ct), routing.Material);
            await Must(world.Of<ActivateRoutingHandler>().HandleAsync(new ActivateRouting(saved.Id), actor, ct), routing.Material);
        }
    }

    private async Task TestPlansAsync(Actor actor, CancellationToken ct)
    {
        foreach (var plan in HeyuanTests.Plans)
        {
            var saved = await Must(world.Of<SaveInspectionPlanHandler>().HandleAsync(new SaveInspectionPlan(null, world.Id<Material>(plan.Material), plan.Kind, null,
                [.. plan.Tests.Select(t => new CharacteristicInput(t.Code, t.Name, t.NameEn, t.Kind, t.Unit, t.Method, t.Lower, t.Upper, t.N, t.C, t.M, t.BigM))]), actor, ct), plan.Material);
            await Must(world.Of<ActivateInspectionPlanHandler>().HandleAsync(new ActivateInspectionPlan(saved.PlanId), actor, ct), plan.Material);
            await using var db = world.Of<TraceDatabase>().Read();
            foreach (var line in await db.Of<Characteristic>().Where(c => c.InspectionPlanId == saved.PlanId).ToListAsync(ct)) world.Know<Characteristic>($"{plan.Material}/{line.Code}", line.Id);
        }
    }
}
