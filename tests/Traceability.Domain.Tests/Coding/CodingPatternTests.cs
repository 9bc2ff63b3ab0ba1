using FsCheck;
using FsCheck.Fluent;
using Traceability.Domain.Coding;
using Xunit;

namespace Traceability.Domain.Tests.Coding;

public sealed class CodingPatternTests
{
    private static readonly CodingValues Values = new(new DateOnly(2026, 3, 14), "R", "wp90", "A", "P1", "R-WP90-260314-01");

    [Theory]
    [InlineData("R-{ITEM}-{yyMMdd}-{n2}", 1, "R-WP90-260314-01")]
    [InlineData("{T}{SKU}{L}{n}", 12, "RWP90A12")]
    [InlineData("{P}/x", 1, null)]
    [InlineData("{P}-{yyyyMMdd}-{yyMM}-{yy}-{n9}", 7, "P1-20260314-2603-26-000000007")]
    [InlineData("{PARENT}-P{n}", 2, "R-WP90-260314-01-P2")]
    [InlineData("F-{ITEM}-{yyMMdd}-{L}", 1, "F-WP90-260314-A")]
    public void Tokens_stand_for_their_values(string pattern, long sequence, string? code)
    {
        var parsed = CodingPattern.Parse(pattern);
        Assert.Equal(code, parsed.IsSuccess ? parsed.Value.Format(Values, sequence).Value : null);
    }

    [Theory]
    [InlineData(null, "coding.bad_pattern")]
    [InlineData("  ", "coding.bad_pattern")]
    [InlineData("X-{n", "coding.bad_pattern")]
    [InlineData("X-n}", "coding.bad_pattern")]
    [InlineData("X Y-{n}", "coding.bad_pattern")]
    [InlineData("X?{n}", "coding.bad_pattern")]
    [InlineData("{n0}", "coding.unknown_token")]
    [InlineData("{n10}", "coding.unknown_token")]
    [InlineData("{item}-{n}", "coding.unknown_token")]
    [InlineData("{}-{n}", "coding.unknown_token")]
    [InlineData("R-{ITEM}-{yyMMdd}", "coding.no_distinction")]
    public void What_cannot_be_a_rule_is_refused(string? pattern, string code) => Assert.Equal(code, CodingPattern.Parse(pattern).Error.Code);

    [Fact]
    public void A_rule_is_at_most_80_characters() => Assert.Equal("coding.too_long", CodingPattern.Parse(new string('X', 80) + "{n}").Error.Code);

    [Fact]
    public void A_value_the_record_does_not_have_is_named()
    {
        var refused = CodingPattern.Parse("{ITEM}-{n}").Value.Format(Values with { Item = null }, 1).Error;
        Assert.Equal(("coding.missing_value", "{ITEM}"), (refused.Code, refused.Args[0]));
    }

    [Fact]
    public void A_running_number_that_does_not_fit_is_refused_and_not_cut()
    {
        var pattern = CodingPattern.Parse("X{n2}").Value;
        Assert.Equal("X99", pattern.Format(Values, 99).Value);
        Assert.Equal("coding.sequence_exhausted", pattern.Format(Values, 100).Error.Code);
    }

    [Fact]
    public void Numbers_count_within_the_rest_of_the_code()
    {
        var pattern = CodingPattern.Parse("R-{ITEM}-{yyMMdd}-{n2}{C}").Value;
        Assert.Equal(pattern.Scope(Values).Value, pattern.Scope(Values with { Type = "X" }).Value);
        Assert.NotEqual(pattern.Scope(Values).Value, pattern.Scope(Values with { Item = "LAC" }).Value);
        Assert.NotEqual(pattern.Scope(Values).Value, pattern.Scope(Values with { Day = new DateOnly(2026, 3, 15) }).Value);
    }

    // The example of the standard's annex: "A999914123456" has the check character N under MOD 37-2.
    [Theory]
    [InlineData("A999914123456", 'N')]
    [InlineData("a9999-14 123456", 'N')]
    public void The_check_character_is_that_of_iso_7064(string text, char check) => Assert.Equal(check, CodingPattern.CheckCharacter(text));

    [Fact]
    public void A_wrong_character_or_two_swapped_neighbours_change_the_check_character() => Prop.ForAll(Arbitrary(), Swap, (text, at) =>
    {
        var i = at % text.Length;
        var other = text.ToCharArray();
        other[i] = other[i] == 'Z' ? '0' : 'Z';
        var detected = CodingPattern.CheckCharacter(text) != CodingPattern.CheckCharacter(new string(other));
        if (i + 1 < text.Length && text[i] != text[i + 1])
        {
            var swapped = text.ToCharArray();
            (swapped[i], swapped[i + 1]) = (swapped[i + 1], swapped[i]);
            detected &= CodingPattern.CheckCharacter(text) != CodingPattern.CheckCharacter(new string(swapped));
        }

        return detected;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Different_numbers_never_give_the_same_code() => Prop.ForAll(Gen.Choose(1, 999_999).ToArbitrary(), Gen.Choose(1, 999_999).ToArbitrary(), (a, b) =>
    {
        var pattern = CodingPattern.Parse("R-{ITEM}-{yyMMdd}-{n6}{C}").Value;
        return a == b == (pattern.Format(Values, a).Value == pattern.Format(Values, b).Value);
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<int> Swap => Gen.Choose(0, 1000).ToArbitrary();

    private static Arbitrary<string> Arbitrary() =>
        Gen.Elements("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".ToCharArray()).NonEmptyListOf().Select(c => new string([.. c])).ToArbitrary();
}
