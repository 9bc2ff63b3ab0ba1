using System.Globalization;

namespace Traceability.Web.Components.Ui;

/// <summary>
/// A unit as it is said in the reader's language: symbols stay (kg), counting units are words (罐, can). The words are master data
/// and are kept up to date by <see cref="Hosting.UnitWordsRefresh"/>; a unit without words is shown by its code.
/// </summary>
public static class UnitWords
{
    private static volatile IReadOnlyDictionary<string, (string Chinese, string English)> words = new Dictionary<string, (string, string)>();

    public static string? Of(string? unit) =>
        unit is not null && words.TryGetValue(unit, out var word) ? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? word.Chinese : word.English : unit;

    internal static void Use(IReadOnlyDictionary<string, (string Chinese, string English)> current) => words = current;
}
