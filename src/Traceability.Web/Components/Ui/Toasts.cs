namespace Traceability.Web.Components.Ui;

/// <summary>A confirmation that goes away by itself; errors never stand in one.</summary>
/// <param name="Text">What was done, localized.</param>
/// <param name="UndoText">Words of the undo button; none without it.</param>
/// <param name="Undo">Takes it back; offered for ten seconds.</param>
public sealed record Toast(string Text, string? UndoText = null, Func<Task>? Undo = null);

/// <summary>Shows toasts in the browser that this circuit serves.</summary>
public sealed class Toasts
{
    internal event Action<Toast>? Raised;

    /// <summary>Confirms what was done.</summary>
    public void Show(string text) => Raised?.Invoke(new Toast(text));

    /// <summary>Confirms what was done and offers to take it back for ten seconds.</summary>
    public void Show(string text, string undoText, Func<Task> undo) => Raised?.Invoke(new Toast(text, undoText, undo));
}
