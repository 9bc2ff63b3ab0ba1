using System.Globalization;

namespace Traceability.Application.Demo.Heyuan;

/// <summary>
/// What the planned plant has in store: hands out batches first in, first out, and orders a delivery ahead of time whenever
/// something runs short.
/// </summary>
internal sealed class HeyuanStore(StoryCalendar calendar, Random random)
{
    private readonly Dictionary<string, List<InStore>> stock = [];
    private readonly Dictionary<(string Material, DateOnly Day), int> numbers = [];
    private readonly Dictionary<string, int> supplierNumbers = [];
    private readonly List<Delivery> deliveries = [];

    public IReadOnlyList<Delivery> Deliveries => deliveries;

    /// <summary>Takes so much of a material for a day; several batches when the first does not suffice.</summary>
    public IEnumerable<Use> Take(string material, decimal quantity, DateOnly day)
    {
        var batches = stock.TryGetValue(material, out var known) ? known : stock[material] = [];
        var uses = new List<Use>();
        while (quantity > 0)
        {
            // Only what had arrived and was tested by then.
            var at = batches.FindIndex(b => b.UsableOn <= day);
            if (at < 0)
            {
                Order(material, day);
                continue;
            }

            var batch = batches[at];
            var part = Math.Min(batch.Left, quantity);
            uses.Add(new Use(material, batch.Lot, part));
            quantity -= part;
            if (batch.Left > part) batches[at] = batch with { Left = batch.Left - part };
            else batches.RemoveAt(at);
        }

        return uses;
    }

    /// <summary>A delivery by itself, e.g. the one of the incident; what it brings is not handed out by <see cref="Take"/>.</summary>
    public IReadOnlyList<string> Deliver(string material, DateOnly day, int hour, int batches, decimal quantity, string? supplierBatch = null, int minute = 0)
    {
        var entry = HeyuanCatalog.Materials.Single(m => m.Code == material);
        var supply = HeyuanCatalog.Supplies[material];
        var lines = new List<DeliveryLine>();
        for (var i = 0; i < batches; i++)
        {
            var number = numbers[(material, day)] = numbers.GetValueOrDefault((material, day)) + 1;
            var produced = day.AddDays(material == "RM" ? 0 : -(3 + random.Next(12)));
            lines.Add(new DeliveryLine(material, $"R-{material}-{calendar.Code(day)}-{number.ToString("D2", CultureInfo.InvariantCulture)}", supplierBatch ?? SupplierBatch(supply.Supplier, material, produced), quantity,
                supply.Location, calendar.Day(produced), entry.Certificate));
        }

        deliveries.Add(new Delivery(calendar.At(day, hour, minute), supply.Supplier, $"{supply.Supplier}-{calendar.Code(day)}-{deliveries.Count + 1:D4}", lines));
        return [.. lines.Select(l => l.Lot)];
    }

    private void Order(string material, DateOnly day)
    {
        var supply = HeyuanCatalog.Supplies[material];
        var arrival = day.AddDays(-supply.LeadDays);
        var place = HeyuanCatalog.Supplies.Keys.Order(StringComparer.Ordinal).ToList().IndexOf(material);
        foreach (var lot in Deliver(material, arrival, 9, supply.BatchesPerDelivery, supply.BatchSize, minute: (place * 12) + (numbers.GetValueOrDefault((material, arrival)) / supply.BatchesPerDelivery)))
            stock[material].Add(new InStore(lot, supply.BatchSize, arrival.AddDays(2)));
    }

    private string SupplierBatch(string supplier, string material, DateOnly produced)
    {
        var number = supplierNumbers[material] = supplierNumbers.GetValueOrDefault(material) + 1;
        return supplier == "HD" ? $"DH-W{calendar.Code(produced)}-{number:D3}" : $"{supplier}{calendar.Code(produced)}{number:D3}";
    }

    private sealed record InStore(string Lot, decimal Left, DateOnly UsableOn);
}
