using System.Globalization;
using Microsoft.Extensions.Localization;
using Traceability.Domain.Common;

namespace Traceability.Web.Components;

/// <summary>Puts coded errors into words: the code is looked up in every resource file, in the language of the caller.</summary>
public sealed class ErrorTexts
{
    private readonly IReadOnlyList<IStringLocalizer> sources;
    private readonly IStringLocalizer shared;

    public ErrorTexts(IStringLocalizerFactory factory)
    {
        sources = [.. typeof(Resources.Shared).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, Namespace: "Traceability.Web.Resources", IsNested: false })
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(factory.Create)];
        shared = factory.Create(typeof(Resources.Shared));
    }

    /// <summary>The error in words; for a code without a text a sentence that names the code.</summary>
    public string Of(Error error)
    {
        foreach (var source in sources)
        {
            var text = source[error.Code];
            if (!text.ResourceNotFound) return string.Format(CultureInfo.CurrentCulture, text.Value, [.. error.Args.Select(Shown)]);
        }

        return shared["UnknownError", error.Code];
    }

    private static object? Shown(object? argument) => argument switch
    {
        decimal number => Ui.Formats.Number(number),
        int or long or double or DateOnly => Ui.Formats.Value(argument),
        _ => argument,
    };
}
