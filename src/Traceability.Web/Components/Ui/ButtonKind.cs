namespace Traceability.Web.Components.Ui;

/// <summary>How much a button weighs; one primary button a page.</summary>
public enum ButtonKind
{
    Normal,
    Primary,
    Danger,

    /// <summary>Without border, for tools.</summary>
    Quiet,
}
