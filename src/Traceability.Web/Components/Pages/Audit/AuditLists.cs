using Microsoft.Extensions.Localization;
using Traceability.Application.Auditing;
using Traceability.Web.Components.Lists;
using Traceability.Web.Components.Ui;

namespace Traceability.Web.Components.Pages.Audit;

/// <summary>What the audit trail's export shows.</summary>
public static class AuditLists
{
    public static IReadOnlyList<ListColumn<AuditEntryView>> Columns(IStringLocalizer texts, FieldNames fields) =>
    [
        new("recordedAt", texts["RecordedAt"], e => e.RecordedAt),
        new("actor", texts["Person"], e => e.ActorName),
        new("useCase", texts["UseCase"], e => e.UseCase),
        new("action", texts["Action"], e => texts[$"Action.{e.Action}"].Value),
        new("record", texts["Record"], e => fields.Record(e.Table)),
        new("recordId", texts["RecordId"], e => e.RecordId),
        new("changes", texts["Changes"], e => string.Join("; ", e.Changes.Select(c => Change(e, c, fields)))),
        new("reason", texts["Reason"], e => e.Reason),
        new("device", texts["Device"], e => e.Device),
    ];

    public static string KindOf(string action) => action switch { "insert" => StatusKind.Success, "delete" => StatusKind.Danger, _ => StatusKind.Info };

    private static string Change(AuditEntryView entry, AuditChange change, FieldNames fields)
    {
        var name = fields.Field(entry.Table, change.Column);
        return entry.Action == "update" ? $"{name}: {fields.Value(change.Old)} → {fields.Value(change.New)}" : $"{name}: {fields.Value(change.New ?? change.Old)}";
    }
}
