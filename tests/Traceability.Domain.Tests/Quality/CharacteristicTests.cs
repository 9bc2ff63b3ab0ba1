using Traceability.Domain.Quality;
using Xunit;

namespace Traceability.Domain.Tests.Quality;

public sealed class CharacteristicTests
{
    [Theory]
    [InlineData("10.5", CharacteristicVerdict.Passed)]
    [InlineData("12.5", CharacteristicVerdict.Passed)]
    [InlineData("10.499999", CharacteristicVerdict.Failed)]
    [InlineData("12.51", CharacteristicVerdict.Failed)]
    public void A_number_passes_within_its_limits_and_on_them(string value, CharacteristicVerdict expected) =>
        Assert.Equal(expected, Numeric(10.5m, 12.5m).Judge([new(1, decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), null)]));

    [Fact]
    public void One_limit_is_enough()
    {
        Assert.Equal(CharacteristicVerdict.Passed, Numeric(null, 5).Judge([new(1, -3, null)]));
        Assert.Equal(CharacteristicVerdict.Failed, Numeric(11, null).Judge([new(1, 10.9m, null)]));
    }

    [Theory]
    [InlineData(true, CharacteristicVerdict.Passed)]
    [InlineData(false, CharacteristicVerdict.Failed)]
    public void Pass_or_fail_is_what_the_tester_says(bool passed, CharacteristicVerdict expected) =>
        Assert.Equal(expected, new Characteristic { Code = "A", Name = "外观", Kind = CharacteristicKind.PassFail }.Judge([new(1, null, passed)]));

    /// <summary>GB 29921 plate count: n=5 c=2 m=1,000 M=10,000.</summary>
    [Theory]
    [InlineData(new[] { 200, 400, 900, 1000, 50 }, CharacteristicVerdict.Passed)]
    [InlineData(new[] { 200, 1001, 900, 10000, 50 }, CharacteristicVerdict.Passed)]
    [InlineData(new[] { 1001, 1002, 900, 1003, 50 }, CharacteristicVerdict.Failed)]
    [InlineData(new[] { 10001 }, CharacteristicVerdict.Failed)]
    [InlineData(new[] { 1001, 1002, 1003 }, CharacteristicVerdict.Failed)]
    [InlineData(new[] { 200, 400, 900, 1000 }, CharacteristicVerdict.Open)]
    [InlineData(new int[0], CharacteristicVerdict.Open)]
    public void A_three_class_plan_allows_c_units_between_m_and_M(int[] values, CharacteristicVerdict expected) =>
        Assert.Equal(expected, Sampling(5, 2, 1000, 10000).Judge(Units(values)));

    /// <summary>Salmonella n=5 c=0 0/25 g: a two-class plan.</summary>
    [Theory]
    [InlineData(new[] { 0, 0, 0, 0, 0 }, CharacteristicVerdict.Passed)]
    [InlineData(new[] { 0, 1 }, CharacteristicVerdict.Failed)]
    public void A_two_class_plan_allows_c_units_above_m(int[] values, CharacteristicVerdict expected) =>
        Assert.Equal(expected, Sampling(5, 0, 0, null).Judge(Units(values)));

    private static MeasuredUnit[] Units(int[] values) => [.. values.Select((v, i) => new MeasuredUnit(i + 1, v, null))];

    private static Characteristic Numeric(decimal? lower, decimal? upper) => new() { Code = "P", Name = "蛋白质", Kind = CharacteristicKind.Numeric, LowerLimit = lower, UpperLimit = upper };

    private static Characteristic Sampling(int n, int c, decimal m, decimal? bigM) =>
        new() { Code = "TPC", Name = "菌落总数", Kind = CharacteristicKind.Sampling, SampleN = n, SampleC = c, LimitM = m, LimitBigM = bigM };
}
