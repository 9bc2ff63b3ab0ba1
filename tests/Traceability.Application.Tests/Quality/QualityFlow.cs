using Traceability.Application.Quality;
using Traceability.Application.Receiving;
using Traceability.Data.Ledger;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;
using Traceability.Testing;

namespace Traceability.Application.Tests.Quality;

/// <summary>Shorthand for what the quality tests do over and over, through the use cases.</summary>
internal static class QualityFlow
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private static int number;

    public static FileInput Paper => new("coa.pdf", "application/pdf", [1, 2, 3]);

    public static readonly CharacteristicInput Protein = new("PRO", "蛋白质", "Protein", CharacteristicKind.Numeric, "%", "GB 5009.5", LowerLimit: 11);
    public static readonly CharacteristicInput Plates = new("TPC", "菌落总数", "Plate count", CharacteristicKind.Sampling, "CFU/g", "GB 4789.2", SampleN: 3, SampleC: 1, LimitM: 1000, LimitBigM: 10000);
    public static readonly CharacteristicInput Look = new("LOOK", "外观", "Appearance", CharacteristicKind.PassFail, IsRequired: false);

    public static async Task<long> ActivePlanAsync(this DairyPlant plant, Material material, InspectionKind kind, params CharacteristicInput[] lines)
    {
        var saved = await plant.Get<SaveInspectionPlanHandler>().HandleAsync(new SaveInspectionPlan(null, material.Id, kind, null, lines), plant.Everyone, Ct);
        var active = await plant.Get<ActivateInspectionPlanHandler>().HandleAsync(new ActivateInspectionPlan(saved.Value.PlanId), plant.Everyone, Ct);
        return active.Value.PlanId;
    }

    /// <summary>A bought material of its own with an incoming plan of protein, plate count and look.</summary>
    public static async Task<Material> InspectedMaterialAsync(this DairyPlant plant, bool certificateRequired = false)
    {
        var code = $"IN{Interlocked.Increment(ref number)}-{Guid.NewGuid():N}"[..12];
        var material = new Material { Code = code, ShortCode = code, Name = code, Kind = MaterialKind.Raw, UnitId = plant.Kg.Id, IncomingInspection = true, CertificateRequired = certificateRequired };
        await plant.StoreAsync(material);
        await plant.ActivePlanAsync(material, InspectionKind.Incoming, Protein, Plates, Look);
        return material;
    }

    public static async Task<T> StoreAsync<T>(this DairyPlant plant, T record) where T : Entity
    {
        await using var db = await plant.Db.BeginAsync(Actor.System("test"), "test.arrange", Ct);
        await db.AddAsync(record, Ct);
        return (await db.SaveAsync(() => record, Ct)).Value;
    }

    public static async Task<ReceivedBatch> ReceivedAsync(this DairyPlant plant, Material material, FileInput? certificate = null)
    {
        var line = new ReceiptLineInput(material.Id, $"SB-{Interlocked.Increment(ref number)}", 100, plant.Warehouse.Id, CertificateNumber: certificate is null ? null : "COA-1", Certificate: certificate);
        return (await plant.Get<ReceiveMaterialHandler>().HandleAsync(new ReceiveMaterial(plant.Supplier.Id, null, null, null, [line]), plant.Everyone, Ct)).Value.Batches[0];
    }

    public static Task<InspectionView?> ViewAsync(this DairyPlant plant, long inspection) => plant.Get<InspectionQueries>().FindAsync(inspection, plant.Everyone, Ct);

    public static async Task<Result<ResultsRecorded>> EnterAsync(this DairyPlant plant, long inspection, Actor actor, decimal? protein, params decimal[] plates)
    {
        var lines = (await plant.ViewAsync(inspection))!.Lines;
        List<ResultInput> results = [.. plates.Select((v, i) => new ResultInput(lines.Single(l => l.Characteristic.Code == "TPC").Characteristic.Id, i + 1, v, null, "PC-01"))];
        if (protein is not null) results.Add(new ResultInput(lines.Single(l => l.Characteristic.Code == "PRO").Characteristic.Id, 1, protein, null));
        return await plant.Get<RecordResultsHandler>().HandleAsync(new RecordResults(inspection, results), actor, Ct);
    }

    public static Task<Result<InspectionConcluded>> ConcludeAsync(this DairyPlant plant, long inspection, Actor? actor = null) =>
        plant.Get<ConcludeInspectionHandler>().HandleAsync(new ConcludeInspection(inspection), actor ?? plant.Everyone, Ct);

    /// <summary>Enters good values everywhere and concludes.</summary>
    public static async Task<Result<InspectionConcluded>> PassAsync(this DairyPlant plant, long inspection)
    {
        await plant.EnterAsync(inspection, plant.Everyone, 12, 10, 20, 30);
        return await plant.ConcludeAsync(inspection);
    }

    public static async Task<Batch> BatchAsync(this DairyPlant plant, long id)
    {
        await using var db = plant.Db.Read();
        return db.Of<Batch>().Single(b => b.Id == id);
    }

    /// <summary>Takes 1 out of the warehouse for a purpose, as any use case would, and commits when the ledger lets it.</summary>
    public static async Task<Result<Done>> TakeAsync(this DairyPlant plant, long batch, ActivityKind kind)
    {
        await using var db = await plant.Db.BeginAsync(plant.Everyone, "test.take", Ct);
        var posted = await db.PostAsync(new Posting(kind, [Posting.In(batch, plant.Warehouse.Id, 1)]), plant.Everyone, plant.Clock.Now, Ct);
        return posted.IsSuccess ? await db.SaveAsync(() => Done.Value, Ct) : posted.As<Done>();
    }
}
