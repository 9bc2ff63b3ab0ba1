using Traceability.Web.Components;
using Traceability.Web.Components.Ui;
using Xunit;

namespace Traceability.Web.Tests.Ui;

/// <summary>How the kit reads and writes numbers, days and times.</summary>
public sealed class ReadingTests
{
    [Theory]
    [InlineData("1250", "1250")]
    [InlineData("1,250.5", "1250.5")]
    [InlineData(" 1 250 ", "1250")]
    [InlineData("１２．５", "12.5")]
    [InlineData("-3", "-3")]
    public void Reads_numbers_as_people_type_them(string text, string number)
    {
        Assert.True(NumberText.TryRead(text, out var read));
        Assert.Equal(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture), read);
    }

    [Fact]
    public void Refuses_what_is_no_number() => Assert.False(NumberText.TryRead("12a", out _));

    [Fact]
    public void An_empty_text_is_no_value()
    {
        Assert.True(NumberText.TryRead(" ", out var read));
        Assert.Null(read);
    }

    [Theory]
    [InlineData("2026-03-26", "2026-03-26T00:00:00")]
    [InlineData("20260326", "2026-03-26T00:00:00")]
    [InlineData("2026/3/6 14:05", "2026-03-06T14:05:00")]
    [InlineData("2026年3月26日", "2026-03-26T00:00:00")]
    public void Reads_days_and_times_as_people_type_them(string text, string moment)
    {
        Assert.True(DateText.TryRead(text, out var read));
        Assert.Equal(moment, read.ToString("s", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Writes_numbers_and_units_with_a_thin_space() => Assert.Equal("1,284.5\u2009kg", Formats.Quantity(1284.500000m, "kg"));

    [Fact]
    public void Shows_times_in_the_plants_zone_and_reads_them_back()
    {
        var clock = new PlantClock();
        var moment = new DateTimeOffset(2026, 3, 26, 6, 5, 0, TimeSpan.Zero);
        Assert.Equal("2026-03-26 14:05", clock.Minute(moment));
        Assert.Equal(moment, clock.Utc(clock.Local(moment)));
        clock.Use("Europe/Berlin");
        Assert.Equal("2026-03-26 07:05", clock.Minute(moment));
    }

    [Fact]
    public void An_axis_has_round_steps_and_holds_all_values()
    {
        var scale = ChartScale.For([181.4m, 187.9m, 179m], fromZero: false);
        Assert.True(scale.Low <= 179m && scale.High >= 187.9m);
        Assert.Equal(2.5m, scale.Step);
        Assert.Equal(0, ChartScale.For([820m, 1100m], fromZero: true).Low);
    }
}
