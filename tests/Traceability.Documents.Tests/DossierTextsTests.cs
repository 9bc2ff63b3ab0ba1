using System.Text.RegularExpressions;
using Traceability.Application.Dossiers;
using Traceability.Documents.Texts;
using Xunit;

namespace Traceability.Documents.Tests;

public sealed class DossierTextsTests
{
    private static IEnumerable<(string Name, string Chinese, string English)> Pairs() =>
        from property in typeof(DossierTexts).GetProperties()
        where property.PropertyType == typeof(string)
        select (property.Name, (string)property.GetValue(DossierTexts.Chinese)!, (string)property.GetValue(DossierTexts.English)!);

    [Fact]
    public void Both_languages_say_everything_with_the_same_place_holders()
    {
        foreach (var (name, chinese, english) in Pairs())
        {
            Assert.False(string.IsNullOrWhiteSpace(chinese), name);
            Assert.False(string.IsNullOrWhiteSpace(english), name);
            Assert.Equal(PlaceHolders(chinese), PlaceHolders(english));
        }

        static IEnumerable<string> PlaceHolders(string text) => Regex.Matches(text, @"\{\w+\}").Select(match => match.Value).Order();
    }

    [Fact]
    public void English_is_free_of_Chinese_and_Chinese_is_Chinese()
    {
        foreach (var (name, chinese, english) in Pairs())
        {
            Assert.DoesNotMatch(@"[\u3000-\u9FFF\uFF00-\uFFEF]", english);
            if (name is nameof(DossierTexts.LanguageTag) or nameof(DossierTexts.NoFindings)) continue;
            Assert.Matches(@"[\u4E00-\u9FFF]", chinese);
        }
    }

    [Fact]
    public void Every_status_has_a_word_of_its_own()
    {
        foreach (var language in Enum.GetValues<DocumentLanguage>())
        {
            var texts = DossierTexts.In(language);
            Assert.Equal(8, Enum.GetValues<DossierStatus>().Select(texts.Word).Distinct().Count());
        }
    }
}
