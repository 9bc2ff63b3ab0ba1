using Traceability.Domain.Common;

namespace Traceability.Web.Api;

/// <summary>Values of query strings, written as the JSON of the API writes them.</summary>
internal static class ApiValues
{
    /// <summary>An enum by its snake_case or plain name, whatever its case; null when left out; an unknown word is noted as an error.</summary>
    public static T? Enum<T>(string? text, string field, Check check) where T : struct, Enum
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var bare = text.Replace("_", "", StringComparison.Ordinal).Trim();
        if (!bare.All(char.IsDigit) && System.Enum.TryParse<T>(bare, ignoreCase: true, out var value)) return value;
        check.Add(CommonErrors.Unknown.On(field).With(text));
        return null;
    }
}
