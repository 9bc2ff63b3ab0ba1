using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Traceability.Application.Dossiers;
using Traceability.Application.Holds;
using Traceability.Application.Quality;
using Traceability.Application.Shipments;
using Traceability.Application.Tests.Production;
using Traceability.Application.Tests.Quality;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Dossiers;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Dossiers;

/// <summary>What a dossier says of a small chain: received, made, inspected, held, shipped.</summary>
public sealed class DossierTests(DairyPlant plant) : IClassFixture<DairyPlant>
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private static readonly Uri Home = new("https://trace.example.com/");

    [Fact]
    public async Task A_dossier_tells_the_whole_chain_from_stored_facts()
    {
        var (batch, source, order) = await ChainAsync();
        var renderer = new NotingRenderer();
        var made = Shopfloor.Ok(await Handler(renderer).HandleAsync(new CreateDossier(null, batch.Code.ToLowerInvariant(), "zh-CN", Home), plant.Everyone, Ct));
        var model = renderer.Model!;

        Assert.Equal(made.Code, model.Number);
        Assert.StartsWith("https://trace.example.com/verify/", model.VerificationUrl, StringComparison.Ordinal);
        Assert.Equal((batch.Code, 900m, DossierStatus.Released), (model.Batch.Code, model.Batch.Quantity.Value, model.Batch.Status));
        Assert.Equal(("v1", "v1"), (model.Batch.RoutingVersion, model.Batch.BomVersion));
        Assert.Contains(model.Decisions, d => d is { From: DossierStatus.Pending, To: DossierStatus.Released });

        var bought = Assert.Single(model.Sources);
        Assert.Equal((source.Code, source.SupplierBatchCode, 500m), (bought.BatchCode, bought.SupplierBatchCode, bought.Received.Value));
        Assert.StartsWith("GR-", bought.ReceiptNumber, StringComparison.Ordinal);
        Assert.Equal(new BilingualText("昊德乳品配料", "Haode"), bought.SupplierName);

        Assert.Equal([10, 20, 30], model.Operations.Select(o => o.StepNumber));
        var mixing = model.Operations[1];
        Assert.Equal((batch.Code, "张伟"), (mixing.BatchCode, mixing.Operator.Name.Zh));
        var temperature = Assert.Single(mixing.Parameters);
        Assert.Equal(((decimal?)905m, (decimal?)910m, (decimal?)930m, DossierVerdict.BelowLimit), (temperature.Value.Number, temperature.Limits!.Lower, temperature.Limits.Upper, temperature.Verdict));
        Assert.Equal(500m, model.Operations.SelectMany(o => o.Consumed).Where(c => c.BatchCode == source.Code).Sum(c => c.Quantity.Value));

        var inspection = Assert.Single(model.Inspections);
        Assert.Equal((batch.Code, DossierVerdict.Pass), (inspection.BatchCode, inspection.Verdict));
        Assert.Equal(((decimal?)12m, DossierVerdict.Pass), (inspection.Characteristics[0].Result.Number, inspection.Characteristics[0].Verdict));

        var shipment = Assert.Single(model.Shipments);
        Assert.Equal((300m, "DN-1", "East China Mother & Baby"), (shipment.Quantity.Value, shipment.DeliveryNote, shipment.CustomerName.En));
        Assert.Contains(model.Moves, m => m.Step.En == "Ship" && m.Document is not null);
        Assert.Contains(model.Backward, r => r.Level == 1 && r.BatchCode == source.Code && r.ThroughBatchCode == batch.Code && r.WorkOrder == order);
        Assert.Contains(model.Forward, r => r.BatchCode == shipment.Number && r.Partner!.Zh == "华东母婴连锁");
        var hold = Assert.Single(model.Holds);
        Assert.NotNull(hold.LiftedAt);
        Assert.Contains(model.Audit, a => a.Field?.En == "Quality status" && a.OldValue == "pending" && a.NewValue == "released");
        Assert.Empty(model.Gaps);
    }

    [Fact]
    public async Task A_bought_batch_is_its_own_source_with_its_certificate()
    {
        var received = await plant.ReceivedAsync(await plant.InspectedMaterialAsync(certificateRequired: true), QualityFlow.Paper);
        var renderer = new NotingRenderer();
        Shopfloor.Ok(await Handler(renderer).HandleAsync(new CreateDossier(received.Id, null, "en", Home), plant.Everyone, Ct));
        var source = Assert.Single(renderer.Model!.Sources);
        var certificate = Assert.Single(source.Certificates);

        Assert.Equal(received.Code, source.BatchCode);
        Assert.Equal(("Supplier certificate COA-1", "coa.pdf", Convert.ToHexStringLower(SHA256.HashData([1, 2, 3]))), (certificate.Kind.En, certificate.FileName, certificate.Sha256));
        Assert.Equal(DossierVerdict.NotJudged, Assert.Single(renderer.Model.Inspections).Verdict);
    }

    [Fact]
    public async Task The_file_is_served_from_storage_the_same_bytes_every_time()
    {
        var batch = await plant.ReceiveAsync(10, "DOS-BYTES");
        var made = Shopfloor.Ok(await Handler(new NotingRenderer()).HandleAsync(new CreateDossier(batch.Id, null, "en", Home), plant.Everyone, Ct));
        var queries = plant.Get<DossierQueries>();
        var first = Shopfloor.Ok(await queries.FileAsync(made.Id, plant.Everyone, Ct));
        plant.Clock.Advance(TimeSpan.FromDays(1));
        Shopfloor.Ok(await plant.Get<PlaceHoldHandler>().HandleAsync(new PlaceHold(null, [batch.Code], "later"), plant.Everyone, Ct));
        var second = Shopfloor.Ok(await queries.FileAsync(made.Id, plant.Everyone, Ct));
        var row = Shopfloor.Ok(await queries.GetAsync(made.Id, plant.Everyone, Ct));
        var vouched = await queries.VerifyAsync(row.VerifyToken, Ct);

        Assert.Equal(first.Content, second.Content);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(second.Content)), made.Sha256);
        Assert.Equal((made.Sha256, made.Code, batch.Code), (vouched!.Sha256, vouched.Code, vouched.BatchCode));
        Assert.Equal(32, row.VerifyToken.Length);
        Assert.Null(await queries.VerifyAsync("nothing-of-the-kind", Ct));
        Assert.Contains(Shopfloor.Ok(await queries.ListAsync(new PageRequest(Search: batch.Code), batch.Id, "en", plant.Everyone, Ct)).Items, d => d.Id == made.Id);
    }

    [Fact]
    public async Task The_same_request_makes_one_dossier()
    {
        var batch = await plant.ReceiveAsync(10, "DOS-ONCE");
        var actor = plant.Everyone with { RequestId = $"dossier-{batch.Id}" };
        var renderer = new NotingRenderer();
        Shopfloor.Ok(await Handler(renderer).HandleAsync(new CreateDossier(batch.Id, null, "en", Home), actor, Ct));

        await Assert.ThrowsAsync<Traceability.Data.RequestAnsweredException>(() => Handler(renderer).HandleAsync(new CreateDossier(batch.Id, null, "en", Home), actor, Ct));
        Assert.Single(Shopfloor.Ok(await plant.Get<DossierQueries>().ListAsync(new PageRequest(), batch.Id, null, plant.Everyone, Ct)).Items);
    }

    [Theory]
    [InlineData(DocumentFailure.TimedOut, "dossier.timed_out")]
    [InlineData(DocumentFailure.NotAvailable, "dossier.renderer_missing")]
    [InlineData(DocumentFailure.Failed, "dossier.rendering_failed")]
    public async Task A_file_that_cannot_be_made_is_refused_and_nothing_is_kept(DocumentFailure failure, string code)
    {
        var batch = await plant.ReceiveAsync(10, $"DOS-{failure}");
        var result = await Handler(new NotingRenderer { Failure = failure }).HandleAsync(new CreateDossier(batch.Id, null, "en", Home), plant.Everyone, Ct);

        Assert.Equal(code, result.Error.Code);
        Assert.Empty(Shopfloor.Ok(await plant.Get<DossierQueries>().ListAsync(new PageRequest(), batch.Id, null, plant.Everyone, Ct)).Items);
    }

    [Fact]
    public async Task Unknown_batch_language_and_dossier_are_refused()
    {
        var handler = Handler(new NotingRenderer());
        Assert.Equal(BatchErrors.NotFound, (await handler.HandleAsync(new CreateDossier(999_999, null, "en", Home), plant.Everyone, Ct)).Error);
        Assert.Equal(BatchErrors.NotFound, (await handler.HandleAsync(new CreateDossier(null, "NO-SUCH", "en", Home), plant.Everyone, Ct)).Error);
        Assert.Equal("common.required", (await handler.HandleAsync(new CreateDossier(null, " ", "en", Home), plant.Everyone, Ct)).Error.Code);
        Assert.Equal(DossierErrors.UnknownCulture.Code, (await handler.HandleAsync(new CreateDossier(1, null, "fr", Home), plant.Everyone, Ct)).Error.Code);
        Assert.Equal(DossierErrors.NotFound, (await plant.Get<DossierQueries>().GetAsync(999_999, plant.Everyone, Ct)).Error);
    }

    [Fact]
    public async Task Without_the_permission_nothing_is_made_or_shown()
    {
        Assert.Equal(ErrorKind.Forbidden, (await Handler(new NotingRenderer()).HandleAsync(new CreateDossier(1, null, "en", Home), plant.Nobody, Ct)).Error.Kind);
        Assert.Equal(ErrorKind.Forbidden, (await plant.Get<DossierQueries>().FileAsync(1, plant.Nobody, Ct)).Error.Kind);
        Assert.Equal(ErrorKind.Forbidden, (await plant.Get<DossierQueries>().ListAsync(new PageRequest(), null, null, plant.Nobody, Ct)).Error.Kind);
    }

    private CreateDossierHandler Handler(IDossierRenderer renderer) => new(plant.Db, renderer, plant.Clock, NullLogger<CreateDossierHandler>.Instance);

    /// <summary>500 of lactose into 900 of a finished product, mixed too cold, inspected, held for a while, 300 shipped.</summary>
    private async Task<(Batch Made, Batch Source, string Order)> ChainAsync()
    {
        var floor = new Shopfloor(plant);
        var product = await floor.NewMaterialAsync(MaterialKind.Finished, finalInspection: true);
        await plant.ActivePlanAsync(product, InspectionKind.Final, QualityFlow.Protein, QualityFlow.Plates);
        var (order, _) = await floor.OrderAsync(product: product);
        var source = await floor.IssuedBatchAsync(order, 500, "DOS-CHAIN");
        foreach (var step in new[] { 10, 20, 30 })
        {
            plant.Clock.Advance(TimeSpan.FromMinutes(20));
            Shopfloor.Ok(await floor.TryReportAsync(await floor.StepAsync(order, step), 900, step == 20 ? 905 : null,
                consumed: step == 20 ? [new(source.Id, 500)] : null, outputs: step == 30 ? [new(plant.Warehouse.Id, 900)] : null));
        }

        await using var db = plant.Db.Read();
        var made = db.Of<Batch>().Single(b => b.WorkOrderId == order);
        var inspection = db.Of<Inspection>().Single(i => i.BatchId == made.Id);
        Shopfloor.Ok(await plant.PassAsync(inspection.Id));
        Shopfloor.Ok(await plant.Get<DecideBatchHandler>().HandleAsync(new DecideBatch(made.Id, DecisionKind.Release), plant.Everyone, Ct));
        var hold = Shopfloor.Ok(await plant.Get<PlaceHoldHandler>().HandleAsync(new PlaceHold(null, [made.Code], "blurred print"), plant.Everyone, Ct));
        Shopfloor.Ok(await plant.Get<ReleaseHoldHandler>().HandleAsync(new ReleaseHold(hold.HoldId, "reprinted"), plant.Everyone, Ct));
        var shipment = Shopfloor.Ok(await plant.Get<CreateShipmentHandler>().HandleAsync(new CreateShipment(plant.Customer.Id, [new ShipmentLineInput(product.Id, 300)], Reference: "DN-1"), plant.Everyone, Ct));
        var line = Shopfloor.Ok(await plant.Get<ShipmentQueries>().GetAsync(shipment.Id, plant.Everyone, Ct)).Lines[0].Id;
        Shopfloor.Ok(await plant.Get<PickBatchHandler>().HandleAsync(new PickBatch(shipment.Id, line, made.Id, plant.Warehouse.Id, 300), plant.Everyone, Ct));
        Shopfloor.Ok(await plant.Get<DispatchShipmentHandler>().HandleAsync(new DispatchShipment(shipment.Id), plant.Everyone, Ct));
        return (await plant.BatchAsync(made.Id), source, (await floor.ViewAsync(order)).Code);
    }

    /// <summary>Notes the facts and answers with them as text, or fails as told: what the pages look like is tested with the renderer itself.</summary>
    private sealed class NotingRenderer : IDossierRenderer
    {
        public DossierModel? Model { get; private set; }

        public DocumentFailure? Failure { get; init; }

        public Task<RenderedDocument> RenderAsync(DossierModel model, DocumentLanguage language, CancellationToken cancellation)
        {
            Model = model;
            if (Failure is { } failure) throw new DocumentRenderingException(failure, "as told");
            var content = Encoding.UTF8.GetBytes($"{language} {model.Number} {model.Batch.Code} {model.VerificationUrl}");
            return Task.FromResult(new RenderedDocument(content, Convert.ToHexStringLower(SHA256.HashData(content)), 1));
        }
    }
}
