using Microsoft.Extensions.Localization;
using Traceability.Application.Common;
using Traceability.Application.Tracing;
using Traceability.Domain.Batches;
using Traceability.Web.Components.Ui;

namespace Traceability.Web.Components.Pages.Tracing;

/// <summary>How the parts of a trace are put into words and colours, the same in table, graph and flow.</summary>
internal static class TraceWords
{
    private static bool IsChinese => System.Globalization.CultureInfo.CurrentUICulture.Name.StartsWith("zh", StringComparison.Ordinal);

    /// <summary>The name in the page's language.</summary>
    public static string Name(this Ref record) => Name(record.Name, record.NameEn);

    public static string Name(string name, string? nameEn) => IsChinese || string.IsNullOrEmpty(nameEn) ? name : nameEn;

    public static string Name(this TraceStep step) => Name(step.Name, step.NameEn);

    /// <summary>The key of an enum's word: its snake_case name.</summary>
    public static string Key<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>What the batch's edge and chip say: a hold before all, then where it came from, then used up, then its quality status.</summary>
    public static string StatusOf(TraceBatch batch) =>
        batch.IsOnHold ? StatusKind.Held
        : batch.QualityStatus == QualityStatus.Rejected ? StatusKind.Rejected
        : batch.Origin == BatchOrigin.Migrated ? StatusKind.Migrated
        : batch.QualityStatus == QualityStatus.Pending ? StatusKind.Pending
        : batch.OnHand + batch.InProcess == 0 ? StatusKind.Consumed
        : batch.QualityStatus == QualityStatus.Concession ? StatusKind.Concession : StatusKind.Released;

    /// <summary>Order and operation of a run, as short as it can be said.</summary>
    public static string Title(this TraceRun run, IStringLocalizer words) =>
        run.WorkOrderCode ?? (run.Kind is { } kind ? words[$"Activity.{Key(kind)}"] : run.Label ?? words[$"Grain.{Key(run.Grain)}"]);

    public static string People(TraceLink? link) => link is null ? "" : string.Join(CultureComma, link.Persons.Select(p => p.Name()));

    public static string CultureComma => IsChinese ? "、" : ", ";
}
