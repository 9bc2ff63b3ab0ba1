using Microsoft.Extensions.Logging;
using Traceability.Data;
using Traceability.Data.Ledger;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;

namespace Traceability.Application.Inventory;

/// <summary>Moves a quantity of a batch from one place to another.</summary>
/// <param name="Quantity">In the material's stock unit.</param>
public sealed record TransferBatch(long BatchId, long FromLocationId, long ToLocationId, decimal Quantity, string? Note = null, DateTimeOffset? OccurredAt = null);

public sealed record BatchTransferred(long ActivityId);

public sealed class TransferBatchHandler(TraceDatabase database, TimeProvider clock, ILogger<TransferBatchHandler> log)
{
    public async Task<Result<BatchTransferred>> HandleAsync(TransferBatch input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.MoveInventory) is { } forbidden) return forbidden;
        var form = new Check().Id(input.BatchId, nameof(input.BatchId)).Id(input.FromLocationId, nameof(input.FromLocationId)).Id(input.ToLocationId, nameof(input.ToLocationId))
            .Quantity(input.Quantity, nameof(input.Quantity)).OptionalText(input.Note, nameof(input.Note), 500);
        if (input.FromLocationId == input.ToLocationId) form.Add(LedgerErrors.SamePlace);
        if (form.Failed) return form.Errors;

        await using var db = await database.BeginAsync(actor, "inventory.transfer", ct);
        var posted = await db.PostAsync(new Posting(ActivityKind.Transfer,
            [Posting.In(input.BatchId, input.FromLocationId, input.Quantity), Posting.Out(input.BatchId, input.ToLocationId, input.Quantity)])
        { OccurredAt = input.OccurredAt?.ToUniversalTime(), Reason = input.Note }, actor, clock.GetUtcNow(), ct);
        if (!posted.IsSuccess) return posted.As<BatchTransferred>();
        var saved = await db.SaveAsync(() => new BatchTransferred(posted.Value.Id), ct);
        if (saved.IsSuccess) log.LogInformation("Batch {Batch} moved from {From} to {To}", input.BatchId, input.FromLocationId, input.ToLocationId);
        return saved;
    }
}
