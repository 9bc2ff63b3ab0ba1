namespace Traceability.Web.Components.Ui;

/// <summary>Numbers stand at the end, everything else at the start.</summary>
public enum ColumnAlign
{
    Start,
    End,
    Center,
}
