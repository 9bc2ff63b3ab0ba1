using Microsoft.AspNetCore.Components;

namespace Traceability.Web.Components.Ui;

/// <summary>Base of the inputs: a bound value and the field around it.</summary>
public abstract class UiInput<T> : UiComponent
{
    private readonly string ownId = $"i{Guid.NewGuid():N}"[..12];

    [CascadingParameter] protected FieldContext? Field { get; set; }

    [Parameter] public T? Value { get; set; }

    [Parameter] public EventCallback<T?> ValueChanged { get; set; }

    [Parameter] public bool Disabled { get; set; }

    /// <summary>An example of what to enter; never instead of a label.</summary>
    [Parameter] public string? Placeholder { get; set; }

    /// <summary>Name read out where no <see cref="Field"/> stands around the input.</summary>
    [Parameter] public string? Label { get; set; }

    /// <summary>Has the focus when the dialog or page opens.</summary>
    [Parameter] public bool AutoFocus { get; set; }

    protected string Id => Field?.Id ?? ownId;

    /// <summary>The attributes every input element carries.</summary>
    protected Dictionary<string, object> Aria
    {
        get
        {
            var attributes = new Dictionary<string, object> { ["id"] = Id };
            if (Label is not null) attributes["aria-label"] = Label;
            if (Field?.Required == true) attributes["aria-required"] = "true";
            if (Field?.HasError == true)
            {
                attributes["aria-invalid"] = "true";
                attributes["aria-describedby"] = $"{Id}-error";
            }

            if (AutoFocus) attributes["data-autofocus"] = "";
            if (Placeholder is not null) attributes["placeholder"] = Placeholder;
            return attributes;
        }
    }

    protected async Task SetAsync(T? value)
    {
        Value = value;
        await ValueChanged.InvokeAsync(value);
    }
}
