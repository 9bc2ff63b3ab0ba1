using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Domain.Ledger;

/// <summary>
/// Which rules the single door applies to a batch that leaves a place, by what happens to it. Sampling, scrapping, adjusting
/// and returning to the warehouse stay possible for a held batch; everything that would carry it further does not.
/// </summary>
public static class PostingRules
{
    /// <summary>The permission a kind of activity demands.</summary>
    /// <param name="ofOrder">It happens to material of a work order: scrapping that is part of reporting production.</param>
    public static Permission PermissionFor(ActivityKind kind, bool ofOrder = false) => kind switch
    {
        ActivityKind.Receive => Permission.ReceiveMaterial,
        ActivityKind.Issue or ActivityKind.Return => Permission.IssueMaterial,
        ActivityKind.Produce or ActivityKind.Rework or ActivityKind.Disassemble => Permission.ReportOperations,
        ActivityKind.Ship or ActivityKind.CustomerReturn => Permission.DispatchShipments,
        ActivityKind.Sample => Permission.Inspect,
        ActivityKind.Scrap when ofOrder => Permission.ReportOperations,
        ActivityKind.Scrap or ActivityKind.Adjust or ActivityKind.Migrate => Permission.AdjustInventory,
        _ => Permission.MoveInventory,
    };

    /// <summary>The refusal for taking this batch out of its place for this purpose, or null.</summary>
    /// <param name="toQuarantine">The move ends in a quarantine location, the one place a held batch may be moved to.</param>
    /// <param name="deviated">An approved deviation of the order lets this batch through in spite of status and expiry (never of a hold).</param>
    public static Error? Refusal(ActivityKind kind, Batch batch, DateOnly today, bool toQuarantine, bool deviated)
    {
        var carriesOn = kind is not (ActivityKind.Sample or ActivityKind.Scrap or ActivityKind.Adjust or ActivityKind.Return or ActivityKind.Migrate)
            && !(kind == ActivityKind.Transfer && toQuarantine);
        if (carriesOn && batch.IsOnHold) return BatchErrors.OnHold.With(batch.Code).LinkedTo($"/batches/{batch.Id}");
        if (deviated || !NeedsRelease(kind)) return null;
        if (batch.QualityStatus == QualityStatus.Pending) return BatchErrors.Pending.With(batch.Code).LinkedTo($"/batches/{batch.Id}");
        if (batch.QualityStatus == QualityStatus.Rejected) return BatchErrors.Rejected.With(batch.Code).LinkedTo($"/batches/{batch.Id}");
        return batch.IsExpired(today) ? BatchErrors.Expired.With(batch.Code, batch.ExpiresOn).LinkedTo($"/batches/{batch.Id}") : null;
    }

    /// <summary>Whether the batch must be released and in date: it is used up or leaves the house.</summary>
    public static bool NeedsRelease(ActivityKind kind) =>
        kind is ActivityKind.Issue or ActivityKind.Produce or ActivityKind.Rework or ActivityKind.Ship or ActivityKind.Pack;

    /// <summary>Whether the material must be on the order's bill of materials or let through by an approved deviation.</summary>
    public static bool NeedsBom(ActivityKind kind) => kind is ActivityKind.Issue or ActivityKind.Produce;
}
