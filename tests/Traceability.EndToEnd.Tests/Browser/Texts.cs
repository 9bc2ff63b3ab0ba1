using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;

namespace Traceability.EndToEnd.Tests.Browser;

/// <summary>The product's own words in one language, so that one test reads both: a renamed text renames it here too.</summary>
internal sealed class Texts(CultureInfo culture)
{
    private static readonly Assembly Product = typeof(Web.Resources.Shared).Assembly;

    private static readonly IReadOnlyDictionary<string, ResourceManager> Files = Product.GetTypes()
        .Where(type => type is { IsClass: true, Namespace: "Traceability.Web.Resources", IsNested: false })
        .ToDictionary(type => type.Name, type => new ResourceManager(type.FullName!, Product), StringComparer.Ordinal);

    public CultureInfo Culture => culture;

    /// <summary>The text of a feature's resource file.</summary>
    public string Of(string feature, string key, params object?[] args)
    {
        var text = Files[feature].GetString(key, culture) ?? throw new InvalidOperationException($"{feature}.{key} has no text in {culture.Name}.");
        return args.Length == 0 ? text : string.Format(culture, text, args);
    }

    /// <summary>A refusal in words, whatever it names.</summary>
    public Regex Refusal(string code)
    {
        var text = Files.Values.Select(file => file.GetString(code, culture)).FirstOrDefault(found => found is not null)
            ?? throw new InvalidOperationException($"{code} has no text in {culture.Name}.");
        return new Regex(string.Join(".*", Regex.Split(text, @"\{\d+[^}]*\}").Select(Regex.Escape)), RegexOptions.Singleline);
    }

    /// <summary>Every key of every file; none of them may ever be seen by a person.</summary>
    public IReadOnlySet<string> Keys => Files.Values
        .SelectMany(file => file.GetResourceSet(CultureInfo.InvariantCulture, true, true)!.Cast<System.Collections.DictionaryEntry>())
        .Select(entry => (string)entry.Key).ToHashSet(StringComparer.Ordinal);
}
