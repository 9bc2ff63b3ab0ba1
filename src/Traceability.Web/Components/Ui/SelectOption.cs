namespace Traceability.Web.Components.Ui;

/// <summary>One choice of a select or filter.</summary>
/// <param name="Text">Localized word.</param>
public sealed record SelectOption<T>(T Value, string Text);

/// <summary>One hit of a lookup.</summary>
/// <param name="Id">Id of the record.</param>
/// <param name="Code">Its code, as printed and scanned.</param>
/// <param name="Text">Its name.</param>
/// <param name="Note">What tells it from the others: quantity, place, date.</param>
public sealed record LookupItem(long Id, string Code, string Text, string? Note = null);
