namespace Traceability.Web.Components.Ui;

/// <summary>The states that look the same everywhere, and five general ones.</summary>
public static class StatusKind
{
    public const string Pending = "pending";
    public const string Released = "released";
    public const string Concession = "concession";
    public const string Held = "held";
    public const string Rejected = "rejected";
    public const string Consumed = "consumed";
    public const string Migrated = "migrated";
    public const string Gap = "gap";
    public const string Neutral = "neutral";
    public const string Info = "info";
    public const string Success = "success";
    public const string Warning = "warning";
    public const string Danger = "danger";

    /// <summary>The states with a word of their own.</summary>
    public static readonly IReadOnlyList<string> Named = [Pending, Released, Concession, Held, Rejected, Consumed, Migrated, Gap];

    /// <summary>Kinds whose word the caller gives.</summary>
    public static readonly IReadOnlyList<string> General = [Neutral, Info, Success, Warning, Danger];

    /// <summary>Icon of a kind; a circle for an unknown one.</summary>
    public static string IconOf(string kind) => kind switch
    {
        Pending => "clock",
        Released => "circle-check",
        Concession => "badge-check",
        Held => "circle-pause",
        Rejected => "circle-x",
        Consumed => "check-check",
        Migrated => "import",
        Gap => "link-2-off",
        Info => "info",
        Success => "check",
        Warning => "triangle-alert",
        Danger => "octagon-alert",
        _ => "circle",
    };
}
