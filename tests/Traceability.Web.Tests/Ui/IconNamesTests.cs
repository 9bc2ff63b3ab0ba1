using System.Text.RegularExpressions;
using Traceability.Web.Tests.Localization;
using Xunit;

namespace Traceability.Web.Tests.Ui;

/// <summary>Every icon a component names is drawn into the sprite.</summary>
public sealed partial class IconNamesTests
{
    [Fact]
    public void Every_named_icon_is_in_the_list()
    {
        var list = File.ReadLines(Path.Combine(SourceTree.Web(), "frontend", "icons.txt")).ToHashSet(StringComparer.Ordinal);
        var named = SourceTree.Files("*.razor").SelectMany(file => Icon().Matches(File.ReadAllText(file))
            .Select(match => match.Groups[1].Value)
            .Where(name => !list.Contains(name))
            .Select(name => $"{SourceTree.Relative(file)}: {name}"));
        Assert.Equal("", string.Join(Environment.NewLine, named));
    }

    [GeneratedRegex(@"(?:\sIcon|EmptyIcon|<Icon Name)=""([a-z0-9-]+)""")]
    private static partial Regex Icon();
}
