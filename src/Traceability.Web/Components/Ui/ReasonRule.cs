namespace Traceability.Web.Components.Ui;

/// <summary>Whether a confirmation asks for a reason.</summary>
public enum ReasonRule
{
    None,
    Optional,
    Required,
}
