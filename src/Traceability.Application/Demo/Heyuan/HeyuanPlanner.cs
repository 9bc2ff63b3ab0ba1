using Traceability.Domain.MasterData;

namespace Traceability.Application.Demo.Heyuan;

/// <summary>
/// Plans the six months: which blends are packed into what and when, what they need, what is tested, released and shipped.
/// The same seed gives the same plan, codes included. The incident is planned first, so that its batches get their codes.
/// </summary>
internal sealed partial class HeyuanPlanner
{
    private static readonly DateOnly FirstBlend = new(2025, 10, 13);
    private static readonly DateOnly LastBlend = new(2026, 4, 8);
    private static readonly DateOnly IncidentFrom = new(2026, 3, 18);
    private static readonly DateOnly IncidentTo = new(2026, 3, 27);

    private readonly Random random = new(20260409);
    private readonly StoryCalendar calendar;
    private readonly HeyuanStore store;
    private readonly List<Order> orders = [];
    private readonly List<Test> tests = [];
    private readonly List<Dispatch> dispatches = [];
    private readonly List<StoryEvent> papers = [];
    private readonly Dictionary<(string Material, DateOnly Day), int> numbers = [];

    private HeyuanPlanner(StoryCalendar calendar)
    {
        this.calendar = calendar;
        store = new HeyuanStore(calendar, random);
    }

    /// <summary>The whole story on the given days.</summary>
    public static HeyuanStory Plan(StoryCalendar calendar)
    {
        var planner = new HeyuanPlanner(calendar);
        planner.PlanIncident();
        foreach (var (day, pattern) in planner.BlendDays()) planner.PlanBlend(day, pattern);
        planner.PlanPowder();
        planner.PlanMilk();
        planner.PlanAuxiliaries();
        planner.PlanTroubles();
        planner.PlanNextDays();
        planner.PlanIncomingTests();
        return planner.Assemble();
    }

    private HeyuanStory Assemble()
    {
        var incoming = HeyuanCatalog.Materials.Where(m => m.Incoming).Select(m => m.Code).ToHashSet();
        List<IReadOnlyList<StoryEvent>> strands =
        [
            InOrder(store.Deliveries), InOrder(tests.Where(t => incoming.Contains(t.Material))), InOrder(tests.Where(t => !incoming.Contains(t.Material))),
            .. HeyuanRecipes.Boms.Select(b => InOrder(orders.Where(o => o.Material == b.Material))), InOrder(dispatches), InOrder(papers),
        ];
        return new HeyuanStory(calendar.At(new DateOnly(2025, 10, 1), 8), calendar.At(StoryCalendar.Incident, 9), strands);

        static List<StoryEvent> InOrder(IEnumerable<StoryEvent> events) => [.. events.OrderBy(e => e.At)];
    }

    /// <summary>
    /// The days on which a blend is mixed: W is packed into cans at once, X into two lots of cans and one of boxes on the next
    /// days, T into three lots of boxes. March is written out, because its cans are counted in the story (25,500).
    /// </summary>
    private IEnumerable<(DateOnly Day, char Pattern)> BlendDays()
    {
        const string pattern = "WTXWTXTWXTWXTWXTW";
        for (var month = new DateOnly(2025, 10, 1); month <= LastBlend; month = month.AddMonths(1))
        {
            if (month.Month == 3)
            {
                foreach (var (day, kind) in new[] { (2, 'W'), (3, 'X'), (4, 'T'), (6, 'W'), (8, 'X'), (9, 'T'), (11, 'W'), (13, 'X'), (14, 'T'), (16, 'W'), (28, 'T'), (29, 'X') })
                    yield return (new DateOnly(month.Year, 3, day), kind);
                continue;
            }

            var days = DateTime.DaysInMonth(month.Year, month.Month);
            for (var i = 0; i < pattern.Length; i++)
            {
                var day = month.AddDays(i * days / pattern.Length);
                if (day >= FirstBlend && day <= LastBlend) yield return (day, pattern[i]);
            }
        }
    }

    private void PlanBlend(DateOnly day, char pattern)
    {
        var lot = $"DM-{calendar.Code(day)}-{Next("DM", day)}";
        PlanMixing(day, lot, [new Use("BP", "", 1_500), .. store.Take("WP90", 400, day), .. store.Take("PMX", 100, day)], random.Next(2) == 0 ? "M1" : "M2", deviate: true);
        switch (pattern)
        {
            case 'W':
                var march = new[] { 2_452, 2_446, 2_438, 2_444 };
                PlanPacking(day, 13, "S1-800", lot, 2_500, day.Month == 3 ? march[(day.Day - 2) / 4] : 2_436 + random.Next(20));
                break;
            case 'X':
                var cans = day.Month != 3 ? (1_180 + random.Next(16), 945 + random.Next(16)) : day.Day switch { 3 => (1_190, 960), 8 => (1_180, 962), 13 => (1_196, 948), _ => (1_184, 960) };
                PlanPacking(day.AddDays(1), 7, "S1-800", lot, 1_210, cans.Item1);
                PlanPacking(day.AddDays(1), 13, "S1-800", lot, 975, cans.Item2);
                PlanPacking(day.AddDays(2), 8, "TD-400", lot, 630, 612 + random.Next(12));
                break;
            default:
                PlanPacking(day, 13, "TD-400", lot, 1_660, 1_622 + random.Next(24));
                PlanPacking(day.AddDays(1), 7, "TD-400", lot, 1_660, 1_622 + random.Next(24));
                PlanPacking(day.AddDays(2), 12, "TD-400", lot, 1_680, 1_640 + random.Next(26));
                break;
        }
    }

    private void PlanMixing(DateOnly day, string lot, IReadOnlyList<Use> uses, string mixer, bool deviate)
    {
        orders.Add(new Order(calendar.At(day, 8), "DM", lot, null, HeyuanRecipes.BlendPerBatch, HeyuanRecipes.BlendPerBatch, 0, uses, mixer == "M2" ? "OP002" : "OP005", "WH01") { Mixer = mixer, MayDeviate = deviate });
        tests.Add(new Test(calendar.At(day, 11), "DM", lot, "QC01"));
    }

    /// <summary>Packs a blend; the share that is right the first time rises after go-live.</summary>
    private void PlanPacking(DateOnly day, int hour, string material, string blend, decimal planned, decimal good)
    {
        if (day > StoryCalendar.Incident) return;
        var firstPass = day switch { { Year: 2025, Month: 10 } => 0.896m, { Year: 2025, Month: 11 } => 0.924m, { Year: 2025, Month: 12 } => 0.951m, _ => 0.976m };
        var rework = Math.Max(0, decimal.Floor(planned * (1 - firstPass)) - (planned - good));
        var line = ((char)('A' + Next(material, day) - 1)).ToString();
        var lot = $"F-{material}-{calendar.Code(day)}-{line}";
        var weight = material == "S1-800" ? 0.8m : 0.4m;
        Use[] packaging = [.. store.Take(material == "S1-800" ? "CAN" : "BOX", planned, day), .. store.Take("SCP", planned, day), .. store.Take("N2", planned * (material == "S1-800" ? 0.02m : 0.006m), day)];
        orders.Add(new Order(calendar.At(day, hour), material, lot, line, planned, good, rework, [new Use("DM", blend, planned * weight), .. packaging], random.Next(3) == 0 ? "OP006" : "OP003", random.Next(4) == 0 ? "WH02" : "WH01") { IsRunning = day == StoryCalendar.Incident });
        PlanRelease(day, material, lot, good);
    }

    /// <summary>Microbiology takes five days; then quality releases and the goods go out.</summary>
    private void PlanRelease(DateOnly day, string material, string lot, decimal good)
    {
        var tested = day.AddDays(5);
        if (tested >= StoryCalendar.Incident) return;
        var finding = (material, day.Year, day.Month, day.Day, lot[^1]) switch { ("TD-400", 2025, 11, 16, 'A') => "H2O", ("S1-800", 2025, 12, 11, 'B') => "IMP", ("TD-400", 2026, 1, 23, 'A') => "FAT", _ => null };
        var verdict = finding is null ? Verdict.Release : finding == "FAT" ? Verdict.Concession : Verdict.Reject;
        tests.Add(new Test(calendar.At(tested, 9, tests.Count % 40), material, lot, tests.Count % 3 == 0 ? "QC02" : "QC01", finding, verdict, calendar.At(tested, 15, tests.Count % 50)));
        var shipped = tested.AddDays(2 + random.Next(3));
        if (verdict == Verdict.Reject || shipped >= StoryCalendar.Incident) return;
        var age = StoryCalendar.Incident.DayNumber - day.DayNumber;
        var quantity = age > 60 ? good : decimal.Floor(good * (60 + random.Next(35)) / 100);
        AddDispatch(shipped, HeyuanCatalog.Customers[random.Next(4)].Code, new Use(material, lot, quantity));
    }

    private void AddDispatch(DateOnly day, string customer, Use use)
    {
        var at = dispatches.FindIndex(d => d.Customer == customer && d.At.Date == calendar.At(day, 14).Date);
        if (at >= 0) dispatches[at] = dispatches[at] with { Lines = [.. dispatches[at].Lines, use] };
        else dispatches.Add(new Dispatch(calendar.At(day, 14, 5 * dispatches.Count % 120), customer, $"SO{calendar.Code(day)}{dispatches.Count + 1:D3}", [use]));
    }

    private int Next(string material, DateOnly day) => numbers[(material, day)] = numbers.GetValueOrDefault((material, day)) + 1;
}
