using Traceability.Application.Exports;
using Traceability.Web.Components.Ui;

namespace Traceability.Web.Components.Lists;

/// <summary>One column of a list, said once for the page and for its export.</summary>
/// <param name="Key">Stable name: remembers the choice of columns and names the column in the export's address.</param>
/// <param name="Title">Head in the reader's language.</param>
/// <param name="Value">Null, text, number, day or moment; enums and yes/no are put into words by the definition.</param>
public sealed record ListColumn<T>(string Key, string Title, Func<T, object?> Value)
{
    /// <summary>The list can be sorted by <see cref="Key"/>.</summary>
    public bool Sortable { get; init; } = true;
    public ColumnAlign Align { get; init; }
    public bool Mono { get; init; }

    /// <summary>Place on the phone's card, 1 to 4; 0 is not on it.</summary>
    public int Priority { get; init; }

    /// <summary>Not shown until it is chosen.</summary>
    public bool Optional { get; init; }
    public bool Wrap { get; init; }

    /// <summary>Shows the text as a status chip of this kind.</summary>
    public Func<T, string>? Chip { get; init; }

    public ExportColumn<T> ToExport() => new(Key, Title, Value);
}
