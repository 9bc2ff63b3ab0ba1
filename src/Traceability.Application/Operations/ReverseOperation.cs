using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Traceability.Application.WorkOrders;
using Traceability.Data;
using Traceability.Data.Ledger;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Operations;
using Traceability.Domain.WorkOrders;

namespace Traceability.Application.Operations;

/// <summary>
/// Takes a whole operation report back: every activity it posted is reversed, its step opens again. Refused when what it made
/// is no longer where it was put.
/// </summary>
public sealed record ReverseOperation(long ReportId, string Reason, long? ReasonCodeId = null);

public sealed record OperationReversed(long ReportId, IReadOnlyList<long> ActivityIds);

public sealed class ReverseOperationHandler(TraceDatabase database, TimeProvider clock, ILogger<ReverseOperationHandler> log)
{
    public async Task<Result<OperationReversed>> HandleAsync(ReverseOperation input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ReverseReports) is { } forbidden) return forbidden;
        if (actor.PersonId is not { } person) return CommonErrors.NoPerson;
        if (new Check().Reason(input.Reason) is { Failed: true } form) return form.Errors;
        var now = clock.GetUtcNow();
        await using var db = await database.BeginAsync(actor, "operations.reverse", ct, input.Reason.Trim());
        var orderId = await db.Of<OperationReport>().Where(r => r.Id == input.ReportId).Select(r => (long?)r.WorkOrderId).SingleOrDefaultAsync(ct);
        if (orderId is null || await db.LockOrderAsync(orderId.Value, actor, ct) is not { } order) return OperationErrors.NotFound;
        var report = (await db.LockAsync<OperationReport>(input.ReportId, ct))!;
        if (input.ReasonCodeId is { } code && !await db.Of<ReasonCode>().AnyAsync(r => r.Id == code && r.Kind == ReasonKind.Reversal && r.IsActive, ct)) return CommonErrors.Unknown.On(nameof(input.ReasonCodeId));
        if (order.Reopen() is { } closed) return closed;
        if (report.Reverse(person, input.Reason, now) is { } refused) return refused;

        var posted = await db.Of<Activity>().AsNoTracking().Where(a => a.OperationReportId == report.Id && a.ReversesId == null).OrderByDescending(a => a.Id).Select(a => a.Id).ToListAsync(ct);
        var reversed = await db.Of<Activity>().AsNoTracking().Where(a => a.OperationReportId == report.Id && a.ReversesId != null).Select(a => a.ReversesId!.Value).ToListAsync(ct);
        var activities = new List<long>();
        foreach (var id in posted.Except(reversed))
        {
            var back = await db.ReverseAsync(id, input.Reason.Trim(), input.ReasonCodeId, actor, now, ct);
            if (!back.IsSuccess) return back.As<OperationReversed>();
            activities.Add(back.Value.Id);
        }

        var standing = await db.Of<OperationReport>().AsNoTracking().Where(r => r.WorkOrderStepId == report.WorkOrderStepId && r.Id != report.Id && r.Status != ReportStatus.Reversed)
            .Select(r => new { r.Status, r.CompletesStep }).ToListAsync(ct);
        var step = await db.Of<WorkOrderStep>().SingleAsync(s => s.Id == report.WorkOrderStepId, ct);
        step.Follow(standing.Count > 0, standing.Any(r => r.Status == ReportStatus.Finished && r.CompletesStep));
        var saved = await db.SaveAsync(() => new OperationReversed(report.Id, activities), ct);
        if (saved.IsSuccess) log.LogInformation("Operation report {Report} of order {Order} taken back", report.Id, order.Code);
        return saved;
    }
}
