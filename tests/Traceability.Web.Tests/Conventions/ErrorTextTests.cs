using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Traceability.Application.Users;
using Traceability.Domain.Common;
using Traceability.Web.Components;
using Traceability.Web.Tests.Hosting;
using Xunit;

namespace Traceability.Web.Tests.Conventions;

/// <summary>A refusal without words is no refusal anybody can act on.</summary>
public sealed class ErrorTextTests(WebHost host) : IClassFixture<WebHost>
{
    private static IEnumerable<Error> Declared => new[] { typeof(Error).Assembly, typeof(SignInHandler).Assembly }.SelectMany(a => a.GetTypes())
        .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)).Where(f => f.FieldType == typeof(Error)).Select(f => (Error)f.GetValue(null)!);

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public void Every_declared_error_has_words_in(string culture)
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.GetCultureInfo(culture), CultureInfo.GetCultureInfo(culture));
        var texts = host.Services.GetRequiredService<ErrorTexts>();
        var args = Enumerable.Range(1, 6).Select(i => (object?)$"a{i}").ToArray();
        Assert.NotEmpty(Declared);
        var silent = Declared.Where(e => texts.Of(e.With(args)).Contains(e.Code, StringComparison.Ordinal)).Select(e => e.Code).Distinct();
        Assert.Empty(silent);
    }

    [Fact]
    public void A_code_is_declared_once()
    {
        var twice = Declared.GroupBy(e => e.Code).Where(g => g.Count() > 1).Select(g => g.Key);
        Assert.Empty(twice);
    }

    [Fact]
    public void Chinese_words_are_chinese()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        var texts = host.Services.GetRequiredService<ErrorTexts>();
        var args = Enumerable.Range(1, 6).Select(i => (object?)$"{i}").ToArray();
        Assert.All(Declared, e => Assert.Contains(texts.Of(e.With(args)), c => c >= 0x4E00));
    }
}
