namespace Traceability.Web.Components.Ui;

/// <summary>A vertical axis with round steps that holds all values.</summary>
public sealed class ChartScale
{
    private ChartScale(decimal low, decimal high, decimal step) => (Low, High, Step) = (low, high, step);

    public decimal Low { get; }

    public decimal High { get; }

    public decimal Step { get; }

    public IEnumerable<decimal> Ticks
    {
        get
        {
            for (var tick = Low; tick <= High; tick += Step) yield return tick;
        }
    }

    /// <summary>The axis for these values.</summary>
    /// <param name="fromZero">Bars start at zero; lines may start where the values do.</param>
    public static ChartScale For(IReadOnlyCollection<decimal> values, bool fromZero)
    {
        if (values.Count == 0) return new ChartScale(0, 1, 1);
        var low = fromZero ? Math.Min(0, values.Min()) : values.Min();
        var high = fromZero ? Math.Max(0, values.Max()) : values.Max();
        if (low == high)
        {
            low -= low == 0 ? 0 : Math.Abs(low) * 0.05m;
            high += high == 0 ? 1 : Math.Abs(high) * 0.05m;
        }

        var step = RoundStep((high - low) / 4);
        return new ChartScale(Math.Floor(low / step) * step, Math.Ceiling(high / step) * step, step);
    }

    /// <summary>Place of a value between 0 (bottom) and 1 (top).</summary>
    public double Place(decimal value) => (double)((value - Low) / (High - Low));

    private static decimal RoundStep(decimal raw)
    {
        var power = (decimal)Math.Pow(10, Math.Floor(Math.Log10((double)raw)));
        var share = raw / power;
        return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 2.5m ? 2.5m : share <= 5 ? 5 : 10);
    }
}
