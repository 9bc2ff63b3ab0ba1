using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Traceability.Web.Tests.Localization;

/// <summary>Every text exists in both languages, takes the same arguments and belongs to a marker class.</summary>
public sealed partial class ResourceFilesTests
{
    private const string Chinese = ".zh-CN.resx";

    public static TheoryData<string> English() =>
        [.. SourceTree.Files("*.resx", "Resources").Where(file => !file.EndsWith(Chinese, StringComparison.Ordinal)).Select(SourceTree.Relative)];

    [Theory, MemberData(nameof(English))]
    public void Both_languages_have_the_same_keys(string file)
    {
        var english = Texts(file);
        var chinese = Texts(file.Replace(".resx", Chinese, StringComparison.Ordinal));
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), chinese.Keys.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(English))]
    public void Both_languages_take_the_same_arguments(string file)
    {
        var chinese = Texts(file.Replace(".resx", Chinese, StringComparison.Ordinal));
        var differing = Texts(file).Where(text => chinese.ContainsKey(text.Key) && !Arguments(text.Value).SetEquals(Arguments(chinese[text.Key]))).Select(text => text.Key);
        Assert.Empty(differing);
    }

    [Theory, MemberData(nameof(English))]
    public void No_text_is_empty(string file)
    {
        Assert.DoesNotContain(Texts(file), text => text.Value.Length == 0);
        Assert.DoesNotContain(Texts(file.Replace(".resx", Chinese, StringComparison.Ordinal)), text => text.Value.Length == 0);
    }

    [Theory, MemberData(nameof(English))]
    public void Each_file_has_a_marker_class(string file)
    {
        var name = $"Traceability.Web.Resources.{Path.GetFileNameWithoutExtension(file)}";
        Assert.NotNull(typeof(Traceability.Web.Resources.Shared).Assembly.GetType(name));
    }

    [Fact]
    public void Each_chinese_file_has_an_english_one()
    {
        var chinese = SourceTree.Files($"*{Chinese}", "Resources").Select(file => file.Replace(Chinese, ".resx", StringComparison.Ordinal));
        Assert.All(chinese, file => Assert.True(File.Exists(file), file));
    }

    private static Dictionary<string, string> Texts(string file) =>
        XDocument.Load(Path.Combine(SourceTree.Web(), file)).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

    private static HashSet<string> Arguments(string text) => [.. Argument().Matches(text).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"\{(\d+)")]
    private static partial Regex Argument();
}
