using Traceability.Domain.Common;

namespace Traceability.Web.Api;

/// <summary>Enum values of query strings, written as in the JSON bodies (in_progress) or as in the code (InProgress).</summary>
internal static class ApiEnum
{
    /// <summary>The value; no text is no value, an unknown text is refused.</summary>
    public static Result<EnumValue<T>> Read<T>(string? text, string field) where T : struct, Enum
    {
        if (string.IsNullOrWhiteSpace(text)) return new EnumValue<T>(null);
        return Enum.TryParse<T>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var value) && Enum.IsDefined(value) ? new EnumValue<T>(value) : CommonErrors.Unknown.On(field);
    }
}

internal sealed record EnumValue<T>(T? Value) where T : struct, Enum;
