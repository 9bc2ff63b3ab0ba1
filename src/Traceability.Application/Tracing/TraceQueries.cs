using System.Diagnostics;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Tracing;

namespace Traceability.Application.Tracing;

/// <summary>Traces from any code: forward to the customer, backward to the supplier, or both. Everything in one answer is of one moment.</summary>
public sealed class TraceQueries(TraceDatabase database)
{
    /// <summary>What the code is; empty when nothing bears it, several when it must be chosen.</summary>
    public async Task<Result<IReadOnlyList<TraceStart>>> ResolveAsync(string code, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewTrace) is { } forbidden) return forbidden;
        await using var db = database.Read();
        return await CodeResolver.ResolveAsync(db, actor.PlantId, code, ct);
    }

    /// <summary>The whole trace: batches, runs, links, operations, suppliers, customers, gaps.</summary>
    /// <returns>Refused when the code is unknown, names several records, or its record has no batch yet.</returns>
    public async Task<Result<TraceAnswer>> TraceAsync(TraceRequest request, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewTrace) is { } forbidden) return forbidden;
        var watch = Stopwatch.StartNew();
        await using var db = database.Read();
        await using var moment = await db.BeginSnapshotAsync(ct);
        if ((await StartAsync(db, request, actor, ct)).Failed(out var refused, out var start)) return Result<TraceAnswer>.Refuse(refused);
        var reach = await TraceWalk.ReachAsync(db, start.BatchIds, request.Direction, request.Limit, ct);
        var batches = await TraceReader.BatchesAsync(db, reach.BatchIds, start.BatchIds.ToHashSet(), ct);
        var runs = await TraceReader.RunsAsync(db, reach.RunIds, ct);
        var links = await TraceReader.LinksAsync(db, reach.BatchIds, reach.RunIds, ct);
        var operations = await TraceReader.OperationsAsync(db, runs, ct);
        var shipments = await TraceReader.ShipmentsAsync(db, reach.BatchIds, ct);
        var gaps = await TraceGaps.FindAsync(db, reach.BatchIds, reach.RunIds, ct);
        var totals = await TotalsAsync(db, request.Direction, batches, ct);
        var byId = batches.ToDictionary(b => b.Id);
        var customers = shipments.GroupBy(s => s.CustomerId).Select(c => new TraceCustomer(c.Key, c.First().CustomerCode, c.Last().CustomerName,
            Quantities(c.Select(s => (byId[s.BatchId], s.Quantity))))).OrderBy(c => c.Code, StringComparer.Ordinal).ToList();
        return new TraceAnswer(start, request.Direction, batches, runs, links, operations, Suppliers(batches), customers, shipments, totals, gaps,
            TraceGaps.Completeness(gaps, batches.Count, runs.Count), reach.IsTruncated, Math.Round(watch.Elapsed.TotalMilliseconds, 2));
    }

    /// <summary>The short answer: counts, quantities, parties and gaps.</summary>
    public async Task<Result<TraceSummary>> SummaryAsync(TraceRequest request, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewTrace) is { } forbidden) return forbidden;
        var watch = Stopwatch.StartNew();
        await using var db = database.Read();
        await using var moment = await db.BeginSnapshotAsync(ct);
        if ((await StartAsync(db, request, actor, ct)).Failed(out var refused, out var start)) return Result<TraceSummary>.Refuse(refused);
        var reach = await TraceWalk.ReachAsync(db, start.BatchIds, request.Direction, request.Limit, ct);
        var batches = await TraceReader.BatchesAsync(db, reach.BatchIds, start.BatchIds.ToHashSet(), ct);
        var shipments = await TraceReader.ShipmentsAsync(db, reach.BatchIds, ct);
        var gaps = await TraceGaps.FindAsync(db, reach.BatchIds, reach.RunIds, ct);
        var totals = await TotalsAsync(db, request.Direction, batches, ct);
        return new TraceSummary(new TraceSummaryStart(start.Kind, start.Id, start.Code), totals.Batches, totals.LeafBatches, Short(totals.Produced), Short(totals.OnHand), Short(totals.Shipped),
            [.. shipments.GroupBy(s => s.CustomerId).Select(c => new SummaryParty(c.First().CustomerCode, c.Last().CustomerName)).OrderBy(c => c.Code, StringComparer.Ordinal)],
            [.. Suppliers(batches).Select(s => new SummaryParty(s.Code, s.Name))], gaps, reach.IsTruncated, Math.Round(watch.Elapsed.TotalMilliseconds, 2));

        static IReadOnlyList<SummaryQuantity> Short(IReadOnlyList<TraceQuantity> quantities) => [.. quantities.Select(q => new SummaryQuantity(q.Material, q.Quantity, q.Unit))];
    }

    /// <summary>The flow table of the batches a code starts at, or of the whole trace when a direction is given.</summary>
    public async Task<Result<TraceFlow>> FlowAsync(TraceRequest request, bool wholeTrace, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewTrace) is { } forbidden) return forbidden;
        await using var db = database.Read();
        await using var moment = await db.BeginSnapshotAsync(ct);
        if ((await StartAsync(db, request, actor, ct)).Failed(out var refused, out var start)) return Result<TraceFlow>.Refuse(refused);
        var reach = wholeTrace ? await TraceWalk.ReachAsync(db, start.BatchIds, request.Direction, request.Limit, ct) : new TraceReach([.. start.BatchIds], [], false);
        return new TraceFlow(start, await FlowReader.ReadAsync(db, reach.BatchIds, ct), reach.IsTruncated);
    }

    internal static async Task<Result<TraceStart>> StartAsync(TraceDbContext db, TraceRequest request, Actor actor, CancellationToken ct)
    {
        var hits = await CodeResolver.ResolveAsync(db, actor.PlantId, request.Code, ct);
        if (request.Kind is { } kind) hits = [.. hits.Where(h => h.Kind == kind)];
        if (request.RecordId is { } id) hits = [.. hits.Where(h => h.Id == id)];
        if (hits.Count == 0) return TraceErrors.NotFound.On(nameof(request.Code)).With(request.Code.Trim());
        if (hits.Count > 1) return TraceErrors.Ambiguous.On(nameof(request.Code)).With(request.Code.Trim(), string.Join(", ", hits.Select(h => $"{h.Kind} {h.Code}")));
        return hits[0].BatchIds.Count > 0 ? hits[0] : TraceErrors.NothingMade.On(nameof(request.Code)).With(hits[0].Code);
    }

    private static async Task<TraceTotals> TotalsAsync(TraceDbContext db, TraceDirection direction, List<TraceBatch> batches, CancellationToken ct)
    {
        var others = batches.Where(b => !b.IsStart).ToList();
        var ids = others.Select(b => b.Id).ToArray();
        var leaves = (direction != TraceDirection.Backward ? await TraceReader.LeavesAsync(db, ids, "input", ct) : 0)
            + (direction != TraceDirection.Forward ? await TraceReader.LeavesAsync(db, ids, "output", ct) : 0);
        return new TraceTotals(TraceCounts.Of(others.Select(b => b.MaterialKind)), leaves, await TraceReader.ProducedAsync(db, ids, ct),
            Quantities(batches.Select(b => (b, b.OnHand))), Quantities(batches.Select(b => (b, b.InProcess))), Quantities(batches.Select(b => (b, b.Shipped))));
    }

    private static List<TraceQuantity> Quantities(IEnumerable<(TraceBatch Batch, decimal Quantity)> quantities) =>
        [.. quantities.GroupBy(q => q.Batch.Material.Id).Select(g => (First: g.First().Batch, Sum: g.Sum(q => q.Quantity))).Where(g => g.Sum != 0)
            .Select(g => new TraceQuantity(g.First.Material.Code, g.First.Material.Name, g.First.Material.NameEn, g.Sum, g.First.Unit)).OrderBy(q => q.Material, StringComparer.Ordinal)];

    private static List<TraceSupplier> Suppliers(List<TraceBatch> batches) =>
        [.. batches.Where(b => b.SupplierId is not null && b.Origin is BatchOrigin.Received or BatchOrigin.Migrated && b.SupplierCode is not null).GroupBy(b => b.SupplierId!.Value)
            .Select(s => new TraceSupplier(s.Key, s.First().SupplierCode!, s.MaxBy(b => b.OriginAt)!.SupplierName ?? s.First().SupplierCode!, [.. s.Select(b => b.Id)])).OrderBy(s => s.Code, StringComparer.Ordinal)];
}
