using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Traceability.EndToEnd.Tests.Browser;

/// <summary>What people do all day, on the real product in a real browser; the same bodies serve both languages.</summary>
public abstract class JourneyTests(Factory factory)
{
    private static readonly IReadOnlyDictionary<string, string> People = PlantSetup.PeopleByRole;

    [Fact]
    public async Task From_an_empty_plant_to_a_dossier_a_customer_can_verify()
    {
        await factory.PlantAsync();
        string lactose = "", order = "", formula = "", shipment = "";
        long lactoseId = 0, orderId = 0, formulaId = 0;

        await factory.AsAsync(People["warehouse"], async s => (lactoseId, lactose) = await ReceiveAsync(s, "RT-J1-001", "500"));
        await factory.AsAsync(People["qc"], async s =>
        {
            await PassInspectionAsync(s, lactoseId, "3.1");
            await s.GoAsync($"/batches/{lactoseId}");
            await s.HasStatusAsync(s.T("Shared", "Status.released"));
        });
        await factory.AsAsync(People["manager"], async s =>
        {
            await s.GoAsync("/orders/new");
            await s.PickAsync(s.T("WorkOrders", "Product"), PlantSetup.FormulaCode);
            await s.FillAsync(s.T("WorkOrders", "Quantity"), "100");
            await s.FillAsync(s.T("WorkOrders", "PlannedStart"), "2030-01-07 08:00");
            await s.FillAsync(s.T("WorkOrders", "PlannedEnd"), "2030-01-07 16:00");
            await s.PressAsync(s.T("WorkOrders", "SaveAndRelease"));
            await s.ArrivesAsync(@"^/orders/\d+$");
            (orderId, order) = (s.Id, await s.CodeAsync());
        });
        await factory.AsAsync(People["warehouse"], async s =>
        {
            await s.GoAsync($"/orders/{orderId}/issue");
            await s.SeesAsync(lactose);
            await s.FillAsync(s.T("WorkOrders", "ReceiverUserName"), People["operator"]);
            await s.FillAsync(s.T("WorkOrders", "ReceiverPassword"), Factory.Password);
            await s.PressAsync(s.T("WorkOrders", "ConfirmIssue"));
            await s.ArrivesAsync($@"^/orders/{orderId}\?tab=materials$");
        });
        await factory.AsAsync(People["operator"], async s =>
        {
            await s.GoAsync("/operations");
            await s.Page.Locator("main table tbody tr", new() { HasText = order }).First.ClickAsync();
            await s.ArrivesAsync(@"^/operations/\d+$");
            await s.PressAsync(s.T("Operations", "StartNow"));
            await s.FillAsync(s.Texts.Culture.Name == "en" ? "Residual oxygen" : "残氧", "1.8");
            await s.FillAsync(s.T("Operations", "Good"), "98");
            await s.PressAsync(s.T("Operations", "FinishNow"));
            await s.SeesAsync(s.T("Operations", "Reported"));
            var output = s.Page.Locator("main a[href^='/batches/']").First;
            formula = (await output.InnerTextAsync()).Trim();
            formulaId = long.Parse((await output.GetAttributeAsync("href"))!.Split('/')[^1], s.Texts.Culture);
        });
        await factory.AsAsync(People["qc"], s => PassInspectionAsync(s, formulaId, "2.4"));
        await factory.AsAsync(People["qa_release"], async s =>
        {
            await s.GoAsync($"/batches/{formulaId}");
            await s.PressAsync(s.T("Batches", "Decision.Release"));
            await s.ConfirmAsync(s.T("Batches", "Decision.Release"));
            await s.HasStatusAsync(s.T("Shared", "Status.released"));
        });
        await factory.AsAsync(People["warehouse"], async s =>
        {
            await MoveAsync(s, formula, PlantSetup.FinishedCode);
            await PlanShipmentAsync(s, "60");
            await s.ScanAsync(formula, s.T("Shipments", "ScanPick"));
            await s.SeesAsync(s.T("Shipments", "Complete"));
            await s.PressAsync(s.T("Shipments", "Dispatch"));
            await s.ConfirmAsync(s.T("Shipments", "Dispatch"));
            await s.HasStatusAsync(s.T("Shipments", "Status.dispatched"));
            shipment = await s.CodeAsync();
        });
        await factory.AsAsync(People["manager"], async s =>
        {
            await s.GoAsync("/trace");
            await s.ScanAsync(formula, s.T("Tracing", "ScanPlaceholder"));
            await s.ArrivesAsync($"^/trace/{Regex.Escape(formula)}");
            foreach (var end in new[] { PlantSetup.SupplierName, "RT-J1-001", lactose, order, PlantSetup.CustomerName, shipment }) await s.SeesAsync(end);
        });
        await factory.AsAsync(People["auditor"], s => ProveAsync(s, formula));
    }

    [Fact]
    public async Task A_held_batch_is_refused_on_the_screen_and_over_the_api()
    {
        var plant = await factory.PlantAsync();
        long id = 0, order = 0, shipment = 0;
        var code = "";
        await factory.AsAsync(People["warehouse"], async s => (id, code) = await ReceiveAsync(s, "RT-J2-001", "300"));
        await factory.AsAsync(People["qc"], async s =>
        {
            await PassInspectionAsync(s, id, "2.0");
            await s.GoAsync($"/batches/{id}");
            await s.OpenMenuAsync();
            await s.PressAsync(s.T("Batches", "PlaceHold"));
            await s.ArrivesAsync("^/holds/new");
            await Assertions.Expect(s.Input(s.T("Holds", "Codes"))).ToHaveValueAsync(code);
            await s.FillAsync(s.T("Holds", "Reason"), "SUPPLIER NOTICE 7");
            await s.PressAsync(s.T("Holds", "PlaceHold"));
            await s.ArrivesAsync(@"^/holds/\d+$");
            await s.SeesAsync(code);
        });
        await factory.AsAsync(People["manager"], async s =>
        {
            order = (await s.PostAsync("/work-orders", new { materialId = plant.Formula, quantity = 10, responsiblePersonId = plant.Manager, plannedStart = "2030-01-07T00:00:00Z", plannedEnd = "2030-01-07T08:00:00Z" })).GetProperty("id").GetInt64();
            await s.PostAsync($"/work-orders/{order}/release");
        });
        await factory.AsAsync(People["warehouse"], async s =>
        {
            await s.GoAsync("/stock/move");
            await s.ScanAsync(code, s.T("Stock", "ScanBatch"));
            await s.ScanAsync(PlantSetup.OtherWarehouseCode, s.T("Stock", "ScanLocation"));
            await s.IsRefusedAsync("batch.on_hold");

            await s.GoAsync($"/orders/{order}/issue");
            await s.ScanAsync(code, s.T("Shared", "ScanHere"));
            var quantity = s.Page.GetByLabel(s.T("WorkOrders", "IssueQuantityOf", code));
            await Session.FillAsync(quantity, "8");
            await s.FillAsync(s.T("WorkOrders", "ReceiverUserName"), People["operator"]);
            await s.FillAsync(s.T("WorkOrders", "ReceiverPassword"), Factory.Password);
            await s.PressAsync(s.T("WorkOrders", "ConfirmIssue"));
            await s.IsRefusedAsync("batch.on_hold");
            await Assertions.Expect(quantity).ToHaveValueAsync("8");

            await PlanShipmentAsync(s, "5", PlantSetup.LactoseCode);
            shipment = s.Id;
            await s.ScanAsync(code, s.T("Shipments", "ScanPick"));
            await s.IsRefusedAsync("batch.on_hold");

            var line = (await s.GetAsync($"/shipments/{shipment}")).GetProperty("lines")[0].GetProperty("id").GetInt64();
            await RefusedAsync(s, "/stock/transfers", new { batchId = id, fromLocationId = plant.Warehouse, toLocationId = plant.Finished, quantity = 1 });
            await RefusedAsync(s, $"/shipments/{shipment}/picks", new { shipmentId = shipment, lineId = line, batchId = id, locationId = plant.Warehouse, quantity = 5 });
            await RefusedAsync(s, $"/work-orders/{order}/issues", new
            {
                workOrderId = order, lines = new[] { new { batchId = id, locationId = plant.Warehouse, quantity = 8 } }, receiverUserName = People["operator"], receiverPassword = Factory.Password,
            });
        });
    }

    [Fact]
    public async Task Nothing_typed_is_lost_when_a_form_is_refused()
    {
        await factory.PlantAsync();
        await factory.AsAsync(People["warehouse"], async s =>
        {
            await s.GoAsync("/receipts/new");
            await FillReceiptAsync(s, null, "120");
            await s.FillAsync(s.T("Receiving", "DeliveryNote"), "DN-77");
            await s.PressAsync(s.T("Receiving", "Post"));
            await Assertions.Expect(s.Field(s.T("Receiving", "SupplierBatch")).Locator(".error")).ToContainTextAsync(s.Texts.Refusal("common.required"));
            await Assertions.Expect(s.Page.Locator("[data-error-summary]")).ToBeFocusedAsync();
            await Assertions.Expect(s.Input(s.T("Receiving", "DeliveryNote"))).ToHaveValueAsync("DN-77");
            await Assertions.Expect(s.Input(s.T("Receiving", "Quantity"))).ToHaveValueAsync("120");
            await Assertions.Expect(s.Input(s.T("Receiving", "Supplier"))).ToHaveValueAsync(new Regex(PlantSetup.SupplierCode));
            await Assertions.Expect(s.Input(s.T("Receiving", "Material"))).ToHaveValueAsync(new Regex(PlantSetup.LactoseCode));
            await Assertions.Expect(s.Input(s.T("Receiving", "Location"))).ToHaveValueAsync(new Regex(PlantSetup.WarehouseCode));

            await s.FillAsync(s.T("Receiving", "SupplierBatch"), "RT-J3-001");
            await s.PressAsync(s.T("Receiving", "Post"));
            await s.ArrivesAsync(@"^/receipts/\d+\?posted=1$");
        });
    }

    [Fact]
    public async Task A_suppliers_batch_number_in_the_search_box_opens_the_batch_and_back_returns()
    {
        await factory.PlantAsync();
        await factory.AsAsync(People["warehouse"], async s =>
        {
            var (id, code) = await ReceiveAsync(s, "RT-J4-001", "50");
            await s.GoAsync("/stock");
            await s.Page.Locator("[data-search-box]").FillAsync("RT-J4-001");
            await s.Page.Locator("[data-search-box]").PressAsync("Enter");
            await s.ArrivesAsync($"^/batches/{id}$");
            Assert.Equal(code, await s.CodeAsync());
            await s.Page.GoBackAsync(new() { WaitUntil = WaitUntilState.Commit });
            await s.ArrivesAsync("^/stock$");
            await Assertions.Expect(s.Page.Locator("main h1")).ToContainTextAsync(s.T("Stock", "Title"));
            await s.GoAsync($"/batches/{id}?tab=moves");
            await s.SeesAsync(s.T("Batches", "ActivityKind.Receive"));
        });
    }

    private static async Task<(long Id, string Code)> ReceiveAsync(Session s, string supplierBatch, string quantity)
    {
        await s.GoAsync("/receipts/new");
        await FillReceiptAsync(s, supplierBatch, quantity);
        await s.PressAsync(s.T("Receiving", "Post"));
        await s.ArrivesAsync(@"^/receipts/\d+\?posted=1$");
        var batch = s.Page.Locator(".record-code h1 a[href^='/batches/']").First;
        var code = (await batch.InnerTextAsync()).Trim();
        return (long.Parse((await batch.GetAttributeAsync("href"))!.Split('/')[^1], s.Texts.Culture), code);
    }

    private static async Task FillReceiptAsync(Session s, string? supplierBatch, string quantity)
    {
        await s.PickAsync(s.T("Receiving", "Supplier"), PlantSetup.SupplierCode);
        await s.PickAsync(s.T("Receiving", "Material"), PlantSetup.LactoseCode);
        if (supplierBatch is not null) await s.FillAsync(s.T("Receiving", "SupplierBatch"), supplierBatch);
        await s.FillAsync(s.T("Receiving", "Quantity"), quantity);
        await s.PickAsync(s.T("Receiving", "Location"), PlantSetup.WarehouseCode);
    }

    /// <summary>Enters the one result of the batch's open inspection and concludes it.</summary>
    private static async Task PassInspectionAsync(Session s, long batch, string value)
    {
        await s.GoAsync($"/batches/{batch}?tab=quality");
        await s.Page.Locator("main a[href^='/inspections/']").First.ClickAsync();
        await s.ArrivesAsync(@"^/inspections/\d+$");
        await Session.FillAsync(s.Page.Locator("main .simple-table input.is-number").First, value);
        await s.PressAsync(s.T("Quality", "Conclude"));
        await s.ConfirmAsync(s.T("Quality", "Conclude"));
        await s.HasStatusAsync(s.T("Quality", "InspectionStatus.Passed"));
    }

    private static async Task MoveAsync(Session s, string batch, string location)
    {
        await s.GoAsync("/stock/move");
        await s.ScanAsync(batch, s.T("Stock", "ScanBatch"));
        await s.ScanAsync(location, s.T("Stock", "ScanLocation"));
        await Assertions.Expect(s.Page.Locator(".toast")).ToContainTextAsync(s.T("Stock", "Moved", batch, location));
    }

    private static async Task PlanShipmentAsync(Session s, string quantity, string material = PlantSetup.FormulaCode)
    {
        await s.GoAsync("/shipments/new");
        await s.PickAsync(s.T("Shipments", "Customer"), PlantSetup.CustomerCode);
        await s.PickAsync(s.T("Shipments", "Material"), material);
        await s.FillAsync(s.T("Shipments", "Quantity"), quantity);
        await s.PressAsync(s.T("Shipments", "Create"));
        await s.ArrivesAsync(@"^/shipments/\d+$");
    }

    private static async Task RefusedAsync(Session s, string path, object body)
    {
        var (status, answer) = await s.SendAsync(path, body);
        Assert.True(status == 422 && answer.GetProperty("code").GetString() == "batch.on_hold", $"POST {path} answered {status}: {answer}");
        Assert.Matches(s.Texts.Refusal("batch.on_hold"), answer.GetProperty("title").GetString());
    }

    private static async Task ProveAsync(Session s, string batch)
    {
        await s.GoAsync("/dossiers");
        await s.PressAsync(s.T("Dossiers", "Create"));
        await s.FillAsync(s.T("Dossiers", "BatchCode"), batch);
        await s.ConfirmAsync(s.T("Dossiers", "Create"));
        await s.ArrivesAsync(@"^/dossiers/\d+$");
        var pdf = await s.BytesAsync((await s.Button(s.T("Dossiers", "Download")).GetAttributeAsync("href"))!);
        Assert.Equal("%PDF", Encoding.ASCII.GetString(pdf, 0, 4));

        var verify = new Uri((await s.Page.Locator("main a[href*='/verify/']").First.GetAttributeAsync("href"))!);
        await s.GoAsync(verify.AbsolutePath);
        await s.SeesAsync(s.T("Dossiers", "VerifyGenuine"));
        await s.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "dossier.pdf", MimeType = "application/pdf", Buffer = pdf });
        await s.PressAsync(s.T("Dossiers", "Check"));
        await s.SeesAsync(s.T("Dossiers", "Identical"));
    }
}

/// <summary>The journeys in Chinese.</summary>
[Collection(ChineseBrowser.Name)]
public sealed class ChineseJourneyTests(ChineseFactory factory) : JourneyTests(factory);

/// <summary>The journeys in English.</summary>
[Collection(EnglishBrowser.Name)]
public sealed class EnglishJourneyTests(EnglishFactory factory) : JourneyTests(factory);
