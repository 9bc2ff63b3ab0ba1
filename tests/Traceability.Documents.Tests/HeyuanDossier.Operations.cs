using Traceability.Application.Dossiers;

namespace Traceability.Documents.Tests;

internal static partial class HeyuanDossier
{
    private static IEnumerable<DossierOperation> Operations()
    {
        (int Step, BilingualText Name, string Equipment, BilingualText Machine)[] wet =
        [
            (10, new("脱包/隧道杀菌", "Unpacking, UV tunnel"), "UV-01", new("紫外隧道", "UV tunnel")),
            (20, new("配料溶解", "Dissolving"), "MX-01", new("配料罐", "Mixing tank")),
            (30, new("均质", "Homogenising"), "HM-01", new("均质机", "Homogeniser")),
            (40, new("巴氏杀菌 CCP1", "Pasteurising CCP1"), "PA-01", new("杀菌机", "Pasteuriser")),
            (50, new("浓缩", "Evaporating"), "EV-01", new("蒸发器", "Evaporator")),
            (60, new("喷雾干燥", "Spray drying"), "SD-01", new("干燥塔", "Dryer")),
            (70, new("流化床冷却", "Fluid-bed cooling"), "FB-01", new("流化床", "Fluid bed")),
        ];
        var people = new[] { Zhang, Li, Wang };
        for (var shift = 0; shift < 4; shift++)
        {
            for (var i = 0; i < wet.Length; i++)
            {
                var start = At(3, 18, 0, 30).AddHours(shift * 8 + i);
                yield return new DossierOperation
                {
                    StepNumber = wet[i].Step,
                    StepName = wet[i].Name,
                    BatchCode = "BP-260318-1",
                    WorkOrder = "WO-BP-260318-01",
                    StartedAt = start,
                    FinishedAt = start.AddMinutes(52),
                    Operator = people[(shift + i) % 3],
                    EquipmentCode = wet[i].Equipment,
                    EquipmentName = wet[i].Machine,
                    Good = new(600 + shift * 12.5m, Kilogram),
                    Scrap = new(i == 5 ? 3.2m : 0, Kilogram),
                    Parameters = [.. WetParameters(wet[i].Step, shift, start)],
                    Consumed = wet[i].Step == 20 && shift == 0 ? [.. WetConsumption()] : [],
                };
            }
        }
        foreach (var operation in DryOperations()) yield return operation;
    }

    private static IEnumerable<DossierParameter> WetParameters(int step, int shift, DateTimeOffset start)
    {
        DossierLimits Between(decimal lower, decimal upper, BilingualText unit) => new() { Lower = lower, Upper = upper, Unit = unit };
        DossierValue Measured(decimal value, BilingualText unit) => new() { Number = value, Unit = unit };
        switch (step)
        {
            case 10: yield return new(new("紫外照射时间", "UV exposure"), Measured(34 + shift, "s"), new() { Lower = 30, Unit = "s" }, DossierVerdict.Pass); break;
            case 20: yield return new(new("溶解温度", "Dissolving temperature"), Measured(48.2m + shift, Celsius), Between(45, 55, Celsius), DossierVerdict.Pass); break;
            case 30: yield return new(new("均质压力", "Homogenising pressure"), Measured(19.4m + shift * 0.3m, "MPa"), Between(18, 22, "MPa"), DossierVerdict.Pass); break;
            case 40:
                yield return new(new("杀菌温度", "Pasteurising temperature"), new() { Number = 86.4m, UpTo = 88.1m, Unit = Celsius }, new() { Lower = 85, Unit = Celsius }, DossierVerdict.Pass) { Critical = true, MeasuredAt = start.AddMinutes(20) };
                yield return new(new("保持时间", "Holding time"), Measured(16 + shift, "s"), new() { Lower = 15, Unit = "s" }, DossierVerdict.Pass) { Critical = true, MeasuredAt = start.AddMinutes(20) };
                break;
            case 50: yield return new(new("固形物", "Solids"), Measured(47.1m + shift * 0.4m, Percent), Between(45, 50, Percent), DossierVerdict.Pass); break;
            case 60:
                yield return new(new("进风温度", "Inlet temperature"), Measured(181 + shift, Celsius), Between(170, 190, Celsius), DossierVerdict.Pass);
                yield return shift == 2
                    ? new(new("排风温度", "Outlet temperature"), Measured(91.3m, Celsius), Between(80, 90, Celsius), DossierVerdict.AboveLimit)
                    : new(new("排风温度", "Outlet temperature"), Measured(85.5m + shift, Celsius), Between(80, 90, Celsius), DossierVerdict.Pass);
                break;
            default: yield return new(new("出料温度", "Discharge temperature"), Measured(26.8m + shift * 0.5m, Celsius), new() { Upper = 30, Unit = Celsius }, DossierVerdict.Pass); break;
        }
    }

    private static IEnumerable<DossierConsumption> WetConsumption()
    {
        foreach (var source in Sources().Where(source => source.MaterialCode is "RM" or "LAC" or "OIL" || source.BatchCode == "R-WP90-260310-02"))
            yield return new(source.BatchCode, source.MaterialCode, source.MaterialName, new(source.Received.Value / 5, Kilogram)) { SupplierBatchCode = source.SupplierBatchCode };
    }

    private static IEnumerable<DossierOperation> DryOperations()
    {
        (int Step, BilingualText Name, string Equipment, BilingualText Machine, string Batch, BilingualText Parameter, decimal Value, decimal? Lower, decimal? Upper, BilingualText Unit)[] rows =
        [
            (80, new("干混", "Dry mixing"), "M2", new("混合机 2 号", "Mixer 2"), "DM-260325-1", new("混合时间", "Mixing time"), 13.5m, 12, 15, "min"),
            (80, new("干混", "Dry mixing"), "M2", new("混合机 2 号", "Mixer 2"), "DM-260325-1", new("车间湿度", "Room humidity"), 51, null, 55, Percent),
            (90, new("充氮灌装", "Filling under N₂"), "FL-A", new("灌装线 A", "Filling line A"), BatchCode, new("残氧 O₂", "Residual O₂"), 2.1m, null, 3.0m, Percent),
            (90, new("充氮灌装", "Filling under N₂"), "FL-A", new("灌装线 A", "Filling line A"), BatchCode, new("净含量", "Net weight"), 801.4m, 792, 808, "g"),
            (100, new("金属/X光 CCP2", "Metal/X-ray CCP2"), "XR-01", new("X 光机", "X-ray"), BatchCode, new("铁标块", "Fe test piece"), 1.5m, null, 1.5m, "mm"),
            (100, new("金属/X光 CCP2", "Metal/X-ray CCP2"), "XR-01", new("X 光机", "X-ray"), BatchCode, new("不锈钢标块", "SUS test piece"), 2.5m, null, 2.5m, "mm"),
        ];
        for (var i = 0; i < 12; i++)
        {
            var row = rows[i % rows.Length];
            var start = At(3, i % rows.Length < 2 ? 25 : 26, 8 + i % rows.Length, 10 + i);
            yield return new DossierOperation
            {
                StepNumber = row.Step,
                StepName = row.Name,
                BatchCode = row.Batch,
                WorkOrder = row.Batch == BatchCode ? "WO-S1-260326-01" : "WO-DM-260325-01",
                StartedAt = start,
                FinishedAt = i == 11 ? null : start.AddMinutes(41),
                Operator = Li,
                EquipmentCode = row.Equipment,
                EquipmentName = row.Machine,
                Good = row.Batch == BatchCode ? new(600, Can) : new(1000, Kilogram),
                Scrap = row.Batch == BatchCode ? new(i == 3 ? 4 : 0, Can) : new(i == 1 ? 20 : 0, Kilogram),
                Rework = row.Batch == BatchCode ? new(i == 10 ? 24 : 0, Can) : null,
                Parameters = [new(row.Parameter, new() { Number = row.Value, Unit = row.Unit }, new() { Lower = row.Lower, Upper = row.Upper, Unit = row.Unit }, DossierVerdict.Pass) { Critical = row.Step == 100 }],
                Consumed = i switch
                {
                    0 => [
                        new("BP-260318-1", "BP", new("基粉", "Base powder"), new(1300, Kilogram)),
                        new("R-WP90-260314-01", "WP90", new("脱盐乳清粉 D90", "Demineralised whey powder D90"), new(600, Kilogram)) { SupplierBatchCode = "DH-W260311-07" },
                        new("R-PMX-260301-1", "PMX", new("维生素矿物预混料", "Vitamin and mineral premix"), new(100, Kilogram)) { SupplierBatchCode = "WP-PX-0227" }],
                    2 => [
                        new("DM-260325-1", "DM", new("干混粉", "Dry blend"), new(960, Kilogram)),
                        new("R-CAN-260320-1", "CAN", new("铁罐 800 g", "Can 800 g"), new(1204, Can)) { SupplierBatchCode = "HS-C-26-0311" },
                        new("R-SCP-260312-1", "SCP", new("量勺", "Scoop"), new(1204, new("只", "pcs"))) { SupplierBatchCode = "XS-S-0309" }],
                    _ => [],
                },
            };
        }
    }
}
