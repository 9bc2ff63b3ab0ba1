namespace Traceability.Application.Demo.Heyuan;

internal sealed record BomEntry(string Material, decimal Base, IReadOnlyList<(string Material, decimal Quantity, int Step)> Lines);

internal sealed record RoutingEntry(string Material, IReadOnlyList<StepEntry> Steps);

/// <param name="Minutes">How long the operation takes.</param>
/// <param name="Machine">Machine it runs on; null where it is done by hand.</param>
internal sealed record StepEntry(int Number, string Name, string NameEn, string WorkCenter, int Minutes, string? Machine, bool KeyPoint, IReadOnlyList<ParameterEntry> Parameters);

/// <param name="From">Lowest value seen in ordinary running.</param>
/// <param name="To">Highest value seen in ordinary running.</param>
/// <param name="Outside">A value beyond the limit, as it happens now and then; null where it never does.</param>
internal sealed record ParameterEntry(string Code, string Name, string NameEn, string? Unit, decimal? Lower, decimal? Upper, decimal From, decimal To, decimal? Outside = null, int Decimals = 1);

/// <summary>What is made from what, and how, at Heyuan Dairy.</summary>
internal static class HeyuanRecipes
{
    public const decimal PowderPerBatch = 2_400;
    public const decimal BlendPerBatch = 2_000;

    public static readonly IReadOnlyList<BomEntry> Boms =
    [
        new("BP", PowderPerBatch, [("RM", 5_100, 20), ("WP90", 800, 20), ("LAC", 400, 20), ("OIL", 600, 20)]),
        new("DM", BlendPerBatch, [("BP", 1_500, 80), ("WP90", 400, 80), ("PMX", 100, 80)]),
        new("S1-800", 1_000, [("DM", 800, 90), ("CAN", 1_000, 90), ("SCP", 1_000, 90), ("N2", 20, 90)]),
        new("TD-400", 1_000, [("DM", 400, 90), ("BOX", 1_000, 90), ("SCP", 1_000, 90), ("N2", 6, 90)]),
    ];

    public static readonly IReadOnlyList<RoutingEntry> Routings =
    [
        new("BP",
        [
            new(10, "脱包/隧道杀菌", "Debagging, tunnel UV", "WC-PRE", 45, "T1", false, [new("UV", "紫外照射时间", "UV exposure", "s", 30, null, 33, 41, Decimals: 0)]),
            new(20, "配料溶解", "Dissolving", "WC-WET", 70, "D1", false, [new("TEMP", "溶解温度", "Dissolving temperature", "°C", 45, 55, 47.5m, 53.5m, 56.2m)]),
            new(30, "均质", "Homogenising", "WC-WET", 50, null, false, [new("PRES", "均质压力", "Pressure", "MPa", 18, 22, 18.8m, 21.4m, 22.6m)]),
            new(40, "巴氏杀菌 CCP1", "Pasteurising CCP1", "WC-WET", 60, "P1", true,
                [new("TEMP", "杀菌温度", "Temperature", "°C", 85, null, 86.4m, 88.1m), new("TIME", "保持时间", "Holding time", "s", 15, null, 16, 19, Decimals: 0)]),
            new(50, "浓缩", "Concentrating", "WC-WET", 80, null, false, [new("SOLID", "固形物", "Solids", "%", 45, 50, 46.2m, 49.1m, 44.4m)]),
            new(60, "喷雾干燥", "Spray drying", "WC-DRY", 210, "SD1", false,
                [new("IN", "进风温度", "Inlet temperature", "°C", 170, 190, 175, 186, 191.5m), new("OUT", "排风温度", "Outlet temperature", "°C", 80, 90, 82.5m, 88)]),
            new(70, "流化床冷却", "Fluid-bed cooling", "WC-DRY", 60, "SD1", false,
                [new("TEMP", "出粉温度", "Powder temperature", "°C", null, 30, 24, 28.8m, 31.2m), new("SIEVE", "筛网孔径", "Sieve", "mm", 1.0m, 1.0m, 1.0m, 1.0m)]),
        ]),
        new("DM",
        [
            new(80, "干混", "Dry mixing", "WC-MIX", 60, "M1", true,
            [
                new("TIME", "混合时间", "Mixing time", "min", 12, 15, 12.5m, 14.5m, 15.8m), new("RPM", "转速", "Speed", "rpm", 15, 15, 15, 15, Decimals: 0),
                new("ROOM_T", "室温", "Room temperature", "°C", 18, 25, 20, 23.8m), new("ROOM_RH", "相对湿度", "Relative humidity", "%", null, 55, 41, 52, 56.5m),
                new("ROOM_DP", "对走廊压差", "Pressure above the corridor", "Pa", 10, null, 11, 16),
            ]),
        ]),
        new("S1-800", Packing("WC-CAN", "FL1", "XR1", "充氮灌装", "Filling under nitrogen", new("NET", "净含量", "Net weight", "g", 792, 808, 797, 804, 809.5m))),
        new("TD-400", Packing("WC-BOX", "BX1", "XR2", "充氮盒装", "Box filling under nitrogen", new("NET", "净含量", "Net weight", "g", 394, 406, 397.5m, 403.5m, 407))),
    ];

    private static StepEntry[] Packing(string workCenter, string filler, string xray, string name, string nameEn, ParameterEntry net) =>
    [
        new(90, name, nameEn, workCenter, 180, filler, false, [new("O2", "残氧量", "Residual oxygen", "%", null, 3.0m, 1.1m, 2.4m, 3.2m), net]),
        new(100, "金属/X光检测 CCP2", "Metal and X-ray detection CCP2", workCenter, 20, xray, true,
        [
            new("FE", "铁试片", "Ferrous test piece", "mm", null, 1.5m, 1.5m, 1.5m), new("NFE", "非铁试片", "Non-ferrous test piece", "mm", null, 2.0m, 2.0m, 2.0m),
            new("SUS", "不锈钢试片", "Stainless test piece", "mm", null, 2.5m, 2.5m, 2.5m), new("GAP", "点检间隔", "Check interval", "min", null, 60, 52, 60, Decimals: 0),
        ]),
        new(110, "喷码装箱", "Coding and casing", workCenter, 30, null, false, []),
        new(120, "放行交接", "Handover for release", workCenter, 10, null, false, []),
    ];
}
