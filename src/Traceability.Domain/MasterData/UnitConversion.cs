using Traceability.Domain.Common;

namespace Traceability.Domain.MasterData;

/// <summary>Turns a quantity of one unit into another.</summary>
public static class UnitConversion
{
    /// <summary>
    /// Units of mass, volume, length or time convert by their factors. Counted units do not (a can is no box), nor do units of
    /// different dimensions, unless the material says how many stock units one of them is.
    /// </summary>
    /// <param name="stockUnit">The material's stock unit; null to convert without a material.</param>
    /// <param name="alternatives">The material's alternative units.</param>
    /// <returns>The quantity rounded to what can be stored, or <see cref="MasterDataErrors.NoConversion"/>.</returns>
    public static Result<decimal> Convert(decimal quantity, Unit from, Unit to, Unit? stockUnit = null, IReadOnlyCollection<MaterialUnit>? alternatives = null)
    {
        var factor = Factor(from, to);
        if (factor is null && stockUnit is not null)
        {
            // Through the stock unit, each side by the material's own factor or by the dimension.
            var inStock = StockUnits(from, stockUnit, alternatives);
            var ofStock = StockUnits(to, stockUnit, alternatives);
            factor = inStock / ofStock;
        }

        if (factor is not { } by) return MasterDataErrors.NoConversion.With(from.Code, to.Code);
        return quantity > Check.QuantityMax / by ? CommonErrors.OutOfRange.With(0m, Check.QuantityMax) : decimal.Round(quantity * by, Check.QuantityScale);
    }

    /// <summary>How many of <paramref name="to"/> one of <paramref name="from"/> is by dimension alone; null when that says nothing.</summary>
    public static decimal? Factor(Unit from, Unit to) =>
        from.Id == to.Id ? 1
        : from.Dimension == to.Dimension && from.Dimension is not (UnitDimension.Count or UnitDimension.Other) ? from.Factor / to.Factor
        : null;

    private static decimal? StockUnits(Unit unit, Unit stockUnit, IReadOnlyCollection<MaterialUnit>? alternatives) =>
        alternatives?.FirstOrDefault(a => a.UnitId == unit.Id)?.Factor ?? Factor(unit, stockUnit);
}
