namespace Traceability.Application.Demo.Heyuan;

/// <summary>The batches of the story: one whey delivery, three base powders, three blends, five finished lots, four customers.</summary>
internal sealed partial class HeyuanPlanner
{
    /// <summary>The supplier's number of the whey that turns out to be contaminated; it names the day it was made.</summary>
    private string IncidentSupplierBatch => $"DH-W{calendar.Code(March(11))}-07";

    private static DateOnly March(int day) => new(2026, 3, day);

    private void PlanIncident()
    {
        var cleanWhey = store.Deliver("WP90", March(10), 8, 1, 1_000)[0];
        var whey = store.Deliver("WP90", March(14), 8, 1, 4_000, IncidentSupplierBatch)[0];
        var blendWhey = store.Deliver("WP90", March(17), 8, 1, 1_000)[0];
        var lactose = store.Deliver("LAC", March(13), 8, 1, 2_000)[0];
        var oil = store.Deliver("OIL", March(13), 8, 1, 3_000, minute: 10)[0];
        var premix = store.Deliver("PMX", March(16), 8, 1, 400)[0];
        var cans = store.Deliver("CAN", March(19), 8, 1, 7_500)[0];
        var scoops = store.Deliver("SCP", March(19), 8, 1, 8_000, minute: 10)[0];
        var boxes = store.Deliver("BOX", March(19), 8, 1, 500, minute: 20)[0];
        var nitrogen = store.Deliver("N2", March(20), 8, 1, 200)[0];

        var earlier = Powder(18, 1, cleanWhey);
        var wet = Powder(20, 1, whey);
        var wetNext = Powder(21, 1, whey);
        var wheyOfSundays = store.Take("WP90", 800, March(22)).ToList();
        AddPowder(March(22), PowderLot(22, 1), 6, wheyOfSundays, lactose, oil);
        Powder(22, 2, whey);

        var blend23 = Blend(23, wet, 1_500, blendWhey, 400);
        var blend24 = Blend(24, wetNext, 1_500, blendWhey, 400);
        var dry = Blend(25, earlier, 1_300, whey, 600);
        Pack(23, 13, "S1-800", "A", blend23, 2_500, 2_450, 10);
        Pack(24, 13, "S1-800", "A", blend24, 2_500, 2_440, 0);
        Pack(26, 7, "S1-800", "A", dry, 1_210, 1_200, 19);
        Pack(26, 13, "S1-800", "B", dry, 1_060, 1_050, 15);
        Pack(27, 8, "TD-400", "A", dry, 460, 450, 1);

        AddDispatch(new DateOnly(2026, 4, 1), "HDMY", new Use("S1-800", Lot("S1-800", 23, "A"), 1_500));
        AddDispatch(new DateOnly(2026, 4, 2), "JJSC", new Use("S1-800", Lot("S1-800", 24, "A"), 1_200));
        AddDispatch(new DateOnly(2026, 4, 3), "HDMY", new Use("S1-800", Lot("S1-800", 26, "A"), 720));
        AddDispatch(new DateOnly(2026, 4, 3), "JJSC", new Use("S1-800", Lot("S1-800", 26, "A"), 360));
        AddDispatch(new DateOnly(2026, 4, 4), "FNYX", new Use("S1-800", Lot("S1-800", 26, "B"), 600));
        AddDispatch(new DateOnly(2026, 4, 4), "XNJX", new Use("TD-400", Lot("TD-400", 27, "A"), 300));

        var notice = StoryCalendar.Incident;
        papers.Add(new Paper(calendar.At(notice, 8, 50), whey, "QC01", $"{IncidentSupplierBatch}-notice.pdf", "Supplier notice: presumptive Cronobacter",
        [
            "From: Haode Dairy Ingredients, quality department", $"Date: {calendar.Day(notice):yyyy-MM-dd} 08:50", "", $"Product: demineralised whey powder D90, batch {IncidentSupplierBatch}",
            $"Your receipt: {whey}, 4,000 kg (160 bags)", "", "The retained sample of this batch was found presumptive positive for", "Cronobacter spp. Confirmation is under way. Please stop using the batch and",
            "tell us where it went.",
        ]));

        string Powder(int day, int number, string wheyLot) => AddPowder(March(day), PowderLot(day, number), number == 1 ? 6 : 12, [new Use("WP90", wheyLot, 800)], lactose, oil);

        string PowderLot(int day, int number)
        {
            Next("BP", March(day));
            return $"BP-{calendar.Code(March(day))}-{number}";
        }

        string Blend(int day, string powder, decimal powderQuantity, string wheyLot, decimal wheyQuantity)
        {
            Next("DM", March(day));
            var lot = $"DM-{calendar.Code(March(day))}-1";
            PlanMixing(March(day), lot, [new Use("BP", powder, powderQuantity), new Use("WP90", wheyLot, wheyQuantity), new Use("PMX", premix, 100)], "M2", deviate: false);
            return lot;
        }

        void Pack(int day, int hour, string material, string line, string blend, decimal planned, decimal good, decimal rework)
        {
            Next(material, March(day));
            var isCan = material == "S1-800";
            orders.Add(new Order(calendar.At(March(day), hour), material, Lot(material, day, line), line, planned, good, rework,
                [new Use("DM", blend, planned * (isCan ? 0.8m : 0.4m)), new Use(isCan ? "CAN" : "BOX", isCan ? cans : boxes, planned), new Use("SCP", scoops, planned), new Use("N2", nitrogen, planned * (isCan ? 0.02m : 0.006m))], "OP003", "WH01") { MayDeviate = false });
            tests.Add(new Test(calendar.At(March(day).AddDays(5), 9, tests.Count % 40), material, Lot(material, day, line), "QC01", Verdict: Verdict.Release, DecidedAt: calendar.At(March(day).AddDays(5), 15, tests.Count % 50)));
        }

        string Lot(string material, int day, string line) => $"F-{material}-{calendar.Code(March(day))}-{line}";
    }

    private string AddPowder(DateOnly day, string lot, int hour, IReadOnlyList<Use> whey, string lactose, string oil)
    {
        orders.Add(new Order(calendar.At(day, hour), "BP", lot, null, HeyuanRecipes.PowderPerBatch, HeyuanRecipes.PowderPerBatch, 0, [.. whey, new Use("LAC", lactose, 400), new Use("OIL", oil, 600)], "OP001", "WH01") { MayDeviate = false });
        tests.Add(new Test(calendar.At(day.AddDays(1), 8, hour), "BP", lot, "QC01"));
        return lot;
    }
}
