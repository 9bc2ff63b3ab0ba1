using System.Text.Json;
using Microsoft.Extensions.Localization;
using Traceability.Web.Components.Ui;

namespace Traceability.Web.Components.Lists;

/// <summary>Enum values in words: the text's key is <c>Type.Value</c>.</summary>
public static class EnumWords
{
    public static string Of<TEnum>(this IStringLocalizer texts, TEnum value) where TEnum : struct, Enum => texts[$"{typeof(TEnum).Name}.{value}"];

    /// <summary>All values as choices of a form.</summary>
    public static IReadOnlyList<SelectOption<TEnum>> Choices<TEnum>(this IStringLocalizer texts) where TEnum : struct, Enum =>
        [.. Enum.GetValues<TEnum>().Select(value => new SelectOption<TEnum>(value, texts.Of(value)))];

    /// <summary>All values as choices of a filter, by the name they have in addresses and on the API.</summary>
    public static IReadOnlyList<SelectOption<string>> FilterChoices(this IStringLocalizer texts, Type type) =>
        [.. Enum.GetNames(type).Select(name => new SelectOption<string>(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), texts[$"{type.Name}.{name}"]))];
}
