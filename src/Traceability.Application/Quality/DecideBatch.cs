using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Traceability.Application.Holds;
using Traceability.Application.Users;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Holds;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;

namespace Traceability.Application.Quality;

/// <summary>
/// Quality decides about a batch. A release by override and a concession are signed by a second person, who proves who they
/// are with their own password and may approve deviations. The decision ends the holds that the batch's failed tests placed;
/// holds of other causes stay.
/// </summary>
/// <param name="Reason">Required for everything but a plain release.</param>
/// <param name="InspectionId">The inspection the decision is about, if any.</param>
public sealed record DecideBatch(long BatchId, DecisionKind Kind, string? Reason = null, long? InspectionId = null, string? SecondUserName = null, string? SecondPassword = null)
{
    /// <summary>Without the password, for logs.</summary>
    public override string ToString() => $"{nameof(DecideBatch)} {{ {BatchId}, {Kind} }}";
}

/// <param name="HoldsReleased">Holds placed by failed tests that ended for this batch.</param>
/// <param name="IsOnHold">Other holds still stop the batch.</param>
public sealed record BatchDecided(long BatchId, long DecisionId, QualityStatus Status, int HoldsReleased, bool IsOnHold);

public sealed class DecideBatchHandler(TraceDatabase database, VerifyCredentialsHandler credentials, TimeProvider clock, ILogger<DecideBatchHandler> log)
{
    public async Task<Result<BatchDecided>> HandleAsync(DecideBatch input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ReleaseBatches) is { } forbidden) return forbidden;
        if (QualityDecision.NeedsSecondPerson(input.Kind) && actor.Demand(Permission.OverrideVerdict) is { } noOverride) return noOverride;
        if (actor.PersonId is not { } person) return CommonErrors.NoPerson;
        var check = new Check();
        if (input.Kind == DecisionKind.Release) check.OptionalText(input.Reason, nameof(input.Reason), 500);
        else check.Reason(input.Reason, nameof(input.Reason));
        if (check.Failed) return check.Errors;
        var second = await VerifySecondAsync(input, actor, person, ct);
        if (second is { IsSuccess: false }) return second.As<BatchDecided>();

        var now = clock.GetUtcNow();
        await using var db = await database.BeginAsync(actor, "quality.decide", ct, input.Reason);
        // Hold rows come before batches, so that a release of the same hold and this decision take turns.
        var held = await db.Of<HoldBatch>().Where(hb => hb.BatchId == input.BatchId && hb.ReleasedAt == null)
            .Join(db.Of<Hold>().Where(h => h.Cause == HoldCause.Inspection), hb => hb.HoldId, h => h.Id, (hb, h) => h.Id).Order().ToListAsync(ct);
        var holds = new List<Hold>();
        foreach (var id in held) holds.Add((await db.LockAsync<Hold>(id, ct))!);
        var batch = await db.LockAsync<Batch>(input.BatchId, ct);
        if (batch is null || batch.PlantId != actor.PlantId) return BatchErrors.NotFound;
        var material = await db.Of<Material>().AsNoTracking().SingleAsync(m => m.Id == batch.MaterialId, ct);
        var inspections = await db.Of<Inspection>().AsNoTracking().Where(i => i.BatchId == batch.Id).ToListAsync(ct);
        if (input.InspectionId is { } about && inspections.All(i => i.Id != about)) return CommonErrors.Unknown.On(nameof(input.InspectionId));
        if (input.Kind == DecisionKind.Release && QualityDecision.CanFollow(batch.QualityStatus, input.Kind) && ReleaseRule.Obstacle(batch, material, inspections) is { } obstacle) return obstacle;

        var decision = QualityDecision.Take(batch, material, input.Kind, person, second?.Value, input.Reason, input.InspectionId, byRule: false, now);
        if (!decision.IsSuccess) return decision.As<BatchDecided>();
        await db.AddAsync(decision.Value, ct);
        if (await db.FlushAsync(ct) is { } flushed) return flushed;
        var lifted = 0;
        foreach (var hold in holds.Where(h => h.ReleasedAt is null))
            lifted += await db.LiftAsync(hold, [batch.Id], input.Reason ?? batch.QualityStatus.ToString(), person, now, ct);

        var saved = await db.SaveAsync(() => new BatchDecided(batch.Id, decision.Value.Id, batch.QualityStatus, lifted, batch.HoldCount - lifted > 0), ct);
        if (saved.IsSuccess) log.LogInformation("Batch {Batch}: {Decision} by {User}", batch.Code, input.Kind, actor.UserName);
        return saved;
    }

    /// <summary>The second person, proven and allowed; null when the decision needs none.</summary>
    private async Task<Result<long>?> VerifySecondAsync(DecideBatch input, Actor actor, long person, CancellationToken ct)
    {
        if (!QualityDecision.NeedsSecondPerson(input.Kind)) return null;
        if (string.IsNullOrWhiteSpace(input.SecondUserName) || string.IsNullOrEmpty(input.SecondPassword)) return DecisionErrors.SecondPersonMissing;
        // The idempotency key belongs to the decision, not to the proof.
        var verified = await credentials.HandleAsync(new VerifyCredentials(input.SecondUserName, input.SecondPassword), nameof(input.SecondUserName), actor with { RequestId = null }, ct);
        if (!verified.IsSuccess) return verified.As<long>();
        if (verified.Value.PersonId == person) return DecisionErrors.SamePerson;
        return verified.Value.Permissions.Contains(Permission.ApproveDeviations) ? verified.Value.PersonId : DecisionErrors.SecondPersonMayNot;
    }
}
