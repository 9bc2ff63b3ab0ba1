using System.Text.RegularExpressions;
using Xunit;

namespace Traceability.Web.Tests.Localization;

/// <summary>Components hold no words of either language; all words come from the resource files.</summary>
public sealed partial class RazorTextTests
{
    // Attributes people read; their values have to be expressions.
    private const string Readable = "Title|Label|Text|Hint|Placeholder|placeholder|title|aria-label|alt|SaveText|BackText|EmptyTitle|EmptyText|Consequence|Action|Note|SearchPlaceholder|AllText|UnitText";

    // Codes, units and sample values of the gallery are the same in both languages.
    private static readonly Regex Sample = new("^[^a-z]*$|^(pcs|kg|mm|Ctrl|6061-T6 φ40×3000)$", RegexOptions.CultureInvariant);

    [Fact]
    public void No_component_holds_chinese_text()
    {
        var found = SourceTree.Files("*.razor").SelectMany(file => Cjk().Matches(WithoutComments(File.ReadAllText(file))).Select(match => $"{SourceTree.Relative(file)}: {match.Value}"));
        Assert.Equal("", string.Join(Environment.NewLine, found));
    }

    [Fact]
    public void No_markup_holds_english_words()
    {
        var found = SourceTree.Files("*.razor").SelectMany(file => Words(Markup(file)).Select(words => $"{SourceTree.Relative(file)}: {words}"));
        Assert.Equal("", string.Join(Environment.NewLine, found));
    }

    [Fact]
    public void No_readable_attribute_holds_words()
    {
        var found = SourceTree.Files("*.razor").SelectMany(file => ReadableAttribute().Matches(Markup(file))
            .Select(match => match.Groups[2].Value.Trim())
            .Where(value => value.Length > 0 && !value.Contains('@') && Letters().IsMatch(value) && !Sample.IsMatch(value))
            .Select(value => $"{SourceTree.Relative(file)}: {value}"));
        Assert.Equal("", string.Join(Environment.NewLine, found));
    }

    // What stands between two tags and is neither an expression nor a statement.
    private static IEnumerable<string> Words(string markup) =>
        Between().Matches(markup).Select(match => match.Groups[1].Value.Trim())
            .Where(text => !text.Contains('@') && !text.Contains('{') && !text.Contains('}') && !text.Contains(';') && !text.Contains("=>", StringComparison.Ordinal))
            .Where(text => Letters().IsMatch(text) && !Sample.IsMatch(text));

    private static string Markup(string file)
    {
        var source = WithoutComments(File.ReadAllText(file));
        var code = source.IndexOf("\n@code", StringComparison.Ordinal);
        return code < 0 ? source : source[..code];
    }

    private static string WithoutComments(string source) => Comment().Replace(source, "");

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->|<script.*?</script>|(?<=\n)\s*//[^\n]*", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"[\p{IsCJKUnifiedIdeographs}]+")]
    private static partial Regex Cjk();

    [GeneratedRegex(@"(?<=[\w""/'])>([^<>]+)</")]
    private static partial Regex Between();

    [GeneratedRegex($@"\s({Readable})=""([^""@]*)""")]
    private static partial Regex ReadableAttribute();

    [GeneratedRegex(@"[a-zA-Z]{3,}")]
    private static partial Regex Letters();
}
