using Microsoft.EntityFrameworkCore;
using Traceability.Application.Quality;
using Traceability.Application.WorkOrders;
using Traceability.Data;
using Traceability.Data.Coding;
using Traceability.Data.Ledger;
using Traceability.Domain.Batches;
using Traceability.Domain.Coding;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Operations;
using Traceability.Domain.WorkOrders;

namespace Traceability.Application.Operations;

/// <summary>The end of one operation, inside the caller's transaction. The order's row is locked.</summary>
internal sealed class OperationFinishing(TraceDbContext db, WorkOrder order, OperationReport report, Actor actor, DateTimeOffset now)
{
    /// <summary>Serial numbers one report may make at a time.</summary>
    private const int MaxSerials = 2000;

    private bool keyUsed;

    public async Task<Result<OperationFinished>> FinishAsync(FinishOperation input, CancellationToken ct)
    {
        if (!order.IsOpen) return WorkOrderErrors.NotOpen.With(order.Code);
        if (report.Status != ReportStatus.Started) return OperationErrors.NotRunning;
        var step = await db.Of<WorkOrderStep>().SingleAsync(s => s.Id == report.WorkOrderStepId, ct);
        if (await CheckReasonsAsync(input, ct) is { Failed: true } reasons) return reasons.Errors;
        var parameters = await JudgeAsync(input, ct);
        if (!parameters.IsSuccess) return parameters.As<OperationFinished>();
        var used = await PlaceMaterialAsync(input, step, ct);
        if (!used.IsSuccess) return used.As<OperationFinished>();

        var result = new OperationResult(input.GoodQuantity, Sum(input, LossKind.Scrap), Sum(input, LossKind.Rework), parameters.Value.Any(p => !p.IsWithin), input.CompletesStep, input.Note);
        if (report.Finish(result, actor.PersonId!.Value, now) is { } refused) return refused;
        foreach (var loss in input.Losses ?? [])
            await db.AddAsync(new OperationLoss { OperationReportId = report.Id, Kind = loss.Kind, ReasonCodeId = loss.ReasonCodeId, Quantity = loss.Quantity, Note = loss.Note }, ct);

        var made = await MakeBatchesAsync(input, ct);
        if (!made.IsSuccess) return made.As<OperationFinished>();
        await ChooseRunAsync(used.Value.Consumed.Count > 0, made.Value.Lines.Count > 0, ct);
        var lines = used.Value.Consumed.Select(u => Posting.In(u.BatchId, u.LocationId, u.Quantity, report.RunId))
            .Concat(made.Value.Lines.Select(o => Posting.Out(o.BatchId, o.LocationId, o.Quantity, report.RunId))).ToList();
        if (lines.Count > 0 && await PostAsync(ActivityKind.Produce, lines, null, ct) is { } unposted) return Result<OperationFinished>.Refuse(unposted);
        foreach (var group in used.Value.Scrapped.GroupBy(s => s.ReasonCodeId))
        {
            if (await PostAsync(ActivityKind.Scrap, [.. group.Select(s => Posting.In(s.BatchId, s.LocationId, s.Quantity))], group.Key, ct) is { } unscrapped) return Result<OperationFinished>.Refuse(unscrapped);
        }

        if (made.Value.New.Count > 0 && await OpenInspectionsAsync(made.Value.New, ct) is { } unopened) return Result<OperationFinished>.Refuse(unopened);
        step.Follow(started: true, finished: input.CompletesStep || await db.Of<OperationReport>().AnyAsync(r => r.WorkOrderStepId == step.Id && r.Id != report.Id && r.Status == ReportStatus.Finished && r.CompletesStep, ct));
        return new OperationFinished(report.Id, report.HasOutOfLimits, made.Value.Outputs);
    }

    private static decimal Sum(FinishOperation input, LossKind kind) => (input.Losses ?? []).Where(l => l.Kind == kind).Sum(l => l.Quantity);

    private async Task<Check> CheckReasonsAsync(FinishOperation input, CancellationToken ct)
    {
        var check = new Check();
        var ids = (input.Losses ?? []).Select(l => l.ReasonCodeId).Concat((input.Scraps ?? []).Select(s => s.ReasonCodeId)).Distinct().ToList();
        if (ids.Count == 0) return check;
        var kinds = await db.Of<ReasonCode>().Where(r => ids.Contains(r.Id) && r.IsActive).ToDictionaryAsync(r => r.Id, r => r.Kind, ct);
        for (var i = 0; i < (input.Losses?.Count ?? 0); i++) Demand(input.Losses![i].ReasonCodeId, input.Losses[i].Kind == LossKind.Scrap ? ReasonKind.Scrap : ReasonKind.Rework, $"Losses[{i}].ReasonCodeId");
        for (var i = 0; i < (input.Scraps?.Count ?? 0); i++) Demand(input.Scraps![i].ReasonCodeId, ReasonKind.Scrap, $"Scraps[{i}].ReasonCodeId");
        return check;

        void Demand(long id, ReasonKind kind, string field)
        {
            if (!kinds.TryGetValue(id, out var known)) check.Add(CommonErrors.Unknown.On(field));
            else if (known != kind) check.Add(OperationErrors.ReasonOfOtherKind.On(field));
        }
    }

    /// <summary>Judges the measured parameters against the limits frozen at release.</summary>
    private async Task<Result<List<OperationParameter>>> JudgeAsync(FinishOperation input, CancellationToken ct)
    {
        var known = await db.Of<WorkOrderParameter>().AsNoTracking().Where(p => p.WorkOrderStepId == report.WorkOrderStepId).OrderBy(p => p.Sequence).ToListAsync(ct);
        var check = new Check();
        var judged = new List<OperationParameter>();
        var given = new HashSet<long>();
        foreach (var value in input.Parameters ?? [])
        {
            var field = $"Parameters[{value.Code}]";
            var parameter = known.FirstOrDefault(p => string.Equals(p.Code, value.Code?.Trim(), StringComparison.OrdinalIgnoreCase));
            if (parameter is null) check.Add(OperationErrors.ParameterUnknown.On(field).With(value.Code));
            else if (!given.Add(parameter.Id)) check.Add(OperationErrors.ParameterTwice.On(field).With(parameter.Name));
            else if (decimal.Round(value.Value, Check.QuantityScale) != value.Value) check.Add(CommonErrors.TooPrecise.On(field).With(Check.QuantityScale));
            else judged.Add(OperationParameter.Judge(report.Id, parameter, value.Value, now, actor.Source));
        }

        foreach (var missing in known.Where(p => p.IsRequired && !given.Contains(p.Id))) check.Add(OperationErrors.ParameterMissing.On($"Parameters[{missing.Code}]").With(missing.Name));
        if (check.Failed) return check.Errors;
        foreach (var parameter in judged) await db.AddAsync(parameter, ct);
        return judged;
    }

    private sealed record Placed(long BatchId, long LocationId, decimal Quantity, long ReasonCodeId = 0);

    private sealed record UsedMaterial(List<Placed> Consumed, List<Placed> Scrapped);

    /// <summary>Finds where the consumed and scrapped batches stand; both must be open issues of this order (scrap also its own output).</summary>
    private async Task<Result<UsedMaterial>> PlaceMaterialAsync(FinishOperation input, WorkOrderStep step, CancellationToken ct)
    {
        var open = (await db.IssuedToAsync(order.Id, ct)).ToDictionary(i => (i.BatchId, i.LocationId), i => i.Open);
        var lineSide = await db.Of<WorkCenter>().Where(w => w.Id == step.WorkCenterId).Select(w => w.LocationId).SingleAsync(ct);
        var ids = (input.Consumptions ?? []).Select(c => c.BatchId).Concat((input.Scraps ?? []).Select(s => s.BatchId)).Distinct().ToList();
        var batches = await db.Of<Batch>().AsNoTracking().Where(b => ids.Contains(b.Id) && b.PlantId == order.PlantId).ToDictionaryAsync(b => b.Id, ct);
        var check = new Check();
        var used = new UsedMaterial([], []);
        for (var i = 0; i < (input.Consumptions?.Count ?? 0); i++)
        {
            var line = input.Consumptions![i];
            if (!batches.TryGetValue(line.BatchId, out var batch)) check.Add(BatchErrors.NotFound.On($"Consumptions[{i}].BatchId"));
            else if (Take(line.BatchId, line.Quantity, line.LocationId) is not { } places) check.Add(OperationErrors.NotIssued.On($"Consumptions[{i}].Quantity").With(batch.Code, OpenOf(batch.Id), line.Quantity, order.Code));
            else used.Consumed.AddRange(places);
        }

        for (var i = 0; i < (input.Scraps?.Count ?? 0); i++)
        {
            var line = input.Scraps![i];
            if (!batches.TryGetValue(line.BatchId, out var batch)) check.Add(BatchErrors.NotFound.On($"Scraps[{i}].BatchId"));
            else if (Take(line.BatchId, line.Quantity, line.LocationId) is { } places) used.Scrapped.AddRange(places.Select(p => p with { ReasonCodeId = line.ReasonCodeId }));
            else if (batch.WorkOrderId != order.Id) check.Add(OperationErrors.ScrapOfOtherOrder.On($"Scraps[{i}].BatchId").With(batch.Code, order.Code));
            else if (await PlaceOfAsync(batch.Id, line.LocationId, line.Quantity, ct) is not { } place) check.Add(LedgerErrors.Insufficient.On($"Scraps[{i}].Quantity").With(batch.Code, 0m, line.Quantity));
            else used.Scrapped.Add(new Placed(batch.Id, place, line.Quantity, line.ReasonCodeId));
        }

        return check.Failed ? check.Errors : used;

        decimal OpenOf(long batchId) => open.Where(o => o.Key.BatchId == batchId).Sum(o => o.Value);

        // Takes from this operation's line side first, then from the order's other ones; null when there is not enough.
        List<Placed>? Take(long batchId, decimal quantity, long? locationId)
        {
            var places = open.Where(o => o.Key.BatchId == batchId && o.Value > 0 && (locationId is null || o.Key.LocationId == locationId))
                .OrderByDescending(o => o.Key.LocationId == lineSide).ThenBy(o => o.Key.LocationId).ToList();
            if (places.Sum(p => p.Value) < quantity) return null;
            var taken = new List<Placed>();
            foreach (var (key, available) in places)
            {
                var part = Math.Min(available, quantity);
                if (part <= 0) break;
                taken.Add(new Placed(batchId, key.LocationId, part));
                open[key] = available - part;
                quantity -= part;
            }

            return taken;
        }
    }

    private async Task<long?> PlaceOfAsync(long batchId, long? locationId, decimal quantity, CancellationToken ct) =>
        locationId ?? await db.Of<Stock>().Where(s => s.BatchId == batchId && s.Quantity >= quantity).OrderBy(s => s.Id).Select(s => (long?)s.LocationId).FirstOrDefaultAsync(ct);

    private sealed record Made(List<Placed> Lines, List<OutputBatch> Outputs, List<Batch> New);

    /// <summary>Opens the final inspections that the new batches owe.</summary>
    private async Task<IReadOnlyList<Error>?> OpenInspectionsAsync(List<Batch> batches, CancellationToken ct)
    {
        var plant = await db.Of<Plant>().AsNoTracking().SingleAsync(p => p.Id == order.PlantId, ct);
        var opened = await db.OpenOwedInspectionsAsync(batches, plant, now, ct);
        return opened.IsSuccess ? null : opened.Errors;
    }

    /// <summary>New batches by the coding rule (one a unit where the material is tracked by serial number), or more of an existing one.</summary>
    private async Task<Result<Made>> MakeBatchesAsync(FinishOperation input, CancellationToken ct)
    {
        var made = new Made([], [], []);
        if (input.Outputs is not { Count: > 0 } outputs) return made;
        var material = await db.Of<Material>().AsNoTracking().SingleAsync(m => m.Id == order.MaterialId, ct);
        var plant = await db.Of<Plant>().AsNoTracking().SingleAsync(p => p.Id == order.PlantId, ct);
        var today = plant.DayOf(now);
        for (var i = 0; i < outputs.Count; i++)
        {
            var output = outputs[i];
            if (output.BatchId is { } batchId)
            {
                var existing = await db.Of<Batch>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == batchId && b.PlantId == plant.Id, ct);
                if (existing is null) return BatchErrors.NotFound.On($"Outputs[{i}].BatchId");
                if (existing.WorkOrderId != order.Id || existing.Origin != BatchOrigin.Produced) return OperationErrors.OutputOfOtherOrder.On($"Outputs[{i}].BatchId").With(existing.Code, order.Code);
                made.Lines.Add(new Placed(existing.Id, output.LocationId, output.Quantity));
                made.Outputs.Add(new OutputBatch(existing.Id, existing.Code, output.Quantity, existing.QualityStatus));
                continue;
            }

            var serial = material.Tracking == Tracking.Serial;
            if (serial && (output.Quantity != decimal.Truncate(output.Quantity) || output.Quantity > MaxSerials)) return OperationErrors.WholeUnits.On($"Outputs[{i}].Quantity").With(MaxSerials);
            var values = new CodingValues(today, material.Kind == MaterialKind.Finished ? "F" : "S", material.ShortCode, order.LineCode, plant.Code);
            var codes = await db.NextCodesAsync(CodedRecord.Batch, plant.Id, values, serial ? (int)output.Quantity : 1, ct, material.Kind);
            if (!codes.IsSuccess) return codes.As<Made>();
            foreach (var code in codes.Value)
            {
                var batch = Batch.Produce(plant.Id, code, material, order.Id, today, now, now);
                await db.AddAsync(batch, ct);
                made.New.Add(batch);
                var quantity = serial ? 1 : output.Quantity;
                made.Lines.Add(new Placed(batch.Id, output.LocationId, quantity));
                made.Outputs.Add(new OutputBatch(batch.Id, batch.Code, quantity, batch.QualityStatus));
            }
        }

        return made;
    }

    /// <summary>
    /// A run of its own only tells the truth when what went in and what came out are both in this report and nothing went into
    /// the order's run before; otherwise the material is told apart by the order.
    /// </summary>
    private async Task ChooseRunAsync(bool consumes, bool makes, CancellationToken ct)
    {
        if (report.RunId == order.RunId || (!consumes && !makes)) return;
        var mixed = await db.Of<ActivityLine>().Where(l => l.RunId == order.RunId && l.Direction == LineDirection.Input).SumAsync(l => l.Quantity, ct) > 0;
        if (!consumes || !makes || mixed) report.JoinOrderRun(order.RunId!.Value);
        else await db.Of<Run>().Where(r => r.Id == report.RunId).ExecuteUpdateAsync(u => u.SetProperty(r => r.EndedAt, now), ct);
    }

    private async Task<IReadOnlyList<Error>?> PostAsync(ActivityKind kind, List<PostingLine> lines, long? reasonCodeId, CancellationToken ct)
    {
        var posted = await db.PostAsync(new Posting(kind, lines)
        {
            EquipmentId = kind == ActivityKind.Produce ? report.EquipmentId : null,
            WorkOrderId = order.Id,
            WorkOrderStepId = report.WorkOrderStepId,
            OperationReportId = report.Id,
            ReasonCodeId = reasonCodeId,
            Document = order.Code,
            // The first activity carries the caller's key; it may stand on one activity only.
        }, keyUsed ? actor with { RequestId = null } : actor, now, ct);
        keyUsed = true;
        return posted.IsSuccess ? null : posted.Errors;
    }
}
