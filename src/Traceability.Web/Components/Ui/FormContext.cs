using Traceability.Domain.Common;

namespace Traceability.Web.Components.Ui;

/// <summary>What a form tells its fields: the refusals of the last save. Fields tell it where they are.</summary>
public sealed class FormContext
{
    private readonly Dictionary<string, FieldContext> fields = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<Error> Errors { get; internal set; } = [];

    public bool Busy { get; internal set; }

    internal void Register(string name, FieldContext field) => fields[name] = field;

    internal void Forget(string name) => fields.Remove(name);

    internal FieldContext? Find(string? name) => name is not null && fields.TryGetValue(name, out var field) ? field : null;

    /// <summary>The first refusal about the field, or null.</summary>
    internal Error? ErrorOf(string? name) =>
        name is null ? null : Errors.FirstOrDefault(error => string.Equals(error.Field, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>What a field tells the input inside it.</summary>
public sealed class FieldContext
{
    /// <summary>Element id of the input.</summary>
    public string Id { get; } = $"f{Guid.NewGuid():N}"[..12];

    public string Label { get; internal set; } = "";

    public bool HasError { get; internal set; }

    public bool Required { get; internal set; }

    /// <summary>Key in the shared texts of what is wrong with the text as typed; null when it can be read.</summary>
    public string? Unreadable { get; private set; }

    internal event Action? Changed;

    /// <summary>Told by an input whose text cannot be read as a value.</summary>
    public void Report(string? unreadable)
    {
        if (Unreadable == unreadable) return;
        Unreadable = unreadable;
        Changed?.Invoke();
    }
}
