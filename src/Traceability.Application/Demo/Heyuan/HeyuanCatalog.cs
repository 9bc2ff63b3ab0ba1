using Traceability.Domain.MasterData;

namespace Traceability.Application.Demo.Heyuan;

/// <summary>A name in both languages under a code.</summary>
internal sealed record Named(string Code, string Name, string NameEn);

internal sealed record MaterialEntry(string Code, string Name, string NameEn, MaterialKind Kind, string Unit, int? ShelfLifeDays = null,
    bool Incoming = false, bool Final = false, bool Certificate = false, string? Specification = null);

internal sealed record LocationEntry(string Code, string Name, string NameEn, LocationKind Kind);

internal sealed record WorkCenterEntry(string Code, string Name, string NameEn, string Location);

internal sealed record EquipmentEntry(string Code, string Name, string NameEn, string WorkCenter);

internal sealed record PersonEntry(string Code, string Name, string NameEn, string Team, string Role);

/// <summary>Who and what there is at Heyuan Dairy. All names are invented.</summary>
internal static class HeyuanCatalog
{
    public const string Password = "heyuan-2026";
    public const string TimeZone = "Asia/Shanghai";

    public static readonly Named Plant = new("HY01", "禾源乳品一厂", "Heyuan Dairy, plant 1");

    public static readonly IReadOnlyList<MaterialEntry> Materials =
    [
        new("RM", "生牛乳", "Raw milk", MaterialKind.Raw, "kg", 3, Incoming: true, Specification: "GB 19301"),
        new("WP90", "脱盐乳清粉 D90", "Demineralised whey powder D90", MaterialKind.Raw, "kg", 540, Incoming: true, Certificate: true, Specification: "D90,25 kg/袋"),
        new("LAC", "乳糖", "Lactose", MaterialKind.Raw, "kg", 720, Incoming: true, Certificate: true, Specification: "25 kg/袋"),
        new("OIL", "复合植物油", "Blended vegetable oil", MaterialKind.Raw, "kg", 270, Incoming: true, Certificate: true, Specification: "1,000 kg 吨桶"),
        new("PMX", "维生素矿物预混料(含 DHA/ARA)", "Vitamin and mineral premix with DHA/ARA", MaterialKind.Raw, "kg", 365, Incoming: true, Certificate: true, Specification: "10 kg/袋"),
        new("SMP", "脱脂乳粉", "Skimmed milk powder", MaterialKind.Raw, "kg", 540, Incoming: true, Certificate: true),
        new("WPC80", "浓缩乳清蛋白粉", "Whey protein concentrate 80", MaterialKind.Raw, "kg", 540, Incoming: true, Certificate: true),
        new("GOS", "低聚半乳糖", "Galacto-oligosaccharides", MaterialKind.Raw, "kg", 540, Incoming: true, Certificate: true),
        new("FOS", "低聚果糖", "Fructo-oligosaccharides", MaterialKind.Raw, "kg", 540, Incoming: true, Certificate: true),
        new("DHA", "DHA 藻油粉", "DHA algal oil powder", MaterialKind.Raw, "kg", 365, Incoming: true, Certificate: true),
        new("ARA", "花生四烯酸油粉", "Arachidonic acid oil powder", MaterialKind.Raw, "kg", 365, Incoming: true, Certificate: true),
        new("LCT", "乳铁蛋白", "Lactoferrin", MaterialKind.Raw, "kg", 540, Incoming: true, Certificate: true),
        new("NUC", "核苷酸", "Nucleotides", MaterialKind.Raw, "kg", 720, Incoming: true, Certificate: true),
        new("LUT", "叶黄素", "Lutein", MaterialKind.Raw, "kg", 365, Incoming: true, Certificate: true),
        new("TAU", "牛磺酸", "Taurine", MaterialKind.Raw, "kg", 720, Incoming: true, Certificate: true),
        new("LEC", "大豆磷脂", "Soy lecithin", MaterialKind.Raw, "kg", 365, Incoming: true, Certificate: true),
        new("CAN", "马口铁罐 800 g", "Tin can 800 g", MaterialKind.Packaging, "pcs", 1080),
        new("SCP", "量勺", "Measuring scoop", MaterialKind.Packaging, "pcs", 1080),
        new("BOX", "纸盒(含铝箔内袋)400 g", "Box 400 g with foil bag", MaterialKind.Packaging, "pcs", 1080),
        new("LID", "塑料外盖", "Plastic lid", MaterialKind.Packaging, "pcs", 1080),
        new("CTN6", "外箱(6 罐)", "Case for 6 cans", MaterialKind.Packaging, "pcs"),
        new("CTN24", "外箱(24 盒)", "Case for 24 boxes", MaterialKind.Packaging, "pcs"),
        new("LBL", "合格证标签", "Release label", MaterialKind.Packaging, "pcs"),
        new("FILM", "缠绕膜", "Stretch film", MaterialKind.Packaging, "pcs"),
        new("PLT", "塑料托盘", "Plastic pallet", MaterialKind.Packaging, "pcs"),
        new("N2", "食品级氮气", "Nitrogen, food grade", MaterialKind.Auxiliary, "m3", 365, Specification: "GB 29202"),
        new("CO2", "食品级二氧化碳", "Carbon dioxide, food grade", MaterialKind.Auxiliary, "m3", 365),
        new("NAOH", "CIP 碱液", "CIP caustic", MaterialKind.Auxiliary, "kg", 720),
        new("HNO3", "CIP 酸液", "CIP acid", MaterialKind.Auxiliary, "kg", 720),
        new("PAA", "过氧乙酸消毒剂", "Peracetic acid sanitiser", MaterialKind.Auxiliary, "kg", 180),
        new("ETH", "75% 食用酒精", "Ethanol 75 %", MaterialKind.Auxiliary, "L", 720),
        new("FLT", "滤袋 1.0 mm", "Filter bag 1.0 mm", MaterialKind.Auxiliary, "pcs"),
        new("ML", "配料液", "Liquid mix", MaterialKind.SemiFinished, "kg", 1),
        new("BP", "基粉", "Base powder", MaterialKind.SemiFinished, "kg", 180, Final: true),
        new("DM", "干混粉", "Dry blend", MaterialKind.SemiFinished, "kg", 60, Final: true),
        new("S1-800", "婴儿配方乳粉1段 800 g(罐)", "Infant formula stage 1, 800 g can", MaterialKind.Finished, "can", 730, Final: true, Specification: "GB 10765"),
        new("S2-800", "较大婴儿配方乳粉2段 800 g(罐)", "Follow-on formula stage 2, 800 g can", MaterialKind.Finished, "can", 730, Final: true, Specification: "GB 10766"),
        new("S3-800", "幼儿配方乳粉3段 800 g(罐)", "Growing-up formula stage 3, 800 g can", MaterialKind.Finished, "can", 730, Final: true, Specification: "GB 10767"),
        new("TD-400", "儿童配方奶粉 400 g(盒)", "Children's milk powder, 400 g box", MaterialKind.Finished, "box", 540, Final: true),
        new("TD-800", "儿童配方奶粉 800 g(罐)", "Children's milk powder, 800 g can", MaterialKind.Finished, "can", 730, Final: true),
    ];

    public static readonly IReadOnlyList<Named> Suppliers =
    [
        new("HD", "昊德乳品配料", "Haode Dairy Ingredients"), new("QY", "青原牧业", "Qingyuan Farms"), new("RT", "瑞糖", "Ruitang Sugars"),
        new("JS", "金穗油脂", "Jinsui Oils"), new("WP", "维普营养", "Weipu Nutrition"), new("HS", "宏盛制罐", "Hongsheng Cans"),
        new("XS", "新塑", "Xinsu Plastics"), new("BQ", "北气", "Beiqi Gases"), new("CY", "彩印包装", "Caiyin Packaging"), new("JH", "洁华化工", "Jiehua Chemicals"),
    ];

    /// <summary>Who delivers what that is used in production, where it is put, and how big a batch is.</summary>
    public static readonly IReadOnlyDictionary<string, Supply> Supplies = new Dictionary<string, Supply>
    {
        ["RM"] = new("QY", "WH-T1", 1_700, 3, 1),
        ["WP90"] = new("HD", "WH-A3", 1_000, 4, 6),
        ["LAC"] = new("RT", "WH-A1", 500, 4, 5),
        ["OIL"] = new("JS", "WH-A2", 1_000, 3, 5),
        ["PMX"] = new("WP", "WH-A4", 200, 4, 6),
        ["CAN"] = new("HS", "WH-B1", 900, 8, 4),
        ["SCP"] = new("XS", "WH-B2", 2_500, 6, 4),
        ["BOX"] = new("CY", "WH-B1", 1_000, 6, 4),
        ["N2"] = new("BQ", "WH-G1", 40, 4, 3),
        ["NAOH"] = new("JH", "WH-C1", 500, 2, 0),
        ["HNO3"] = new("JH", "WH-C1", 300, 2, 0),
        ["PAA"] = new("JH", "WH-C1", 200, 2, 0),
        ["ETH"] = new("JH", "WH-C1", 100, 1, 0),
        ["FLT"] = new("JH", "WH-C1", 60, 1, 0),
        ["CTN6"] = new("CY", "WH-B2", 4_000, 3, 0),
        ["CTN24"] = new("CY", "WH-B2", 1_500, 2, 0),
        ["LBL"] = new("CY", "WH-B2", 20_000, 1, 0),
        ["FILM"] = new("XS", "WH-B2", 200, 1, 0),
    };

    public static readonly IReadOnlyList<Named> Customers =
    [
        new("HDMY", "华东母婴连锁", "East China Mother & Baby Chain"), new("JJSC", "京津商超", "Jing-Jin Supermarkets"),
        new("FNYX", "蜂鸟优选电商仓", "Hummingbird Select e-commerce warehouse"), new("XNJX", "西南经销商", "Southwest Distributor"),
    ];

    public static readonly IReadOnlyList<LocationEntry> Locations =
    [
        new("WH-T1", "收奶罐区", "Milk reception tanks", LocationKind.Warehouse), new("WH-A1", "原料库 A1", "Raw material store A1", LocationKind.Warehouse),
        new("WH-A2", "原料库 A2(油脂)", "Raw material store A2 (oils)", LocationKind.Warehouse), new("WH-A3", "原料库 A3(乳清)", "Raw material store A3 (whey)", LocationKind.Warehouse),
        new("WH-A4", "原料库 A4(预混料)", "Raw material store A4 (premix)", LocationKind.Warehouse), new("WH-B1", "包材库 B1", "Packaging store B1", LocationKind.Warehouse),
        new("WH-B2", "包材库 B2", "Packaging store B2", LocationKind.Warehouse), new("WH-G1", "气体站", "Gas station", LocationKind.Warehouse),
        new("WH-C1", "辅料库", "Auxiliary store", LocationKind.Warehouse), new("WH-S1", "半成品库", "Semi-finished store", LocationKind.Warehouse),
        new("WH-F1", "成品库", "Finished goods store", LocationKind.Warehouse), new("WH-Q1", "隔离区", "Quarantine area", LocationKind.Quarantine),
        new("SHIP-1", "发货月台", "Shipping dock", LocationKind.Shipping), new("LN-WET", "湿法线边", "Wet process line side", LocationKind.Line),
        new("LN-MIX", "干混间 D", "Dry-mix room D", LocationKind.Line), new("LN-CAN", "罐装线边", "Can line side", LocationKind.Line),
        new("LN-BOX", "盒装线边", "Box line side", LocationKind.Line),
    ];

    public static readonly IReadOnlyList<WorkCenterEntry> WorkCenters =
    [
        new("WC-PRE", "脱包间", "Debagging room", "LN-WET"), new("WC-WET", "湿法车间", "Wet process", "LN-WET"), new("WC-DRY", "喷雾干燥", "Spray drying", "LN-WET"),
        new("WC-MIX", "干混间", "Dry mixing", "LN-MIX"), new("WC-CAN", "罐装线", "Can line", "LN-CAN"), new("WC-BOX", "盒装线", "Box line", "LN-BOX"),
    ];

    public static readonly IReadOnlyList<EquipmentEntry> Equipment =
    [
        new("T1", "隧道杀菌机", "Sterilising tunnel", "WC-PRE"), new("D1", "配料溶解罐", "Dissolving tank", "WC-WET"), new("P1", "巴氏杀菌机", "Pasteuriser", "WC-WET"),
        new("SD1", "喷雾干燥塔", "Spray dryer", "WC-DRY"), new("M1", "干混机 M1", "Mixer M1", "WC-MIX"), new("M2", "干混机 M2", "Mixer M2", "WC-MIX"),
        new("FL1", "充氮灌装机", "Nitrogen can filler", "WC-CAN"), new("BX1", "盒装机", "Box filler", "WC-BOX"), new("XR1", "X 光机(罐)", "X-ray, cans", "WC-CAN"),
        new("XR2", "X 光机(盒)", "X-ray, boxes", "WC-BOX"),
    ];

    public static readonly IReadOnlyList<PersonEntry> People =
    [
        new("OP001", "张伟", "Zhang Wei", "湿法班", "operator"), new("OP002", "李娜", "Li Na", "干混班", "operator"), new("OP003", "王强", "Wang Qiang", "包装班", "operator"),
        new("OP004", "孙磊", "Sun Lei", "湿法班", "operator"), new("OP005", "马丽", "Ma Li", "干混班", "operator"), new("OP006", "胡军", "Hu Jun", "包装班", "operator"),
        new("WH01", "赵敏", "Zhao Min", "仓库", "warehouse"), new("WH02", "徐亮", "Xu Liang", "仓库", "warehouse"), new("QC01", "陈静", "Chen Jing", "质检", "qc"),
        new("QC02", "郭敏", "Guo Min", "质检", "qc"), new("QA01", "刘洋", "Liu Yang", "质量保证", "qa_release"), new("MG01", "周涛", "Zhou Tao", "生产管理", "manager"),
        new("AU01", "外审", "External auditor", "审计", "auditor"), new("CF01", "何洁", "He Jie", "工艺", "configurator"), new("AD01", "林峰", "Lin Feng", "信息", "administrator"),
    ];
}

/// <param name="BatchSize">Size of one supplier batch, in the stock unit.</param>
/// <param name="BatchesPerDelivery">Batches on one truck.</param>
/// <param name="LeadDays">Days between delivery and first use.</param>
internal sealed record Supply(string Supplier, string Location, decimal BatchSize, int BatchesPerDelivery, int LeadDays);
