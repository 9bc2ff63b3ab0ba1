using System.Globalization;
using Traceability.Application.Common;

namespace Traceability.Web.Components;

/// <summary>The name of a record in the reader's language.</summary>
public static class Names
{
    /// <summary>The English name for readers of English where there is one, else the name.</summary>
    public static string Of(string? name, string? nameEn) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" && !string.IsNullOrEmpty(nameEn) ? nameEn : name ?? "";

    public static string Of(Ref? record) => record is null ? Ui.Formats.None : Of(record.Name, record.NameEn);

    /// <summary>Code and name, for where both are needed to recognise a record.</summary>
    public static string Full(Ref? record) => record is null ? Ui.Formats.None : $"{record.Code} {Of(record)}";
}
