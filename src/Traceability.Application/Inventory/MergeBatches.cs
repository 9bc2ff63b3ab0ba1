using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Traceability.Application.Quality;
using Traceability.Data;
using Traceability.Data.Coding;
using Traceability.Data.Ledger;
using Traceability.Domain.Batches;
using Traceability.Domain.Coding;
using Traceability.Domain.Common;
using Traceability.Domain.Inventory;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;

namespace Traceability.Application.Inventory;

/// <summary>Puts batches of one material together into a new batch: earliest expiry, least favourable status, common attributes only.</summary>
public sealed record MergeBatches(IReadOnlyList<MergePart> Parts, long ToLocationId, string? Note = null);

/// <param name="Quantity">In the material's stock unit.</param>
public sealed record MergePart(long BatchId, long FromLocationId, decimal Quantity);

public sealed record BatchesMerged(long ActivityId, NewBatch Batch);

public sealed class MergeBatchesHandler(TraceDatabase database, TimeProvider clock, ILogger<MergeBatchesHandler> log)
{
    private const int MostParts = 100;

    public async Task<Result<BatchesMerged>> HandleAsync(MergeBatches input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.MoveInventory) is { } forbidden) return forbidden;
        var form = new Check().Id(input.ToLocationId, nameof(input.ToLocationId)).OptionalText(input.Note, nameof(input.Note), 500)
            .That(input.Parts is { Count: <= MostParts and > 0 }, InventoryErrors.NoParts.With(MostParts));
        for (var i = 0; i < (input.Parts?.Count ?? 0); i++)
            form.Id(input.Parts![i].BatchId, $"Parts[{i}].BatchId").Id(input.Parts[i].FromLocationId, $"Parts[{i}].FromLocationId").Quantity(input.Parts[i].Quantity, $"Parts[{i}].Quantity");
        if (!form.Failed && input.Parts!.DistinctBy(p => (p.BatchId, p.FromLocationId)).Count() != input.Parts!.Count) form.Add(InventoryErrors.MergeSameBatch);
        if (form.Failed) return form.Errors;
        var now = clock.GetUtcNow();

        await using var db = await database.BeginAsync(actor, "inventory.merge", ct);
        var plant = await db.Of<Plant>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == actor.PlantId, ct);
        if (plant is null) return CommonErrors.NoPlant;
        var ids = input.Parts!.Select(p => p.BatchId).Distinct().ToArray();
        var parents = await db.Of<Batch>().FromSql($"select * from trace.batch where id = any({ids}) order by id for share").AsNoTracking().ToListAsync(ct);
        if (parents.Count != ids.Length || parents.Any(p => p.PlantId != plant.Id)) return BatchErrors.NotFound.On(nameof(input.Parts));
        if (parents.Count < 2) return BatchErrors.MergeNeedsTwo.On(nameof(input.Parts));

        var materialId = parents[0].MaterialId;
        var material = await db.Of<Material>().AsNoTracking().SingleAsync(m => m.Id == materialId, ct);
        var code = await MergedCodeAsync(db, plant, material, plant.DayOf(now), ct);
        if (!code.IsSuccess) return code.As<BatchesMerged>();
        var merged = Batch.Merge(parents, code.Value, now, now);
        if (!merged.IsSuccess) return merged.As<BatchesMerged>();
        var run = new Run { PlantId = plant.Id, Grain = RunGrain.Activity, Label = code.Value, StartedAt = now, EndedAt = now };
        await db.AddAsync(run, ct);
        await db.AddAsync(merged.Value, ct);
        var posted = await db.PostAsync(new Posting(ActivityKind.Merge,
            [.. input.Parts!.Select(p => Posting.In(p.BatchId, p.FromLocationId, p.Quantity, run.Id)), Posting.Out(merged.Value.Id, input.ToLocationId, input.Parts!.Sum(p => p.Quantity), run.Id)])
        { Reason = input.Note, Document = code.Value }, actor, now, ct);
        if (!posted.IsSuccess) return posted.As<BatchesMerged>();
        // A part or mixture of something pending owes its own inspection.
        var inspections = await db.OpenOwedInspectionsAsync([merged.Value], plant, now, ct);
        if (!inspections.IsSuccess) return inspections.As<BatchesMerged>();
        var saved = await db.SaveAsync(() => new BatchesMerged(posted.Value.Id, new NewBatch(merged.Value.Id, merged.Value.Code)), ct);
        if (saved.IsSuccess) log.LogInformation("Batches {Parents} were merged into {Batch}", parents.Select(p => p.Code), merged.Value.Code);
        return saved;
    }

    /// <summary>A rule without a running number tells batches apart by line; merged ones then count through a line name of their own.</summary>
    private static async Task<Result<string>> MergedCodeAsync(TraceDbContext db, Plant plant, Material material, DateOnly day, CancellationToken ct)
    {
        for (var n = 1; n <= 99; n++)
        {
            var code = await db.NextCodeAsync(CodedRecord.Batch, plant.Id, new CodingValues(day, "M", material.ShortCode, n == 1 ? "M" : $"M{n}", plant.Code), ct, material.Kind);
            if (!code.IsSuccess || !await db.Of<Batch>().AnyAsync(b => b.PlantId == plant.Id && b.Code == code.Value, ct)) return code;
        }

        return BatchErrors.CodeTaken;
    }
}
