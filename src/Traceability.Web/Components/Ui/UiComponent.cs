using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Traceability.Web.Components.Ui;

/// <summary>Base of the kit: every component speaks through the shared texts.</summary>
public abstract class UiComponent : ComponentBase
{
    [Inject] protected IStringLocalizer<Resources.Shared> Words { get; set; } = null!;
}
