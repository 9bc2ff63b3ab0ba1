using Microsoft.Extensions.Localization;

namespace Traceability.Web.Components.Pages.Audit;

/// <summary>Names of records and their fields in the reader's language: the words of the data dictionary.</summary>
public sealed class FieldNames(IStringLocalizer<Resources.Fields> texts)
{
    /// <summary>Name of a record, e.g. 批次 for <c>batch</c> or <c>trace.batch</c>.</summary>
    public string Record(string table)
    {
        var name = Bare(table);
        return texts[$"record.{name}"] is { ResourceNotFound: false } known ? known : name;
    }

    /// <summary>Name of a field: that of the record's own field, else what a field of that name means everywhere.</summary>
    public string Field(string table, string column) =>
        texts[$"{Bare(table)}.{column}"] is { ResourceNotFound: false } own ? own
        : texts[column] is { ResourceNotFound: false } common ? common : column;

    /// <summary>A recorded value as people read it: yes and no in words, a dash for none.</summary>
    public string Value(string? recorded) => recorded switch
    {
        null => Ui.Formats.None,
        "true" or "false" => texts[$"value.{recorded}"],
        _ => recorded,
    };

    private static string Bare(string table) => table[(table.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
