using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Application.Tracing;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Tracing;

namespace Traceability.Application.Dossiers.Facts;

/// <summary>
/// Gathers what a dossier says of a batch, all as of one moment, from stored facts only: nothing is computed from recipes or
/// judged again. A fixed number of set-based statements, however long the chain is.
/// </summary>
internal sealed partial class DossierFacts
{
    private readonly TraceDbContext db;
    private readonly Plant plant;
    private readonly CancellationToken ct;
    private readonly TraceBatch batch;
    private readonly Dictionary<string, BilingualText> units;
    private readonly Dictionary<long, TraceBatch> batches;
    private readonly Dictionary<long, TraceRun> runs;
    private readonly TraceReach back;
    private readonly TraceReach forth;
    private Dictionary<string, BilingualText> parties = [];

    private DossierFacts(TraceDbContext db, Plant plant, long batchId, TraceReach back, TraceReach forth, List<TraceBatch> batches, List<TraceRun> runs, Dictionary<string, BilingualText> units, CancellationToken ct)
    {
        (this.db, this.plant, this.back, this.forth, this.units, this.ct) = (db, plant, back, forth, units, ct);
        this.batches = batches.ToDictionary(b => b.Id);
        this.runs = runs.ToDictionary(r => r.Id);
        batch = this.batches[batchId];
    }

    /// <summary>The facts of the batch as of now, with the number and the verification address its dossier will bear.</summary>
    public static async Task<DossierModel> GatherAsync(TraceDatabase database, Plant plant, long batchId, long personId, string number, string verificationUrl, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = database.Read();
        await using var moment = await db.BeginSnapshotAsync(ct);
        var back = await TraceWalk.ReachAsync(db, [batchId], TraceDirection.Backward, null, ct);
        var forth = await TraceWalk.ReachAsync(db, [batchId], TraceDirection.Forward, null, ct);
        var batches = await TraceReader.BatchesAsync(db, [.. back.BatchIds.Union(forth.BatchIds)], new HashSet<long> { batchId }, ct);
        var runs = await TraceReader.RunsAsync(db, [.. back.RunIds.Union(forth.RunIds)], ct);
        var units = await db.Of<Unit>().ToDictionaryAsync(u => u.Code, UnitName, ct);
        var facts = new DossierFacts(db, plant, batchId, back, forth, batches, runs, units, ct);
        var person = await db.Of<Person>().SingleAsync(p => p.Id == personId, ct);
        return await facts.ModelAsync(number, verificationUrl, Person(new Ref(person.Id, person.Code, person.Name, person.NameEn)), now);
    }

    private async Task<DossierModel> ModelAsync(string number, string verificationUrl, DossierPerson createdBy, DateTimeOffset now)
    {
        var decisions = await DecisionsAsync();
        var links = await TraceReader.LinksAsync(db, [.. batches.Keys], [.. runs.Keys], ct);
        var shipments = await ShipmentsAsync();
        var sources = await SourcesAsync();
        // Suppliers and customers by the name they had: the same name is translated the same way in every section.
        parties = sources.Select(s => s.SupplierName).Concat(shipments.Select(s => s.CustomerName)).Where(n => n.Zh is not null).DistinctBy(n => n.Zh).ToDictionary(n => n.Zh!);
        var (audit, auditTotal) = await AuditAsync();
        return new DossierModel
        {
            Number = number,
            CreatedAt = now,
            CreatedBy = createdBy,
            Company = new BilingualText(plant.Name, plant.NameEn),
            Plant = plant.Code,
            TimeZone = plant.TimeZone,
            VerificationUrl = verificationUrl,
            Batch = await IdentityAsync(decisions),
            Decisions = decisions,
            Sources = sources,
            Operations = await OperationsAsync(),
            Inspections = await InspectionsAsync(),
            Moves = await MovesAsync(),
            Shipments = shipments,
            Backward = Genealogy(links, back, forward: false, []),
            Forward = Genealogy(links, forth, forward: true, shipments),
            Holds = await HoldsAsync(),
            Gaps = await GapsAsync(),
            Audit = audit,
            AuditTotal = auditTotal,
        };
    }

    /// <summary>Counted things are named (罐, cans), measured ones keep the symbol of their unit.</summary>
    private static BilingualText UnitName(Unit unit) =>
        unit.Dimension is UnitDimension.Count or UnitDimension.Other ? new BilingualText(unit.Name, unit.NameEn ?? unit.Code) : unit.Code;

    private DossierQuantity Quantity(decimal value, string unit) => new(value, units.TryGetValue(unit, out var name) ? name : unit);

    private BilingualText? Party(string? name) => name is not null && parties.TryGetValue(name, out var known) ? known : name;

    private static DossierPerson Person(Ref person) => new(person.Code, new BilingualText(person.Name, person.NameEn));

    private static BilingualText Name(Ref record) => new(record.Name, record.NameEn);

    private static DossierStatus Status(TraceBatch of) => of.IsOnHold ? DossierStatus.OnHold : Status(of.QualityStatus);

    private static DossierStatus Status(QualityStatus status) => status switch
    {
        QualityStatus.Pending => DossierStatus.Pending,
        QualityStatus.Released => DossierStatus.Released,
        QualityStatus.Concession => DossierStatus.Concession,
        _ => DossierStatus.Rejected,
    };

    /// <summary>A few codes in full, many as the first and how many more.</summary>
    private static string Codes(IReadOnlyCollection<string> codes, int most = 3) =>
        codes.Count <= most ? string.Join(", ", codes) : $"{string.Join(", ", codes.Take(most))} (+{codes.Count - most})";

    /// <summary>A name kept at the time of the fact; its translation only while the record still bears that name.</summary>
    private static BilingualText NameThen(string then, string? now, string? nowEn) => new(then, then == now ? nowEn : null);
}
