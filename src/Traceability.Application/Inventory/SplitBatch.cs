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

/// <summary>Divides a batch: the source keeps its identity and what is left, each part that leaves gets a code of its own.</summary>
public sealed record SplitBatch(long BatchId, long FromLocationId, IReadOnlyList<SplitPart> Parts, string? Note = null);

/// <param name="Quantity">In the material's stock unit.</param>
/// <param name="ToLocationId">Where the part goes; null for where the source stands.</param>
public sealed record SplitPart(decimal Quantity, long? ToLocationId = null);

public sealed record BatchSplit(long ActivityId, IReadOnlyList<NewBatch> Parts);

/// <summary>A batch an inventory action made.</summary>
public sealed record NewBatch(long Id, string Code);

public sealed class SplitBatchHandler(TraceDatabase database, TimeProvider clock, ILogger<SplitBatchHandler> log)
{
    private const int MostParts = 100;

    public async Task<Result<BatchSplit>> HandleAsync(SplitBatch input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.MoveInventory) is { } forbidden) return forbidden;
        var form = new Check().Id(input.BatchId, nameof(input.BatchId)).Id(input.FromLocationId, nameof(input.FromLocationId)).OptionalText(input.Note, nameof(input.Note), 500)
            .That(input.Parts is { Count: > 0 and <= MostParts }, InventoryErrors.NoParts.With(MostParts));
        for (var i = 0; i < (input.Parts?.Count ?? 0); i++) form.Quantity(input.Parts![i].Quantity, $"Parts[{i}].Quantity");
        if (form.Failed) return form.Errors;
        var now = clock.GetUtcNow();

        await using var db = await database.BeginAsync(actor, "inventory.split", ct);
        var plant = await db.Of<Plant>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == actor.PlantId, ct);
        if (plant is null) return CommonErrors.NoPlant;
        var source = await db.LockAsync<Batch>(input.BatchId, ct);
        if (source is null || source.PlantId != plant.Id) return BatchErrors.NotFound.On(nameof(input.BatchId));
        if (source.Tracking == Tracking.Serial) return BatchErrors.SerialCannotMergeOrSplit.On(nameof(input.BatchId)).With(source.Code);
        var taken = input.Parts!.Sum(p => p.Quantity);
        var total = await db.Of<Stock>().Where(s => s.BatchId == source.Id).SumAsync(s => s.Quantity, ct);
        if (taken == total) return InventoryErrors.SplitTakesAll.With(source.Code, total);

        var codes = await db.NextCodesAsync(CodedRecord.BatchPart, plant.Id, new CodingValues(plant.DayOf(now), Plant: plant.Code, Parent: source.Code), input.Parts!.Count, ct);
        if (!codes.IsSuccess) return codes.As<BatchSplit>();
        // A run of its own: the parts come out of the source, so a trace goes through the split.
        var run = new Run { PlantId = plant.Id, Grain = RunGrain.Activity, Label = source.Code, StartedAt = now, EndedAt = now };
        await db.AddAsync(run, ct);
        var children = new List<Batch>();
        var lines = new List<PostingLine> { Posting.In(source.Id, input.FromLocationId, taken, run.Id) };
        foreach (var (part, code) in input.Parts!.Zip(codes.Value))
        {
            var child = source.SplitOff(code, now, now);
            await db.AddAsync(child, ct);
            children.Add(child);
            lines.Add(Posting.Out(child.Id, part.ToLocationId ?? input.FromLocationId, part.Quantity, run.Id));
        }

        var posted = await db.PostAsync(new Posting(ActivityKind.Split, lines) { Reason = input.Note, Document = source.Code }, actor, now, ct);
        if (!posted.IsSuccess) return posted.As<BatchSplit>();
        // A part or mixture of something pending owes its own inspection.
        var inspections = await db.OpenOwedInspectionsAsync(children, plant, now, ct);
        if (!inspections.IsSuccess) return inspections.As<BatchSplit>();
        var saved = await db.SaveAsync(() => new BatchSplit(posted.Value.Id, [.. children.Select(c => new NewBatch(c.Id, c.Code))]), ct);
        if (saved.IsSuccess) log.LogInformation("Batch {Batch} was split into {Parts}", source.Code, codes.Value);
        return saved;
    }
}
