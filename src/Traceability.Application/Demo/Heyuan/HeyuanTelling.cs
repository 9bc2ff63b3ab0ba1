using Microsoft.EntityFrameworkCore;
using Traceability.Application.Batches;
using Traceability.Application.Inventory;
using Traceability.Application.Quality;
using Traceability.Application.Receiving;
using Traceability.Application.Shipments;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;
using Traceability.Domain.Shipments;
using static Traceability.Application.Demo.DemoWorld;

namespace Traceability.Application.Demo.Heyuan;

/// <summary>Tells the story through the use cases: strands side by side, each event at its own time.</summary>
internal sealed partial class HeyuanTelling(DemoWorld world)
{
    private readonly DemoLots lots = new();

    /// <param name="told">Called after each event with the number of its strand; from several strands at once.</param>
    public async Task TellAsync(HeyuanStory story, Action<int> told, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var pace = new StoryPace(story.Strands.Select(s => s.Select(e => e.At).FirstOrDefault(DateTimeOffset.MaxValue)));
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        await Task.WhenAll(story.Strands.Select((strand, number) => Task.Run(() => StrandAsync(strand, number), ct)));
        ct.ThrowIfCancellationRequested();
        if (failures.TryDequeue(out var first)) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);

        async Task StrandAsync(IReadOnlyList<StoryEvent> events, int number)
        {
            try
            {
                foreach (var happening in events)
                {
                    await pace.TurnAsync(number, happening.At, stop.Token);
                    await HappenAsync(happening, stop.Token);
                    told(number);
                }

                pace.End(number);
            }
            catch (Exception failure)
            {
                // The other strands would wait for this one for ever. The first failure is the reason, the rest follows from it.
                failures.Enqueue(failure);
                await stop.CancelAsync();
            }
        }
    }

    private Task HappenAsync(StoryEvent happening, CancellationToken ct) => happening switch
    {
        Delivery delivery => ReceiveAsync(delivery, ct),
        Test test => InspectAsync(test, ct),
        Order order => ProduceAsync(order, ct),
        Plan plan => PlanAsync(plan, ct),
        Dispatch dispatch => ShipAsync(dispatch, ct),
        Paper paper => FileAsync(paper, ct),
        Quarantine move => QuarantineAsync(move, ct),
        _ => throw new ArgumentOutOfRangeException(nameof(happening)),
    };

    private async Task ReceiveAsync(Delivery delivery, CancellationToken ct)
    {
        world.Clock.Set(delivery.At);
        var supplier = HeyuanCatalog.Suppliers.Single(s => s.Code == delivery.Supplier);
        var lines = delivery.Lines.Select(l => new ReceiptLineInput(world.Id<Material>(l.Material), l.SupplierBatch, l.Quantity, world.Id<Location>(l.Location), ProducedOn: l.ProducedOn,
            CertificateNumber: l.Certificate ? $"COA-{l.SupplierBatch}" : null, Certificate: l.Certificate ? Certificate(supplier, l) : null)).ToList();
        var received = await Must(world.Of<ReceiveMaterialHandler>().HandleAsync(new ReceiveMaterial(world.Id<Supplier>(delivery.Supplier), delivery.Note, null, null, lines), world.Person(delivery.At.Hour > 16 ? "WH02" : "WH01"), ct), delivery.Note);
        for (var i = 0; i < lines.Count; i++)
        {
            var batch = received.Batches[i];
            Expect(delivery.Lines[i].Lot, batch.Code);
            lots.Made(batch.Code, batch.Id, batch.Status == QualityStatus.Released, batch.InspectionId);
        }
    }

    private static FileInput Certificate(Named supplier, DeliveryLine line) => new($"COA-{line.SupplierBatch}.pdf", "application/pdf", DemoPaper.Pdf("Certificate of analysis",
    [
        $"Supplier: {supplier.NameEn}", $"Product: {HeyuanCatalog.Materials.Single(m => m.Code == line.Material).NameEn}", $"Batch: {line.SupplierBatch}", $"Produced: {line.ProducedOn:yyyy-MM-dd}",
        $"Quantity: {line.Quantity:0.###}", "", "All tested properties comply with the specification.", "Signed: Quality department",
    ]));

    private async Task InspectAsync(Test test, CancellationToken ct)
    {
        var (batchId, inspectionId) = await lots.MadeAsync(test.Lot, ct);
        world.Clock.Set(test.At);
        var tester = world.Person(test.Tester);
        var inspection = inspectionId ?? throw new InvalidOperationException($"No inspection was opened for {test.Lot}.");
        var values = new DemoValues(test.Lot);
        var results = HeyuanTests.Plans.Single(p => p.Material == test.Material).Tests.SelectMany(t => values.Results(t, test.Finding == t.Code, world.Id<Characteristic>($"{test.Material}/{t.Code}"))).ToList();
        await Must(world.Of<RecordResultsHandler>().HandleAsync(new RecordResults(inspection, results), tester, ct), test.Lot);
        world.Clock.Set(test.At.AddMinutes(15));
        var concluded = await Must(world.Of<ConcludeInspectionHandler>().HandleAsync(new ConcludeInspection(inspection), tester, ct), test.Lot);
        if (concluded.Status == InspectionStatus.Passed != (test.Finding is null)) throw new InvalidOperationException($"The inspection of {test.Lot} came out as {concluded.Status}.");
        if (concluded.BatchReleased) lots.Usable(test.Lot);
        if (test.Verdict is not { } verdict) return;

        world.Clock.Set(test.DecidedAt!.Value);
        var decision = verdict switch
        {
            Verdict.Release => new DecideBatch(batchId, DecisionKind.Release, InspectionId: inspection),
            Verdict.Concession => new DecideBatch(batchId, DecisionKind.Concession, "标签值内,感官与安全指标合格,让步接收", inspection, "MG01", HeyuanCatalog.Password),
            _ => new DecideBatch(batchId, DecisionKind.Reject, "不合格,不得使用", inspection),
        };
        await Must(world.Of<DecideBatchHandler>().HandleAsync(decision, world.Person("QA01"), ct), test.Lot);
        if (verdict != Verdict.Reject) lots.Usable(test.Lot);
        lots.Decided(test.Lot);
    }

    private async Task ShipAsync(Dispatch dispatch, CancellationToken ct)
    {
        var batches = new List<long>();
        foreach (var line in dispatch.Lines) batches.Add(await lots.UsableAsync(line.Lot, ct));
        world.Clock.Set(dispatch.At.AddHours(-3));
        var storekeeper = world.Person("WH01");
        var shipment = await Must(world.Of<CreateShipmentHandler>().HandleAsync(new CreateShipment(world.Id<Customer>(dispatch.Customer),
            [.. dispatch.Lines.Select(l => new ShipmentLineInput(world.Id<Material>(l.Material), l.Quantity))], DateOnly.FromDateTime(dispatch.At.Date), "顺达冷链物流", Reference: dispatch.Reference), storekeeper, ct), dispatch.Reference);
        await using (var db = world.Of<TraceDatabase>().Read())
        {
            var lines = await db.Of<ShipmentLine>().Where(l => l.ShipmentId == shipment.Id).OrderBy(l => l.Sequence).ToListAsync(ct);
            world.Clock.Set(dispatch.At.AddMinutes(-40));
            for (var i = 0; i < lines.Count; i++)
                await Must(world.Of<PickBatchHandler>().HandleAsync(new PickBatch(shipment.Id, lines[i].Id, batches[i], world.Id<Location>("WH-F1"), dispatch.Lines[i].Quantity), storekeeper, ct), dispatch.Lines[i].Lot);
        }

        if (dispatch.IsDraft) return;
        world.Clock.Set(dispatch.At);
        await Must(world.Of<DispatchShipmentHandler>().HandleAsync(new DispatchShipment(shipment.Id), storekeeper, ct), shipment.Code);
    }

    private async Task FileAsync(Paper paper, CancellationToken ct)
    {
        var (batchId, _) = await lots.MadeAsync(paper.Lot, ct);
        world.Clock.Set(paper.At);
        await Must(world.Of<AddBatchFileHandler>().HandleAsync(new AddBatchFile(batchId, BatchFileKind.Other, new FileInput(paper.FileName, "application/pdf", DemoPaper.Pdf(paper.Title, paper.Text))), world.Person(paper.Person), ct), paper.Lot);
    }

    private async Task QuarantineAsync(Quarantine move, CancellationToken ct)
    {
        var batchId = await lots.DecidedAsync(move.Lot, ct);
        world.Clock.Set(move.At);
        await Must(world.Of<TransferBatchHandler>().HandleAsync(new TransferBatch(batchId, world.Id<Location>(move.From), world.Id<Location>("WH-Q1"), move.Quantity, "不合格品隔离"), world.Person(move.Person), ct), move.Lot);
    }

    private static void Expect(string planned, string given)
    {
        if (planned != given) throw new InvalidOperationException($"The story counts on batch {planned}, the coding rules gave {given}.");
    }
}
