using System.Reflection;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Xunit;

namespace Traceability.Domain.Tests.MasterData;

public sealed class UnitConversionTests
{
    private static readonly Unit Kg = Make(1, "kg", UnitDimension.Mass, 1);
    private static readonly Unit Gram = Make(2, "g", UnitDimension.Mass, 0.001m);
    private static readonly Unit Litre = Make(3, "L", UnitDimension.Volume, 1);
    private static readonly Unit Can = Make(4, "can", UnitDimension.Count, 1);
    private static readonly Unit Box = Make(5, "box", UnitDimension.Count, 1);

    private static readonly MaterialUnit[] InBoxes = [new MaterialUnit { UnitId = 5, Factor = 6 }];

    [Fact]
    public void Units_of_a_dimension_convert_by_their_factors()
    {
        Assert.Equal(1500m, UnitConversion.Convert(1.5m, Kg, Gram).Value);
        Assert.Equal(0.000001m, UnitConversion.Convert(0.001m, Gram, Kg).Value);
        Assert.Equal(7m, UnitConversion.Convert(7m, Can, Can).Value);
    }

    [Fact]
    public void Counted_units_convert_only_by_the_material()
    {
        Assert.Equal("master_data.no_conversion", UnitConversion.Convert(1, Box, Can).Error.Code);
        Assert.Equal("master_data.no_conversion", UnitConversion.Convert(1, Box, Can, Can).Error.Code);
        Assert.Equal(12m, UnitConversion.Convert(2, Box, Can, Can, InBoxes).Value);
        Assert.Equal(2m, UnitConversion.Convert(12, Can, Box, Can, InBoxes).Value);
    }

    [Fact]
    public void Dimensions_meet_only_through_the_stock_unit()
    {
        Assert.Equal("master_data.no_conversion", UnitConversion.Convert(1, Litre, Kg).Error.Code);
        MaterialUnit[] milk = [new MaterialUnit { UnitId = 3, Factor = 1.03m }];
        Assert.Equal(1030m, UnitConversion.Convert(1, Litre, Gram, Kg, milk).Value);
    }

    [Fact]
    public void What_cannot_be_stored_is_refused() => Assert.Equal("common.out_of_range", UnitConversion.Convert(Check.QuantityMax, Kg, Gram).Error.Code);

    private static Unit Make(long id, string code, UnitDimension dimension, decimal factor)
    {
        var unit = new Unit { Code = code, Name = code, Dimension = dimension, Factor = factor };
        typeof(Entity).GetProperty(nameof(Entity.Id), BindingFlags.Public | BindingFlags.Instance)!.SetValue(unit, id);
        return unit;
    }
}
