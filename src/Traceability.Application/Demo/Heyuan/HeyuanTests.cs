using Traceability.Domain.Quality;

namespace Traceability.Application.Demo.Heyuan;

/// <param name="From">Lowest value seen in ordinary batches.</param>
/// <param name="To">Highest value seen in ordinary batches.</param>
internal sealed record TestEntry(string Code, string Name, string NameEn, CharacteristicKind Kind, string? Unit, string? Method, decimal? Lower, decimal? Upper, decimal From, decimal To,
    int? N = null, int? C = null, decimal? M = null, decimal? BigM = null, int Decimals = 1);

internal sealed record PlanEntry(string Material, InspectionKind Kind, IReadOnlyList<TestEntry> Tests);

/// <summary>What is tested at Heyuan Dairy. Cronobacter is not in the incoming plan of the whey: the gap the incident shows.</summary>
internal static class HeyuanTests
{
    private static readonly TestEntry Look = new("SENS", "感官", "Appearance, smell, taste", CharacteristicKind.PassFail, null, null, null, null, 0, 0);
    private static readonly TestEntry Moisture3 = Value("H2O", "水分", "Moisture", "%", "GB 5009.3", null, 3.0m, 1.6m, 2.7m);

    public static readonly IReadOnlyList<PlanEntry> Plans =
    [
        new("WP90", InspectionKind.Incoming, [Look, Value("PROT", "乳清蛋白", "Whey protein", "%", "GB 5009.5", 11.0m, null, 11.3m, 12.8m), Moisture3,
            Value("TPC", "菌落总数", "Plate count", "CFU/g", "GB 4789.2", null, 10_000, 150, 3_200, 0)]),
        new("RM", InspectionKind.Incoming, [Look, Value("PROT", "蛋白质", "Protein", "g/100 g", "GB 5009.5", 2.8m, null, 3.05m, 3.4m, 2), Value("FAT", "脂肪", "Fat", "g/100 g", "GB 5009.6", 3.1m, null, 3.4m, 4.1m, 2),
            Value("ACID", "酸度", "Acidity", "°T", "GB 5009.239", 12, 18, 13.1m, 15.8m), new("ANTI", "抗生素残留", "Antibiotic residue negative", CharacteristicKind.PassFail, null, "GB/T 4789.27", null, null, 0, 0)]),
        new("LAC", InspectionKind.Incoming, [Look, Value("PUR", "乳糖含量", "Lactose", "%", "GB 25595", 99.0m, null, 99.2m, 99.8m), Value("H2O", "水分", "Moisture", "%", "GB 5009.3", null, 6.0m, 4.6m, 5.4m)]),
        new("OIL", InspectionKind.Incoming, [Look, Value("POV", "过氧化值", "Peroxide value", "mmol/kg", "GB 5009.227", null, 2.5m, 0.3m, 1.4m, 2), Value("AV", "酸价", "Acid value", "mg/g", "GB 5009.229", null, 0.3m, 0.05m, 0.18m, 2)]),
        new("PMX", InspectionKind.Incoming, [Look, Value("VITA", "维生素 A", "Vitamin A", "mg/kg", "GB 5009.82", 480, 620, 510, 585, 0), Value("IRON", "铁", "Iron", "g/kg", "GB 5009.90", 5.4m, 6.6m, 5.7m, 6.3m, 2), Moisture3]),
        new("BP", InspectionKind.Final, [Look, Value("H2O", "水分", "Moisture", "%", "GB 5009.3", null, 4.0m, 2.1m, 3.4m), Value("FAT", "脂肪", "Fat", "g/100 g", "GB 5009.6", 24.0m, 30.0m, 25.6m, 28.4m)]),
        new("DM", InspectionKind.Final, [Look, Value("UNIF", "混合均匀度(铁 RSD)", "Mixing uniformity (iron RSD)", "%", null, null, 6.0m, 1.8m, 4.4m), Value("H2O", "水分", "Moisture", "%", "GB 5009.3", null, 4.5m, 2.4m, 3.7m)]),
        new("S1-800", InspectionKind.Final, Powder(10.5m, 12.5m, 25.0m, 29.0m)),
        new("TD-400", InspectionKind.Final, Powder(16.0m, 22.0m, 18.0m, 26.0m)),
    ];

    private static TestEntry[] Powder(decimal proteinFrom, decimal proteinTo, decimal fatFrom, decimal fatTo) =>
    [
        Value("PROT", "蛋白质", "Protein", "g/100 g", "GB 5009.5", proteinFrom, proteinTo, proteinFrom + 0.4m, proteinTo - 0.5m),
        Value("FAT", "脂肪", "Fat", "g/100 g", "GB 5009.6", fatFrom, fatTo, fatFrom + 0.7m, fatTo - 0.8m),
        Value("H2O", "水分", "Moisture", "%", "GB 5009.3", null, 5.0m, 2.3m, 3.9m),
        Value("IMP", "杂质度", "Impurity", "mg/kg", "GB 5413.30", null, 12, 2, 6, 0),
        Sampling("TPC", "菌落总数", "Plate count", "CFU/g", "GB 4789.2", 5, 2, 1_000, 10_000, 20, 620),
        Sampling("COLI", "大肠菌群", "Coliforms", "CFU/g", "GB 4789.3", 5, 2, 10, 100, 0, 6),
        Sampling("SALM", "沙门氏菌", "Salmonella", "/25 g", "GB 4789.4", 5, 0, 0, null, 0, 0),
        Sampling("CRON", "克罗诺杆菌属", "Cronobacter", "/100 g", "GB 4789.40", 3, 0, 0, null, 0, 0),
    ];

    private static TestEntry Value(string code, string name, string nameEn, string unit, string? method, decimal? lower, decimal? upper, decimal from, decimal to, int decimals = 1) =>
        new(code, name, nameEn, CharacteristicKind.Numeric, unit, method, lower, upper, from, to, Decimals: decimals);

    private static TestEntry Sampling(string code, string name, string nameEn, string unit, string method, int n, int c, decimal m, decimal? bigM, decimal from, decimal to) =>
        new(code, name, nameEn, CharacteristicKind.Sampling, unit, method, null, null, from, to, n, c, m, bigM, 0);
}
