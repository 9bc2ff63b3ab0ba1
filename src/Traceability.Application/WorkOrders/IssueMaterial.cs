using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Traceability.Application.Users;
using Traceability.Data;
using Traceability.Data.Ledger;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.WorkOrders;

namespace Traceability.Application.WorkOrders;

/// <summary>
/// Hands batches from the warehouse to an order, at the line-side location of the work centre that uses them. The person who
/// receives them confirms with their own password.
/// </summary>
/// <param name="ReceiverPersonId">Names the receiver without a password; only for the system itself (seeding a demonstration).</param>
public sealed record IssueMaterial(long WorkOrderId, IReadOnlyList<IssueLineInput> Lines, string? ReceiverUserName = null, string? ReceiverPassword = null, long? ReceiverPersonId = null, string? Note = null);

/// <param name="LocationId">Warehouse location it is taken from.</param>
/// <param name="Quantity">In the material's stock unit.</param>
/// <param name="WorkCenterId">Where it goes when not to the work centre of the operation the bill of materials names.</param>
public sealed record IssueLineInput(long BatchId, long LocationId, decimal Quantity, long? WorkCenterId = null);

public sealed record MaterialIssued(long ActivityId, string OrderCode, string ReceivedBy);

public sealed class IssueMaterialHandler(TraceDatabase database, VerifyCredentialsHandler credentials, TimeProvider clock, ILogger<IssueMaterialHandler> log)
{
    public async Task<Result<MaterialIssued>> HandleAsync(IssueMaterial input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.IssueMaterial) is { } forbidden) return forbidden;
        if (CheckForm(input, actor) is { Failed: true } form) return form.Errors;
        var receiver = await VerifyReceiverAsync(input, actor, ct);
        if (!receiver.IsSuccess) return receiver.As<MaterialIssued>();
        if (receiver.Value == actor.PersonId) return IssueErrors.ReceiverSamePerson;

        await using var db = await database.BeginAsync(actor, "orders.issue", ct);
        if (await db.LockOrderAsync(input.WorkOrderId, actor, ct) is not { } order) return WorkOrderErrors.NotFound;
        if (!order.IsOpen) return WorkOrderErrors.NotOpen.With(order.Code);
        var received = await db.Of<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == receiver.Value, ct);
        if (received is null) return CommonErrors.Unknown.On(nameof(input.ReceiverUserName));

        var routes = await LineSide.LoadAsync(db, order, ct);
        var batchIds = input.Lines.Select(l => l.BatchId).Distinct().ToList();
        var batches = await db.Of<Batch>().AsNoTracking().Where(b => batchIds.Contains(b.Id) && b.PlantId == order.PlantId).ToDictionaryAsync(b => b.Id, ct);
        var locationIds = input.Lines.Select(l => l.LocationId).Distinct().ToList();
        var warehouses = (await db.Of<Location>().Where(l => locationIds.Contains(l.Id) && l.Kind == LocationKind.Warehouse).Select(l => l.Id).ToListAsync(ct)).ToHashSet();
        var check = new Check();
        var postings = new List<PostingLine>();
        for (var i = 0; i < input.Lines.Count; i++)
        {
            var line = input.Lines[i];
            if (!batches.TryGetValue(line.BatchId, out var batch)) check.Add(BatchErrors.NotFound.On($"Lines[{i}].BatchId"));
            else if (!warehouses.Contains(line.LocationId)) check.Add(IssueErrors.NotFromWarehouse.On($"Lines[{i}].LocationId").With(batch.Code));
            else if (routes.Target(batch, line.WorkCenterId) is not { } target) check.Add(CommonErrors.Unknown.On($"Lines[{i}].WorkCenterId"));
            else postings.AddRange([Posting.In(batch.Id, line.LocationId, line.Quantity), Posting.Out(batch.Id, target, line.Quantity)]);
        }

        if (check.Failed) return check.Errors;
        var posted = await db.PostAsync(new Posting(ActivityKind.Issue, postings) { WorkOrderId = order.Id, WitnessId = received.Id, Document = order.Code, Reason = input.Note }, actor, clock.GetUtcNow(), ct);
        if (!posted.IsSuccess) return posted.As<MaterialIssued>();
        var saved = await db.SaveAsync(() => new MaterialIssued(posted.Value.Id, order.Code, received.Name), ct);
        if (saved.IsSuccess) log.LogInformation("Issued {Batches} to order {Order}", batches.Values.Select(b => b.Code), order.Code);
        return saved;
    }

    private async Task<Result<long>> VerifyReceiverAsync(IssueMaterial input, Actor actor, CancellationToken ct)
    {
        if (actor.UserId == 0 && input.ReceiverPersonId is { } person) return person;
        // The check keeps its own record (a wrong password counts), so it must not use up this call's idempotency key.
        var verified = await credentials.HandleAsync(new VerifyCredentials(input.ReceiverUserName, input.ReceiverPassword), nameof(input.ReceiverPassword), actor with { RequestId = null }, ct);
        return verified.IsSuccess ? verified.Value.PersonId : verified.As<long>();
    }

    private static Check CheckForm(IssueMaterial input, Actor actor)
    {
        var check = new Check().That(input.Lines is { Count: > 0 and <= 200 }, IssueErrors.NoLines).OptionalText(input.Note, nameof(input.Note), 500)
            .That(!string.IsNullOrWhiteSpace(input.ReceiverUserName) || (actor.UserId == 0 && input.ReceiverPersonId is not null), IssueErrors.ReceiverRequired);
        for (var i = 0; i < (input.Lines?.Count ?? 0); i++)
            check.Id(input.Lines![i].BatchId, $"Lines[{i}].BatchId").Id(input.Lines[i].LocationId, $"Lines[{i}].LocationId").Quantity(input.Lines[i].Quantity, $"Lines[{i}].Quantity");
        return check;
    }
}

/// <summary>Where material of an order goes: the line-side location of the operation that uses it.</summary>
internal sealed class LineSide
{
    private readonly Dictionary<long, long> locationByCenter = [];
    private readonly Dictionary<long, long> centerByMaterial = [];
    private readonly Dictionary<long, long> replaced = [];
    private long? firstCenter;

    public static async Task<LineSide> LoadAsync(TraceDbContext db, WorkOrder order, CancellationToken ct)
    {
        var side = new LineSide();
        var steps = await db.Of<WorkOrderStep>().AsNoTracking().Where(s => s.WorkOrderId == order.Id).OrderBy(s => s.Number).ToListAsync(ct);
        side.firstCenter = steps.FirstOrDefault()?.WorkCenterId;
        foreach (var center in await db.Of<WorkCenter>().AsNoTracking().Where(w => w.PlantId == order.PlantId && w.IsActive).ToListAsync(ct)) side.locationByCenter[center.Id] = center.LocationId;
        foreach (var line in await db.Of<WorkOrderMaterial>().AsNoTracking().Where(m => m.WorkOrderId == order.Id && m.StepNumber != null).ToListAsync(ct))
        {
            if (steps.FirstOrDefault(s => s.Number == line.StepNumber) is { } step) side.centerByMaterial[line.MaterialId] = step.WorkCenterId;
        }

        foreach (var deviation in await db.Of<Deviation>().AsNoTracking().Where(d => d.WorkOrderId == order.Id && d.Status == DeviationStatus.Approved && d.ReplacesMaterialId != null).ToListAsync(ct))
            side.replaced[deviation.MaterialId] = deviation.ReplacesMaterialId!.Value;
        return side;
    }

    /// <summary>The location for a batch; a substitute goes where the material it replaces goes. Null when the work centre is unknown.</summary>
    public long? Target(Batch batch, long? workCenterId)
    {
        var material = centerByMaterial.ContainsKey(batch.MaterialId) ? batch.MaterialId : replaced.GetValueOrDefault(batch.MaterialId, batch.MaterialId);
        var center = workCenterId ?? (centerByMaterial.TryGetValue(material, out var known) ? known : firstCenter);
        return center is { } id && locationByCenter.TryGetValue(id, out var location) ? location : null;
    }
}
