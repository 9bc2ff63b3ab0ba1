using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Application.Operations;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Operations;
using Traceability.Domain.Quality;

namespace Traceability.Application.Dossiers.Facts;

/// <content>How it and what went into it was made and tested.</content>
internal sealed partial class DossierFacts
{
    private long[] OrdersBack => [.. back.RunIds.Select(id => runs[id].WorkOrderId).OfType<long>().Distinct()];

    /// <summary>
    /// Every operation of the orders on the way back, order by order in the order they were worked on. Of an operation that keeps
    /// its reports apart only those on the way are told.
    /// </summary>
    private async Task<List<DossierOperation>> OperationsAsync()
    {
        var (orders, onTheWay) = (OrdersBack, back.RunIds);
        var reports = await ReportQueries.LoadAsync(db, db.Of<OperationReport>().Where(r => orders.Contains(r.WorkOrderId) && r.Status != ReportStatus.Reversed
            && (onTheWay.Contains(r.RunId) || db.Of<Run>().Any(u => u.Id == r.RunId && u.Grain == RunGrain.Order))), ct);
        var made = back.BatchIds.Select(id => batches[id]).Where(b => b.Origin == BatchOrigin.Produced && b.WorkOrderId is not null).ToLookup(b => b.WorkOrderId!.Value, b => b.Code);
        return [.. reports.GroupBy(r => r.OrderId).OrderBy(o => o.Min(r => r.StartedAt)).ThenBy(o => o.Key).SelectMany(o => o).Select(r =>
        {
            var own = r.Produced.Where(p => batches.ContainsKey(p.BatchId)).Select(p => p.BatchCode).ToList();
            return new DossierOperation
            {
                StepNumber = r.StepNumber,
                StepName = new BilingualText(r.StepName, r.StepNameEn),
                BatchCode = Codes(own.Count > 0 ? own : [.. made[r.OrderId]], 2),
                WorkOrder = r.OrderCode,
                StartedAt = r.StartedAt,
                FinishedAt = r.FinishedAt,
                Operator = Person(r.Operator),
                Helpers = [.. r.Helpers.Select(Person)],
                EquipmentCode = r.Equipment?.Code,
                EquipmentName = r.Equipment is { } machine ? Name(machine) : null,
                Good = Quantity(r.GoodQuantity, r.UnitCode),
                Scrap = Quantity(r.ScrapQuantity, r.UnitCode),
                Rework = Quantity(r.ReworkQuantity, r.UnitCode),
                Parameters = [.. r.Parameters.Select(p => Parameter(p, r.IsKeyPoint))],
                Consumed = [.. r.Consumed.Select(c => new DossierConsumption(c.BatchCode, c.Material.Code, Name(c.Material), Quantity(c.Quantity, c.UnitCode)) { SupplierBatchCode = c.SupplierBatchCode })],
            };
        })];
    }

    private static DossierParameter Parameter(MeasuredParameter measured, bool keyPoint)
    {
        var limited = measured.LowerLimit is not null || measured.UpperLimit is not null;
        BilingualText? unit = measured.Unit;
        return new DossierParameter(new BilingualText(measured.Name, measured.NameEn), new DossierValue { Number = measured.Value, Unit = unit },
            limited ? new DossierLimits { Lower = measured.LowerLimit, Upper = measured.UpperLimit, Unit = unit } : null, Verdict(measured.IsWithin, measured.Value, measured.LowerLimit, measured.UpperLimit))
        {
            MeasuredAt = measured.MeasuredAt,
            Critical = keyPoint,
        };
    }

    /// <summary>The judgement that was stored; the limits only say on which side a value lay.</summary>
    private static DossierVerdict Verdict(bool isWithin, decimal? value, decimal? lower, decimal? upper) =>
        isWithin ? lower is null && upper is null ? DossierVerdict.NotJudged : DossierVerdict.Pass
            : value < lower ? DossierVerdict.BelowLimit : value > upper ? DossierVerdict.AboveLimit : DossierVerdict.Fail;

    /// <summary>Inspections of the batch and of everything that went into it, open ones too.</summary>
    private async Task<List<DossierInspection>> InspectionsAsync()
    {
        var ids = back.BatchIds;
        var inspections = await db.Of<Inspection>().Where(i => ids.Contains(i.BatchId)).OrderBy(i => i.CreatedAt).ThenBy(i => i.Id).ToListAsync(ct);
        if (inspections.Count == 0) return [];
        var (inspectionIds, planIds) = (inspections.Select(i => i.Id).ToList(), inspections.Select(i => i.InspectionPlanId).Distinct().ToList());
        var plans = (await db.Of<Characteristic>().Where(c => planIds.Contains(c.InspectionPlanId)).OrderBy(c => c.Sequence).ToListAsync(ct)).ToLookup(c => c.InspectionPlanId);
        var results = (await db.Of<InspectionResult>().Where(r => inspectionIds.Contains(r.InspectionId)).OrderBy(r => r.SampleNumber).ToListAsync(ct)).ToLookup(r => (r.InspectionId, r.CharacteristicId));
        var people = await db.Of<Person>().Where(p => inspections.Select(i => i.InspectorId).Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => new Ref(p.Id, p.Code, p.Name, p.NameEn), ct);
        return [.. inspections.Select(i => new DossierInspection
        {
            Number = i.Code,
            Kind = DossierWords.Inspection(i.Kind),
            BatchCode = batches[i.BatchId].Code,
            InspectedAt = i.ConcludedAt ?? i.CreatedAt,
            Verdict = i.Status switch { InspectionStatus.Passed => DossierVerdict.Pass, InspectionStatus.Failed => DossierVerdict.Fail, _ => DossierVerdict.NotJudged },
            Inspector = i.InspectorId is { } inspector ? Person(people[inspector]) : null,
            SampleSize = i.SampleQuantity is { } sample ? $"{DossierWords.Number(sample)} {batches[i.BatchId].Unit}" : null,
            Characteristics = [.. plans[i.InspectionPlanId].Select(c => Tested(c, [.. results[(i.Id, c.Id)]]))],
        })];
    }

    private static DossierCharacteristic Tested(Characteristic characteristic, List<InspectionResult> results)
    {
        BilingualText? unit = characteristic.Unit;
        var values = results.Where(r => r.Value is not null).Select(r => r.Value!.Value).ToList();
        var limits = characteristic.Kind switch
        {
            CharacteristicKind.PassFail => null,
            CharacteristicKind.Sampling => new DossierLimits { Text = DossierWords.SamplingPlan(characteristic) },
            _ => new DossierLimits { Lower = characteristic.LowerLimit, Upper = characteristic.UpperLimit, Unit = unit },
        };
        var value = characteristic.Kind == CharacteristicKind.PassFail
            ? new DossierValue { Text = results.Count == 0 ? null : DossierWords.Judgement(results.All(r => r.Passed == true)) }
            : values.Count == 0 ? new DossierValue() : new DossierValue { Number = values.Min(), UpTo = values.Count > 1 ? values.Max() : null, Unit = unit };
        var verdict = characteristic.Judge([.. results.Select(r => r.Unit)]) switch
        {
            CharacteristicVerdict.Open => DossierVerdict.NotJudged,
            CharacteristicVerdict.Passed => DossierVerdict.Pass,
            _ => characteristic.Kind == CharacteristicKind.Numeric && results.Count == 1
                ? Verdict(false, results[0].Value, characteristic.LowerLimit, characteristic.UpperLimit) : DossierVerdict.Fail,
        };
        return new DossierCharacteristic(new BilingualText(characteristic.Name, characteristic.NameEn), limits, value, verdict) { Method = characteristic.Method };
    }
}
