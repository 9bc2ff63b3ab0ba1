using System.Globalization;
using Microsoft.Extensions.Localization;
using Traceability.Application.Dictionary;
using Traceability.Domain.Common;
using Traceability.Web.Components.Lists;
using Traceability.Web.Components.Pages.Audit;

namespace Traceability.Web.Components.Pages.Dictionary;

/// <summary>A field with its names; both languages are shown side by side.</summary>
public sealed record NamedField(FieldView Field, string Record, string Name, string NameZh, string NameEn);

/// <summary>The data dictionary as a list, on the page and in its export.</summary>
public sealed class DictionaryList(DictionaryQueries queries, FieldNames names)
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN"), English = CultureInfo.GetCultureInfo("en");

    public static IReadOnlyList<ListColumn<NamedField>> Columns(IStringLocalizer texts) =>
    [
        new("record", texts["Record"], f => f.Record) { Sortable = false, Priority = 3 },
        new("nameZh", texts["NameZh"], f => f.NameZh) { Sortable = false, Priority = 1 },
        new("nameEn", texts["NameEn"], f => f.NameEn) { Sortable = false, Priority = 4 },
        new("field", texts["Field"], f => $"{f.Field.Record}.{f.Field.Field}") { Sortable = false, Mono = true },
        new("format", texts["Format"], f => FormatOf(f.Field, texts)) { Sortable = false, Priority = 2 },
        new("unit", texts["Unit"], f => texts[UnitOf(f.Field)].Value is { Length: > 0 } unit ? unit : null) { Sortable = false },
        new("required", texts["Required"], f => texts[f.Field.Required ? "Yes" : "No"].Value) { Sortable = false },
        new("choices", texts["Choices"], f => f.Field.References is { } to ? "→ " + to : string.Join(" · ", f.Field.Choices)) { Sortable = false, Wrap = true },
        new("owner", texts["Owner"], f => texts.Of(f.Field.Owner)) { Sortable = false },
    ];

    /// <summary>Fields whose code or names contain the text.</summary>
    public Result<Paged<NamedField>> Find(Actor actor, PageRequest page, string? record)
    {
        if (queries.Fields(actor).Failed(out var errors, out var fields)) return Result<Paged<NamedField>>.Refuse(errors);
        var found = fields.Where(f => string.IsNullOrEmpty(record) || f.Record == record)
            .Select(f => new NamedField(f, names.Record(f.Record), names.Field(f.Record, f.Field), In(Chinese, () => names.Field(f.Record, f.Field)), In(English, () => names.Field(f.Record, f.Field))))
            .Where(f => page.Text is not { } text || new[] { $"{f.Field.Record}.{f.Field.Field}", f.Record, f.NameZh, f.NameEn }.Any(t => t.Contains(text, StringComparison.OrdinalIgnoreCase))).ToList();
        return new Paged<NamedField>([.. found.Skip(page.Skip).Take(page.Take)], found.Count);
    }

    private static string FormatOf(FieldView field, IStringLocalizer texts) => field.Decimals is { } decimals ? texts["Format.Decimals", decimals] : texts.Of(field.Format);

    /// <summary>Quantities are in the stock unit of the material unless the field says otherwise.</summary>
    private static string UnitOf(FieldView field) => field.Field switch
    {
        "shelf_life_days" => "Unit.Days",
        "factor" => "Unit.Ratio",
        "size" => "Unit.Bytes",
        _ when field.Field.Contains("quantity", StringComparison.Ordinal) => "Unit.Stock",
        _ when field.Format == FieldFormat.Moment => "Unit.Moment",
        _ => "Unit.None",
    };

    private static string In(CultureInfo language, Func<string> read)
    {
        var current = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = language;
            return read();
        }
        finally
        {
            CultureInfo.CurrentUICulture = current;
        }
    }
}
