using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Data.Ledger;
using Traceability.Domain.Common;
using Traceability.Domain.Inventory;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;

namespace Traceability.Application.Inventory;

/// <summary>Writes material off: it is destroyed or lost to the process.</summary>
/// <param name="Quantity">In the material's stock unit.</param>
public sealed record ScrapBatch(long BatchId, long LocationId, decimal Quantity, long ReasonCodeId, string Reason, long? WitnessId = null);

/// <summary>Takes a sample out of stock, for the laboratory or for retention.</summary>
/// <param name="Quantity">In the material's stock unit.</param>
public sealed record TakeSample(long BatchId, long LocationId, decimal Quantity, string Purpose, string? Document = null);

public sealed record StockChanged(long ActivityId, decimal Quantity);

public sealed class ScrapBatchHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<StockChanged>> HandleAsync(ScrapBatch input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.AdjustInventory) is { } forbidden) return forbidden;
        var form = new Check().Id(input.BatchId, nameof(input.BatchId)).Id(input.LocationId, nameof(input.LocationId)).Quantity(input.Quantity, nameof(input.Quantity))
            .Id(input.ReasonCodeId, nameof(input.ReasonCodeId)).Reason(input.Reason);
        if (form.Failed) return form.Errors;
        await using var db = await database.BeginAsync(actor, "inventory.scrap", ct, input.Reason);
        if (await db.RefuseReasonAsync(input.ReasonCodeId, ReasonKind.Scrap, ct) is { } refused) return refused;
        var posted = await db.PostAsync(new Posting(ActivityKind.Scrap, [Posting.In(input.BatchId, input.LocationId, input.Quantity)])
        { ReasonCodeId = input.ReasonCodeId, Reason = input.Reason.Trim(), WitnessId = input.WitnessId }, actor, clock.GetUtcNow(), ct);
        return posted.IsSuccess ? await db.SaveAsync(() => new StockChanged(posted.Value.Id, -input.Quantity), ct) : posted.As<StockChanged>();
    }
}

public sealed class TakeSampleHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<StockChanged>> HandleAsync(TakeSample input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.Inspect) is { } forbidden) return forbidden;
        var form = new Check().Id(input.BatchId, nameof(input.BatchId)).Id(input.LocationId, nameof(input.LocationId)).Quantity(input.Quantity, nameof(input.Quantity))
            .Text(input.Purpose, nameof(input.Purpose), 500).OptionalText(input.Document, nameof(input.Document), 80);
        if (form.Failed) return form.Errors;
        await using var db = await database.BeginAsync(actor, "inventory.sample", ct);
        var posted = await db.PostAsync(new Posting(ActivityKind.Sample, [Posting.In(input.BatchId, input.LocationId, input.Quantity)])
        { Reason = input.Purpose.Trim(), Document = input.Document }, actor, clock.GetUtcNow(), ct);
        return posted.IsSuccess ? await db.SaveAsync(() => new StockChanged(posted.Value.Id, -input.Quantity), ct) : posted.As<StockChanged>();
    }
}

internal static class ReasonChecks
{
    /// <summary>The refusal of a reason code that does not exist, is switched off or is for something else.</summary>
    public static async Task<Error?> RefuseReasonAsync(this TraceDbContext db, long reasonCodeId, ReasonKind kind, CancellationToken ct) =>
        await db.Of<ReasonCode>().AnyAsync(r => r.Id == reasonCodeId && r.Kind == kind && r.IsActive, ct) ? null : InventoryErrors.ReasonKind;
}
