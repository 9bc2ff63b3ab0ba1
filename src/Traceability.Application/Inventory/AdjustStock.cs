using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Traceability.Data;
using Traceability.Data.Ledger;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Inventory;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;

namespace Traceability.Application.Inventory;

/// <summary>Brings the book to what was counted: the difference is posted, the count and its reason stay on record.</summary>
/// <param name="CountedQuantity">What stands there, in the material's stock unit.</param>
public sealed record AdjustStock(long BatchId, long LocationId, decimal CountedQuantity, long ReasonCodeId, string Reason, long? WitnessId = null);

public sealed class AdjustStockHandler(TraceDatabase database, TimeProvider clock, ILogger<AdjustStockHandler> log)
{
    public async Task<Result<StockChanged>> HandleAsync(AdjustStock input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.AdjustInventory) is { } forbidden) return forbidden;
        var form = new Check().Id(input.BatchId, nameof(input.BatchId)).Id(input.LocationId, nameof(input.LocationId)).QuantityOrZero(input.CountedQuantity, nameof(input.CountedQuantity))
            .Id(input.ReasonCodeId, nameof(input.ReasonCodeId)).Reason(input.Reason);
        if (form.Failed) return form.Errors;
        await using var db = await database.BeginAsync(actor, "inventory.adjust", ct, input.Reason);
        if (await db.RefuseReasonAsync(input.ReasonCodeId, ReasonKind.Adjust, ct) is { } refused) return refused;
        // Batch before stock row, as everywhere: the difference is taken from the row nobody can change meanwhile.
        var batch = await db.Of<Batch>().FromSql($"select * from trace.batch where id = {input.BatchId} and plant_id = {actor.PlantId} for share").AsNoTracking().SingleOrDefaultAsync(ct);
        if (batch is null) return BatchErrors.NotFound.On(nameof(input.BatchId));
        if (batch.Tracking == Tracking.Serial && input.CountedQuantity is not (0 or 1)) return InventoryErrors.SerialCount.With(batch.Code);
        var stock = await db.Of<Stock>().FromSql($"select * from trace.stock where batch_id = {input.BatchId} and location_id = {input.LocationId} for update").AsNoTracking().SingleOrDefaultAsync(ct);
        var difference = input.CountedQuantity - (stock?.Quantity ?? 0);
        if (difference == 0) return InventoryErrors.NoDifference.With(batch.Code, input.CountedQuantity);

        var line = difference > 0 ? Posting.Out(batch.Id, input.LocationId, difference) : Posting.In(batch.Id, input.LocationId, -difference);
        var posted = await db.PostAsync(new Posting(ActivityKind.Adjust, [line]) { ReasonCodeId = input.ReasonCodeId, Reason = input.Reason.Trim(), WitnessId = input.WitnessId }, actor, clock.GetUtcNow(), ct);
        if (!posted.IsSuccess) return posted.As<StockChanged>();
        var saved = await db.SaveAsync(() => new StockChanged(posted.Value.Id, difference), ct);
        if (saved.IsSuccess) log.LogInformation("Stock of {Batch} at {Location} adjusted by {Difference}", batch.Code, input.LocationId, difference);
        return saved;
    }
}
