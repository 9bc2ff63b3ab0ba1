using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace Traceability.EndToEnd.Tests.Browser;

/// <summary>What the tests need to know of the plant they work in.</summary>
internal sealed record PlantData(long Lactose, long Formula, long Supplier, long Customer, long Warehouse, long Finished)
{
    /// <summary>The person who plans.</summary>
    public long Manager { get; init; }
}

/// <summary>
/// From an empty installation to a plant that can work: the first administrator, the plant, the configurator, a material and a
/// supplier through the pages; the rest of the master data over the API, in the same people's sessions.
/// </summary>
internal static class PlantSetup
{
    public const string LactoseCode = "LAC";
    public const string FormulaCode = "S1-800";
    public const string SupplierCode = "SUP-RT";
    public const string SupplierName = "瑞糖";
    public const string CustomerCode = "CUS-HD";
    public const string CustomerName = "华东母婴连锁";
    public const string WarehouseCode = "WH-A1";
    public const string OtherWarehouseCode = "WH-A2";
    public const string FinishedCode = "FG-01";

    /// <summary>One person per role, as the roles come with the product.</summary>
    public static readonly IReadOnlyDictionary<string, string> PeopleByRole = new Dictionary<string, string>
    {
        ["operator"] = "OP001", ["warehouse"] = "WH01", ["qc"] = "QC01", ["qa_release"] = "QA01", ["manager"] = "MG01", ["auditor"] = "AU01", ["configurator"] = "CF01", ["administrator"] = "ADMIN",
    };

    public static async Task<PlantData> RunAsync(Factory factory, (string UserName, string Password) first)
    {
        string oneTime = "", administrator = "";
        long plant = 0;
        await factory.OpenAsync(async admin =>
        {
            await admin.ReplaceOneTimePasswordAsync(first.UserName, first.Password, Factory.Password);
            await admin.SignInAsync(first.UserName, Factory.Password);
            administrator = first.UserName;
            await SaveAsync(admin, "/master-data/plants", "HY", "禾源乳品", "Heyuan Dairy");
            plant = admin.Id;
            oneTime = await CreateConfiguratorAsync(admin);
        }, "setup-administrator");

        PlantData data = null!;
        var people = new Dictionary<string, long>();
        await factory.OpenAsync(async configurator =>
        {
            await configurator.ReplaceOneTimePasswordAsync(PeopleByRole["configurator"], oneTime, Factory.Password);
            await configurator.SignInAsync(PeopleByRole["configurator"], Factory.Password);
            data = await MasterDataAsync(configurator);
            foreach (var (role, code) in PeopleByRole.Where(p => p.Key is not ("configurator" or "administrator")))
                people[role] = await IdAsync(configurator, "/people", new { code, name = $"员工{code}", nameEn = $"Person {code}" });
        }, "setup-configurator");

        await factory.AsAsync(administrator, async admin =>
        {
            foreach (var (role, person) in people)
                await admin.PostAsync("/users", new { userName = PeopleByRole[role], displayName = PeopleByRole[role], roles = new[] { role }, personId = person, plantId = plant, password = Factory.Password });
        });
        return data with { Manager = people["manager"] };
    }

    private static async Task<string> CreateConfiguratorAsync(Session admin)
    {
        await admin.GoAsync("/users/new");
        await admin.FillAsync(admin.T("Users", "UserName"), PeopleByRole["configurator"]);
        await admin.FillAsync(admin.T("Users", "DisplayName"), "王工");
        await admin.PickAsync(admin.T("Users", "Plant"), "HY");
        await admin.Page.Locator("label.check", new() { HasText = admin.T("Users", "Role.configurator") }).Locator("input").CheckAsync();
        await admin.PressAsync(admin.T("Users", "CreateAction"));
        return (await admin.Page.Locator("code.secret").InnerTextAsync()).Trim();
    }

    private static async Task<PlantData> MasterDataAsync(Session session)
    {
        var units = await session.GetAsync("/units?size=100");
        long Unit(string code) => units.GetProperty("items").EnumerateArray().Single(u => u.GetProperty("code").GetString() == code).GetProperty("id").GetInt64();

        await session.GoAsync("/master-data/materials/new");
        await session.PickAsync(session.T("MasterData", "StockUnit"), "kg");
        await session.Page.Locator("label.check", new() { HasText = session.T("MasterData", "IncomingInspection") }).Locator("input").First.CheckAsync();
        await FillHeadAsync(session, LactoseCode, "乳糖", "Lactose");
        await session.FillAsync(session.T("MasterData", "ShelfLifeDays"), "365");
        await SaveAsync(session, "/master-data/materials");
        var lactose = session.Id;
        await SaveAsync(session, "/master-data/suppliers", SupplierCode, SupplierName, null);
        var supplier = session.Id;

        var formula = await IdAsync(session, "/materials", new { code = FormulaCode, name = "婴儿配方乳粉1段", nameEn = "Infant formula stage 1", kind = "finished", unitId = Unit("can"), shelfLifeDays = 730, finalInspection = true });
        var customer = await IdAsync(session, "/customers", new { code = CustomerCode, name = CustomerName });
        var warehouse = await IdAsync(session, "/locations", new { code = WarehouseCode, name = "原料库 A1", kind = "warehouse" });
        await IdAsync(session, "/locations", new { code = OtherWarehouseCode, name = "原料库 A2", kind = "warehouse" });
        var finished = await IdAsync(session, "/locations", new { code = FinishedCode, name = "成品库", kind = "warehouse" });
        var line = await IdAsync(session, "/locations", new { code = "LINE-1", name = "灌装线边", nameEn = "Filling line", kind = "line" });
        var center = await IdAsync(session, "/work-centers", new { code = "FILL", name = "灌装", nameEn = "Filling", locationId = line });
        await ActivateAsync(session, "/inspection-plans", "activation", "planId", new { materialId = lactose, kind = "incoming", characteristics = new[] { Moisture } });
        await ActivateAsync(session, "/inspection-plans", "activation", "planId", new { materialId = formula, kind = "final", characteristics = new[] { Moisture } });
        await ActivateAsync(session, "/boms", "activate", "id", new { materialId = formula, baseQuantity = 100, lines = new[] { new { materialId = lactose, quantity = 80, stepNumber = 10 } } });
        await ActivateAsync(session, "/routings", "activate", "id", new
        {
            materialId = formula,
            steps = new[] { new { number = 10, name = "充氮灌装", nameEn = "Nitrogen filling", workCenterId = center, parameters = new[] { new { code = "O2", name = "残氧", nameEn = "Residual oxygen", unit = "%", upperLimit = 3 } } } },
        });
        return new PlantData(lactose, formula, supplier, customer, warehouse, finished);
    }

    private static object Moisture => new { code = "MOIST", name = "水分", nameEn = "Moisture", kind = "numeric", unit = "%", upperLimit = 5 };

    private static async Task SaveAsync(Session session, string list, string code, string name, string? nameEn)
    {
        await session.GoAsync($"{list}/new");
        await FillHeadAsync(session, code, name, nameEn);
        await SaveAsync(session, list);
    }

    private static async Task SaveAsync(Session session, string list)
    {
        await session.PressAsync(session.T("Shared", "Save"));
        await session.ArrivesAsync($@"^{list}/\d+$");
    }

    private static async Task FillHeadAsync(Session session, string code, string name, string? nameEn)
    {
        await session.FillAsync(session.T("MasterData", "Code"), code);
        await session.FillAsync(session.T("MasterData", "Name"), name);
        if (nameEn is not null) await session.FillAsync(session.T("MasterData", "NameEn"), nameEn);
    }

    private static async Task<long> IdAsync(Session session, string path, object body) => (await session.PostAsync(path, body)).GetProperty("id").GetInt64();

    private static async Task ActivateAsync(Session session, string path, string verb, string key, object draft)
    {
        var id = (await session.PostAsync(path, draft)).GetProperty(key).GetInt64();
        await session.PostAsync($"{path}/{id}/{verb}");
    }
}
