using System.Globalization;
using System.Text.Json.Nodes;
using Traceability.Application.Dossiers;
using Traceability.Documents.Layout;
using Traceability.Documents.Texts;

namespace Traceability.Documents.Dossiers;

/// <summary>Puts facts into words, numbers and marks, in one language and one time zone, the same way everywhere in a document.</summary>
internal sealed class DossierWriter(DocumentLanguage language, string timeZone)
{
    private const string Thin = "\u2009";
    private const string None = "—";

    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);

    public DossierTexts Texts { get; } = DossierTexts.In(language);

    public string In(BilingualText? text) => text?.In(language) ?? string.Empty;

    /// <summary>The zone's distance from UTC at that time, e.g. <c>+08:00</c>.</summary>
    public string Offset(DateTimeOffset at)
    {
        var offset = zone.GetUtcOffset(at);
        return (offset < TimeSpan.Zero ? "−" : "+") + offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture);
    }

    public string Time(DateTimeOffset at) => Local(at, "yyyy-MM-dd HH:mm");

    public string Time(DateTimeOffset? at) => at is { } value ? Time(value) : None;

    public string Seconds(DateTimeOffset at) => Local(at, "yyyy-MM-dd HH:mm:ss");

    public static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? None;

    /// <summary>A number with comma groups and no more decimals than were recorded.</summary>
    public static string Number(decimal value) =>
        (value < 0 ? "−" : string.Empty) + Math.Abs(value).ToString("#,0.######", CultureInfo.InvariantCulture);

    public string Quantity(DossierQuantity? quantity) => quantity is null ? None : WithUnit(Number(quantity.Value), quantity.Unit);

    /// <summary>Zero says nothing in a column of scrap: it is shown as a dash, which is easier to overlook than a number.</summary>
    public string QuantityOrDash(DossierQuantity? quantity) => quantity is null or { Value: 0 } ? None : Quantity(quantity);

    public string Person(DossierPerson? person) => person is null ? None : $"{In(person.Name)} {person.Code}".Trim();

    public string Or(string? text) => string.IsNullOrWhiteSpace(text) ? None : text;

    /// <summary>A code, or a dash in the text font.</summary>
    public static JsonObject CodeOrDash(string? code) => string.IsNullOrWhiteSpace(code) ? Doc.Text(None) : Doc.Code(code);

    public string Limits(DossierLimits? limits)
    {
        if (limits is null) return None;
        if (limits.Text is { } words) return In(words);
        return (limits.Lower, limits.Upper) switch
        {
            ({ } lower, { } upper) => WithUnit($"{Number(lower)}–{Number(upper)}", limits.Unit),
            ({ } lower, null) => WithUnit($"≥{Thin}{Number(lower)}", limits.Unit),
            (null, { } upper) => WithUnit($"≤{Thin}{Number(upper)}", limits.Unit),
            _ => None,
        };
    }

    public string Value(DossierValue value)
    {
        if (value.Number is not { } number) return Or(In(value.Text));
        var range = value.UpTo is { } highest && highest != number ? $"{Number(number)}–{Number(highest)}" : Number(number);
        return WithUnit(range, value.Unit);
    }

    /// <summary>A recorded value; outside its limits it is bold as well as marked in the next column.</summary>
    public JsonObject ValueCell(DossierValue value, DossierVerdict verdict) =>
        IsFail(verdict) ? Doc.Text(Value(value), "fail") : Doc.Text(Value(value));

    /// <summary>The verdict as mark and word.</summary>
    public JsonObject VerdictCell(DossierVerdict verdict) => verdict switch
    {
        DossierVerdict.Pass => Doc.Text(Texts.Pass, "pass"),
        DossierVerdict.Fail => Doc.Text(Texts.Fail, "fail"),
        DossierVerdict.BelowLimit => Doc.Text(Texts.Below, "fail"),
        DossierVerdict.AboveLimit => Doc.Text(Texts.Above, "fail"),
        _ => Doc.Text(None, "muted"),
    };

    public static bool IsFail(DossierVerdict verdict) => verdict is DossierVerdict.Fail or DossierVerdict.BelowLimit or DossierVerdict.AboveLimit;

    /// <summary>A status as icon, word and colour: readable without the colour.</summary>
    public JsonObject Status(DossierStatus status) => Doc.Text($"{Icon(status)} {Texts.Word(status)}", Style(status));

    public static string Icon(DossierStatus status) => status switch
    {
        DossierStatus.Pending => "◐",
        DossierStatus.Released => "●",
        DossierStatus.Concession => "◆",
        DossierStatus.OnHold => "□",
        DossierStatus.Rejected => "■",
        DossierStatus.Migrated => "◇",
        _ => "○",
    };

    private static string Style(DossierStatus status) => "status" + status;

    public static string Fill(string pattern, params ReadOnlySpan<object> values) => string.Format(CultureInfo.InvariantCulture, pattern, values);

    private string WithUnit(string number, BilingualText? unit)
    {
        var name = In(unit);
        return name.Length == 0 ? number : number + Thin + name;
    }

    private string Local(DateTimeOffset at, string format) => TimeZoneInfo.ConvertTime(at, zone).ToString(format, CultureInfo.InvariantCulture);
}
