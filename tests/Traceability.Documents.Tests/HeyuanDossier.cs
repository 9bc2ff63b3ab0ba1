using Traceability.Application.Dossiers;

namespace Traceability.Documents.Tests;

/// <summary>
/// The dossier of a recalled batch of infant milk powder: 40 operations, about 200 rows, one value over its limit, one hold in
/// force, two gaps. Companies and people are invented.
/// </summary>
internal static partial class HeyuanDossier
{
    public const string BatchCode = "F-S1-800-260326-A";

    private static readonly BilingualText Kilogram = "kg";
    private static readonly BilingualText Can = new("罐", "cans");
    private static readonly BilingualText Celsius = "°C";
    private static readonly BilingualText Percent = "%";

    private static readonly DossierPerson Zhang = new("OP001", new("张伟", "Zhang Wei"));
    private static readonly DossierPerson Li = new("OP002", new("李娜", "Li Na"));
    private static readonly DossierPerson Wang = new("OP003", new("王强", "Wang Qiang"));
    private static readonly DossierPerson Zhao = new("WH01", new("赵敏", "Zhao Min"));
    private static readonly DossierPerson Chen = new("QC01", new("陈静", "Chen Jing"));
    private static readonly DossierPerson Liu = new("QA01", new("刘洋", "Liu Yang"));
    private static readonly DossierPerson Zhou = new("MG01", new("周涛", "Zhou Tao"));

    public static DossierModel Model() => new()
    {
        Number = "DOS-260409-0007",
        CreatedAt = At(4, 9, 11, 42),
        CreatedBy = Liu,
        Company = new("禾源乳品有限公司", "Heyuan Dairy Co., Ltd"),
        Plant = new("一厂", "Plant 1"),
        TimeZone = "Asia/Shanghai",
        VerificationUrl = "https://trace.example.com/verify/DOS-260409-0007",
        Batch = new DossierBatch
        {
            Code = BatchCode,
            MaterialCode = "S1-800",
            MaterialName = new("婴儿配方乳粉1段 800 g", "Infant formula stage 1, 800 g"),
            Specification = new("800 g × 1"),
            Quantity = new(1200, Can),
            Status = DossierStatus.OnHold,
            WorkOrder = "WO-S1-260326-01",
            RoutingVersion = "RT-S1 v7",
            BomVersion = "BOM-S1 v12",
            ProducedAt = At(3, 26, 14, 5),
            ReleasedAt = At(3, 29, 16, 20),
            ExpiresOn = new DateOnly(2028, 3, 25),
        },
        Decisions =
        [
            new(At(3, 26, 14, 5), null, DossierStatus.Pending, Li, new("下线入库，待成品检验", "Off the line, waiting for the final inspection")),
            new(At(3, 29, 16, 20), DossierStatus.Pending, DossierStatus.Released, Liu, new("成品检验 12 项全部合格，批记录审核通过", "All 12 final tests passed, batch record reviewed")) { SecondPerson = Zhou, Document = "FQC-260329-03" },
            new(At(4, 9, 9, 4), DossierStatus.Released, DossierStatus.OnHold, Liu, new("供应商通报 DH-W260311-07 留样疑似克罗诺杆菌阳性；干混后无杀菌工序", "Supplier reports its retained sample of DH-W260311-07 presumptive positive for Cronobacter; no kill step after dry mixing")) { SecondPerson = Zhou, Document = "INC-260409-01" },
        ],
        Sources = Sources(),
        Operations = [.. Operations()],
        Inspections = Inspections(),
        Moves = [.. Moves()],
        Shipments =
        [
            new("SH-260401-02", At(4, 1, 9, 30), "C-HD", new("华东母婴连锁", "East China Mother & Baby"), BatchCode, new(720, Can)) { DeliveryNote = "DN-88121", Carrier = new("顺安冷链", "Shun’an Logistics"), Returned = new(652, Can) },
            new("SH-260402-01", At(4, 2, 10, 10), "C-JJ", new("京津商超", "Jingjin Supermarkets"), BatchCode, new(360, Can)) { DeliveryNote = "DN-88135", Carrier = new("顺安冷链", "Shun’an Logistics") },
        ],
        Backward = Backward(),
        Forward =
        [
            new(1, "SH-260401-02", "S1-800", new("婴儿配方乳粉1段 800 g", "Infant formula stage 1, 800 g"), BatchCode, new(720, Can), DossierStatus.Shipped) { Partner = new("华东母婴连锁", "East China Mother & Baby") },
            new(1, "SH-260402-01", "S1-800", new("婴儿配方乳粉1段 800 g", "Infant formula stage 1, 800 g"), BatchCode, new(360, Can), DossierStatus.Shipped) { Partner = new("京津商超", "Jingjin Supermarkets") },
        ],
        Holds =
        [
            new("HLD-260409-01", new("R-WP90-260314-01 及全部下游", "R-WP90-260314-01 and everything downstream"), At(4, 9, 9, 4), Liu, new("供应商通报疑似克罗诺杆菌阳性", "Supplier reports presumptive Cronobacter")),
            new("HLD-260328-02", new("本批 24 罐", "24 cans of this batch"), At(3, 28, 10, 0), Chen, new("罐口喷码模糊", "Blurred print on the can")) { LiftedAt = At(3, 28, 15, 30), LiftedBy = Chen, Decision = new("重新喷码后合格", "Reprinted, conforming") },
        ],
        Gaps =
        [
            new(new("未跟踪物料", "Untracked material"), "N2", new("充氮用氮气按储罐管理，仅能给出同期在用的三个供应商批号", "Nitrogen is kept in a tank: only the three supplier batches in use at the time can be named")),
            new(new("迟报", "Late report"), "DM-260325-1 / 80", new("环境湿度 3 月 25 日 10:00 的读数于次日补录", "The humidity reading of 25 March 10:00 was entered a day late")),
        ],
        Audit = [.. Audit()],
        AuditTotal = 418,
    };

    private static DateTimeOffset At(int month, int day, int hour, int minute) => new(2026, month, day, hour, minute, 0, TimeSpan.FromHours(8));

    private static string Digest(int seed) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(seed)));

    private static DossierSource[] Sources()
    {
        (string, BilingualText, string, string, BilingualText, decimal, BilingualText)[] rows =
        [
            ("R-WP90-260314-01", new("昊德乳品配料", "Haode Dairy Ingredients"), "DH-W260311-07", "WP90", new("脱盐乳清粉 D90", "Demineralised whey powder D90"), 4000, Kilogram),
            ("R-WP90-260310-02", new("昊德乳品配料", "Haode Dairy Ingredients"), "DH-W260305-02", "WP90", new("脱盐乳清粉 D90", "Demineralised whey powder D90"), 4000, Kilogram),
            ("R-RM-260317-1", new("青原牧业", "Qingyuan Pastures"), "QY-0317A", "RM", new("生牛乳", "Raw milk"), 12500, Kilogram),
            ("R-RM-260317-2", new("青原牧业", "Qingyuan Pastures"), "QY-0317B", "RM", new("生牛乳", "Raw milk"), 11800, Kilogram),
            ("R-RM-260318-1", new("青原牧业", "Qingyuan Pastures"), "QY-0318A", "RM", new("生牛乳", "Raw milk"), 12100, Kilogram),
            ("R-LAC-260305-1", new("瑞糖", "Ruitang"), "RT2602-118", "LAC", new("乳糖", "Lactose"), 6000, Kilogram),
            ("R-OIL-260308-1", new("金穗油脂", "Jinsui Oils"), "JS-V-2603-04", "OIL", new("植物油", "Vegetable oil"), 5000, Kilogram),
            ("R-PMX-260301-1", new("维普营养", "Weipu Nutrition"), "WP-PX-0227", "PMX", new("维生素矿物预混料", "Vitamin and mineral premix"), 500, Kilogram),
            ("R-CAN-260320-1", new("宏盛制罐", "Hongsheng Cans"), "HS-C-26-0311", "CAN", new("铁罐 800 g", "Can 800 g"), 12000, Can),
            ("R-SCP-260312-1", new("新塑", "Xinsu Plastics"), "XS-S-0309", "SCP", new("量勺", "Scoop"), 20000, new("只", "pcs")),
            ("R-N2-260322-1", new("北气", "Beiqi Gases"), "BQ-260322", "N2", new("氮气", "Nitrogen"), 800, new("m³", "m³")),
        ];
        return [.. rows.Select((row, i) => new DossierSource
        {
            BatchCode = row.Item1,
            SupplierCode = $"S-{row.Item4}",
            SupplierName = row.Item2,
            SupplierBatchCode = row.Item3,
            MaterialCode = row.Item4,
            MaterialName = row.Item5,
            Received = new(row.Item6, row.Item7),
            ReceiptNumber = $"GR-2603{10 + i}-0{1 + i % 3}",
            ReceivedAt = At(3, 10 + i, 9, 15 + i),
            Status = i == 0 ? DossierStatus.OnHold : DossierStatus.Released,
            Certificates = i is 8 or 9 or 10
                ? [new(new("合格证", "Certificate of conformity"), $"CoC_{row.Item3}.pdf", Digest(i))]
                : [new(new("质检报告", "Certificate of analysis"), $"CoA_{row.Item3}.pdf", Digest(i)), new(new("检疫证明", "Quarantine certificate"), $"检疫_{row.Item3}.pdf", Digest(i + 100))],
        })];
    }

    private static DossierInspection[] Inspections()
    {
        DossierCharacteristic Range(BilingualText name, decimal lower, decimal upper, decimal value, BilingualText unit, string method) =>
            new(name, new() { Lower = lower, Upper = upper, Unit = unit }, new() { Number = value, Unit = unit }, DossierVerdict.Pass) { Method = method };
        DossierCharacteristic Words(BilingualText name, BilingualText limit, BilingualText result, string method) =>
            new(name, new() { Text = limit }, new() { Text = result }, DossierVerdict.Pass) { Method = method };
        return
        [
            new()
            {
                Number = "IQC-260314-05", Kind = new("来料检验", "Incoming inspection"), BatchCode = "R-WP90-260314-01", InspectedAt = At(3, 14, 15, 30), Verdict = DossierVerdict.Pass, Inspector = Chen, SampleSize = "n = 13 / 160",
                Characteristics =
                [
                    new(new("蛋白质", "Protein"), new() { Lower = 11.0m, Unit = Percent }, new() { Number = 11.6m, Unit = Percent }, DossierVerdict.Pass) { Method = "GB 5009.5" },
                    new(new("水分", "Moisture"), new() { Upper = 3.0m, Unit = Percent }, new() { Number = 2.4m, Unit = Percent }, DossierVerdict.Pass) { Method = "GB 5009.3" },
                    new(new("菌落总数", "Plate count"), new() { Upper = 10000, Unit = "CFU/g" }, new() { Number = 340, Unit = "CFU/g" }, DossierVerdict.Pass) { Method = "GB 4789.2" },
                    Words(new("供应商证书", "Supplier certificate"), new("必须随货", "Required"), new("已核对", "Checked"), "—"),
                ],
            },
            new()
            {
                Number = "FQC-260329-03", Kind = new("成品检验", "Final inspection"), BatchCode = BatchCode, InspectedAt = At(3, 29, 15, 40), Verdict = DossierVerdict.Pass, Inspector = Chen, SecondPerson = Liu, SampleSize = "n = 5",
                Characteristics =
                [
                    Range(new("蛋白质", "Protein"), 10.5m, 12.5m, 11.4m, "g/100 g", "GB 5009.5"),
                    Range(new("脂肪", "Fat"), 25, 29, 27.2m, "g/100 g", "GB 5009.6"),
                    new(new("水分", "Moisture"), new() { Upper = 5.0m, Unit = Percent }, new() { Number = 2.9m, Unit = Percent }, DossierVerdict.Pass) { Method = "GB 5009.3" },
                    new(new("杂质度", "Impurity"), new() { Upper = 12, Unit = "mg/kg" }, new() { Number = 4, Unit = "mg/kg" }, DossierVerdict.Pass) { Method = "GB 5413.30" },
                    Words(new("菌落总数", "Plate count"), "n=5 c=2 m=1,000 M=10,000", new("最高 210 CFU/g", "highest 210 CFU/g"), "GB 4789.2"),
                    Words(new("大肠菌群", "Coliforms"), "n=5 c=2 m=10 M=100", new("全部 <10 CFU/g", "all <10 CFU/g"), "GB 4789.3"),
                    Words(new("沙门氏菌", "Salmonella"), "n=5 c=0 0/25 g", new("未检出", "Not detected"), "GB 4789.4"),
                    Words(new("克罗诺杆菌", "Cronobacter"), "n=3 c=0 0/100 g", new("未检出", "Not detected"), "GB 4789.40"),
                ],
            },
            new()
            {
                Number = "RET-260410-01", Kind = new("留样复检", "Retained sample"), BatchCode = "DM-260325-1", InspectedAt = At(4, 9, 10, 55), Verdict = DossierVerdict.Fail, Inspector = Chen, SecondPerson = Liu, SampleSize = "n = 3",
                Characteristics = [new(new("克罗诺杆菌（快速筛查）", "Cronobacter (rapid screening)"), new() { Text = "n=3 c=0 0/100 g" }, new() { Text = new("1 份疑似阳性", "1 presumptive positive") }, DossierVerdict.Fail) { Method = "PCR" }],
            },
        ];
    }

    private static IEnumerable<DossierMove> Moves()
    {
        BilingualText[] places = [new("收货区", "Receiving"), new("待检区 WH-Q1", "Quarantine WH-Q1"), new("原料库 WH-A3", "Raw store WH-A3"), new("干混间 D", "Dry-mix room D"), new("灌装线 A", "Filling line A"), new("成品库 WH-F2", "Finished store WH-F2")];
        BilingualText[] steps = [new("收货", "Receive"), new("转移", "Transfer"), new("领料", "Issue"), new("投料", "Consume"), new("入库", "Put away")];
        for (var i = 0; i < 28; i++)
        {
            yield return new(steps[i % 5], At(3, 14, 9, 0).AddHours(i * 10), i % 5 == 0 ? null : places[i % 5], places[i % 5 + 1], new(i % 5 == 4 ? 240 : 800 - i * 5, i % 5 == 4 ? Can : Kilogram), $"MV-2603{14 + i / 3}-{i:00}", i % 2 == 0 ? Zhao : Li)
            {
                ConfirmedBy = i % 4 == 3 ? null : i % 2 == 0 ? Wang : Zhao,
            };
        }
        yield return new(new("发货", "Ship"), At(4, 1, 9, 30), places[5], new("华东母婴连锁", "East China Mother & Baby"), new(720, Can), "SH-260401-02", Zhao) { ConfirmedBy = Wang };
        yield return new(new("发货", "Ship"), At(4, 2, 10, 10), places[5], new("京津商超", "Jingjin Supermarkets"), new(360, Can), "SH-260402-01", Zhao) { ConfirmedBy = Wang };
    }

    private static DossierGenealogyRow[] Backward()
    {
        var rows = new List<DossierGenealogyRow>
        {
            new(1, "DM-260325-1", "DM", new("干混粉", "Dry blend"), BatchCode, new(960, Kilogram), DossierStatus.OnHold) { Run = "RUN-1182", WorkOrder = "WO-S1-260326-01" },
            new(2, "BP-260318-1", "BP", new("基粉", "Base powder"), "DM-260325-1", new(1300, Kilogram), DossierStatus.Consumed) { Run = "RUN-1174", WorkOrder = "WO-DM-260325-01" },
        };
        foreach (var source in Sources())
        {
            var (level, through) = source.MaterialCode switch
            {
                "CAN" or "SCP" or "N2" => (1, BatchCode),
                "PMX" => (2, "DM-260325-1"),
                _ when source.BatchCode == "R-WP90-260314-01" => (2, "DM-260325-1"),
                _ => (3, "BP-260318-1"),
            };
            rows.Add(new(level, source.BatchCode, source.MaterialCode, source.MaterialName, through, new(source.Received.Value / 5, source.Received.Unit), source.Status)
            {
                Run = level == 3 ? "RUN-1151" : level == 2 ? "RUN-1174" : "RUN-1182",
                WorkOrder = level == 3 ? "WO-BP-260318-01" : level == 2 ? "WO-DM-260325-01" : "WO-S1-260326-01",
                Partner = source.SupplierName,
            });
        }
        return [.. rows.OrderBy(row => row.Level)];
    }

    private static IEnumerable<DossierAuditEntry> Audit()
    {
        yield return new(At(3, 14, 9, 20).AddSeconds(14), Zhao, new("收货登记", "Receive"), "R-WP90-260314-01") { Device = "PDA-03", Field = new("数量", "Quantity"), NewValue = "4000 kg" };
        yield return new(At(3, 26, 9, 2).AddSeconds(51), Chen, new("补录参数", "Late entry"), "DM-260325-1") { Device = "WEB", Field = new("车间湿度", "Room humidity"), NewValue = "51 %", Reason = new("平板断网，次日补录", "Tablet offline, entered next day") };
        yield return new(At(3, 28, 15, 30), Chen, new("解除冻结", "Lift hold"), "HLD-260328-02") { Device = "WEB", Field = new("状态", "Status"), OldValue = "on_hold", NewValue = "pending" };
        yield return new(At(3, 29, 16, 20).AddSeconds(8), Liu, new("放行", "Release"), BatchCode) { Device = "WEB", Field = new("状态", "Status"), OldValue = "pending", NewValue = "released" };
        yield return new(At(4, 9, 9, 4).AddSeconds(33), Liu, new("冻结", "Hold"), BatchCode) { Device = "WEB", Field = new("状态", "Status"), OldValue = "released", NewValue = "on_hold", Reason = new("INC-260409-01", "INC-260409-01") };
        for (var i = 0; i < 14; i++)
            yield return new(At(4, 9, 9, 10).AddMinutes(i * 7).AddSeconds(i * 3), i % 2 == 0 ? Liu : Zhou, new("召回通知", "Recall notice"), $"RCL-260409-{i + 1:00}") { Device = "WEB", Field = new("确认", "Acknowledged"), OldValue = "—", NewValue = i % 3 == 0 ? "是 yes" : "否 no" };
    }
}
