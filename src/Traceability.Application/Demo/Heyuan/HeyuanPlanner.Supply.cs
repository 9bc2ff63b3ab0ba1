using Traceability.Domain.MasterData;

namespace Traceability.Application.Demo.Heyuan;

/// <summary>What the blends need, worked out backwards: base powder, milk, the other deliveries, and their tests.</summary>
internal sealed partial class HeyuanPlanner
{
    private const int PowderLeadDays = 4;

    /// <summary>Fills in which base powder each routine blend takes, and plans the orders that make it.</summary>
    private void PlanPowder()
    {
        // The routine batch of the Sunday before the incident's last one is handed out like any other.
        var sunday = March(22);
        var made = new Queue<(string Lot, decimal Left)>();
        var sundayUsed = false;
        foreach (var order in orders.Where(o => o.Material == "DM" && o.Uses[0].Lot.Length == 0).OrderBy(o => o.At).ToList())
        {
            var day = DateOnly.FromDateTime(order.At.Date).AddDays(-calendar.ShiftDays);
            var needed = order.Uses[0].Quantity;
            var uses = new List<Use>();
            while (needed > 0)
            {
                if (made.Count == 0 && day > IncidentTo && !sundayUsed)
                {
                    sundayUsed = true;
                    made.Enqueue(($"BP-{calendar.Code(sunday)}-1", HeyuanRecipes.PowderPerBatch));
                }

                if (made.Count == 0) made.Enqueue((MakePowder(day.AddDays(-PowderLeadDays)), HeyuanRecipes.PowderPerBatch));
                var (lot, left) = made.Dequeue();
                var part = Math.Min(left, needed);
                uses.Add(new Use("BP", lot, part));
                needed -= part;
                if (left > part) made = new Queue<(string, decimal)>(made.Prepend((lot, left - part)));
            }

            orders[orders.IndexOf(order)] = order with { Uses = [.. uses, .. order.Uses.Skip(1)] };
        }
    }

    private string MakePowder(DateOnly day)
    {
        if (day >= IncidentFrom && day <= IncidentTo) day = day <= March(22) ? March(19) : day;
        var number = Next("BP", day);
        var lot = $"BP-{calendar.Code(day)}-{number}";
        orders.Add(new Order(calendar.At(day, number == 1 ? 6 : 12), "BP", lot, null, HeyuanRecipes.PowderPerBatch, HeyuanRecipes.PowderPerBatch, 0,
            [.. store.Take("WP90", 800, day), .. store.Take("LAC", 400, day), .. store.Take("OIL", 600, day)], number == 1 ? "OP001" : "OP004", "WH01"));
        tests.Add(new Test(calendar.At(day.AddDays(1), 8, number), "BP", lot, "QC01"));
        return lot;
    }

    /// <summary>Three tankers of milk come on the evening before each base powder.</summary>
    private void PlanMilk()
    {
        foreach (var order in orders.Where(o => o.Material == "BP").OrderBy(o => o.At).ToList())
        {
            var day = DateOnly.FromDateTime(order.At.Date).AddDays(-calendar.ShiftDays - 1);
            var lots = store.Deliver("RM", day, 20, 3, 1_700, minute: order.At.Hour);
            orders[orders.IndexOf(order)] = order with { Uses = [.. lots.Select(l => new Use("RM", l, 1_700)), .. order.Uses] };
        }
    }

    private void PlanAuxiliaries()
    {
        (string Material, decimal Quantity, int Batches)[] bought = [("NAOH", 500, 2), ("HNO3", 300, 2), ("PAA", 200, 2), ("ETH", 100, 1), ("FLT", 60, 1), ("CTN6", 4_000, 3), ("CTN24", 1_500, 2), ("LBL", 20_000, 1), ("FILM", 200, 1)];
        for (var day = new DateOnly(2025, 10, 6); day < StoryCalendar.Incident; day = day.AddDays(28))
        {
            foreach (var (material, quantity, batches) in bought) store.Deliver(material, day.AddDays(random.Next(3)), 10, batches, quantity, minute: material.Length * 7);
        }
    }

    /// <summary>Deliveries that failed: they are tested, held, rejected and taken to quarantine.</summary>
    private void PlanTroubles()
    {
        (string Material, DateOnly Day, decimal Quantity, string Finding)[] failed =
        [
            ("RM", new DateOnly(2025, 11, 5), 1_700, "ANTI"), ("LAC", new DateOnly(2025, 11, 18), 500, "H2O"), ("WP90", new DateOnly(2025, 12, 16), 1_000, "TPC"),
            ("OIL", new DateOnly(2026, 1, 13), 1_000, "POV"), ("RM", new DateOnly(2026, 2, 3), 1_700, "ACID"), ("WP90", new DateOnly(2026, 2, 24), 1_000, "H2O"),
        ];
        foreach (var (material, day, quantity, finding) in failed)
        {
            // After the routine deliveries of the day, so that those keep their numbers.
            var lot = store.Deliver(material, day, 22, 1, quantity)[0];
            var tested = calendar.At(day.AddDays(1), 10);
            tests.Add(new Test(tested, material, lot, "QC02", finding, Verdict.Reject, tested.AddHours(3)));
            papers.Add(new Quarantine(tested.AddHours(5), lot, HeyuanCatalog.Supplies[material].Location, quantity, "WH02"));
        }
    }

    /// <summary>What lies ahead when the story ends: two orders released, one shipment picked.</summary>
    private void PlanNextDays()
    {
        var last = StoryCalendar.Incident;
        papers.Add(new Plan(calendar.At(last, 8, 10), "BP", null, HeyuanRecipes.PowderPerBatch, calendar.At(last.AddDays(1), 6), "OP001"));
        papers.Add(new Plan(calendar.At(last, 8, 20), "DM", null, HeyuanRecipes.BlendPerBatch, calendar.At(last.AddDays(1), 8), "OP002"));
        var ready = orders.First(o => o.Material == "S1-800" && o.At >= calendar.At(new DateOnly(2026, 4, 1), 0)).Lot;
        dispatches.Add(new Dispatch(calendar.At(last, 8, 55), "JJSC", $"SO{calendar.Code(last)}001", [new Use("S1-800", ready, 1_200)]) { IsDraft = true });
    }

    private void PlanIncomingTests()
    {
        var incoming = HeyuanCatalog.Materials.Where(m => m.Incoming).Select(m => m.Code).ToHashSet();
        var planned = tests.Select(t => t.Lot).ToHashSet();
        foreach (var (delivery, line) in store.Deliveries.SelectMany(d => d.Lines.Select(l => (d, l))))
        {
            if (!incoming.Contains(line.Material) || planned.Contains(line.Lot)) continue;
            tests.Add(new Test(line.Material == "RM" ? delivery.At.AddMinutes(40) : delivery.At.AddHours(26), line.Material, line.Lot, line.Material == "RM" ? "QC02" : "QC01"));
        }
    }
}
