using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Traceability.Domain.Common;

namespace Traceability.Web.Components;

/// <summary>
/// Base of every page: who is there, one action at a time, errors as a list. Unexpected exceptions reach the layout's error
/// boundary, which logs them under a reference number.
/// </summary>
public abstract class PageBase : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private bool disposed;

    protected PageBase() => Leaving = leaving.Token;

    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    [Inject] protected IStringLocalizer<Resources.Shared> Words { get; set; } = null!;

    [Inject] protected Ui.Toasts Toasts { get; set; } = null!;

    /// <summary>Who looks at the page; anonymous on public pages.</summary>
    [CascadingParameter] protected Visitor Visitor { get; set; } = Visitor.Anonymous;

    /// <summary>The signed-in person, for every handler call; throws on a page without sign-in.</summary>
    protected Actor Actor => Visitor.Actor ?? throw new InvalidOperationException("The page needs a signed-in person.");

    /// <summary>True while an action started by <see cref="RunAsync"/> is under way.</summary>
    protected bool Busy { get; private set; }

    /// <summary>The refusals of the last action; empty when it succeeded.</summary>
    protected IReadOnlyList<Error> Errors { get; set; } = [];

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Leaving { get; }

    /// <summary>True when the signed-in person may do this: for showing or hiding buttons, the handler demands it again.</summary>
    protected bool Can(Permission permission) => Visitor.Can(permission);

    /// <summary>
    /// Runs one action: a second click while it runs is ignored, the errors of the one before are cleared, and leaving the page
    /// cancels it.
    /// </summary>
    protected async Task RunAsync(Func<CancellationToken, Task> action)
    {
        if (Busy || disposed) return;
        Busy = true;
        Errors = [];
        StateHasChanged();
        try
        {
            await action(Leaving);
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // The page is gone; nobody waits for the answer.
        }
        finally
        {
            Busy = false;
            if (!disposed) StateHasChanged();
        }
    }

    /// <summary>True with the value when the call succeeded; else its refusals become <see cref="Errors"/>.</summary>
    protected bool Succeeded<T>(Result<T> result, [NotNullWhen(true)] out T? value)
    {
        Errors = result.Errors;
        value = result.IsSuccess ? result.Value : default;
        return result.IsSuccess;
    }

    /// <summary>True when the call succeeded; else its refusals become <see cref="Errors"/>.</summary>
    protected bool Succeeded<T>(Result<T> result) => Succeeded(result, out _);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Pages that hold something of their own release it here and call the base.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposed) return;
        disposed = true;
        leaving.Cancel();
        leaving.Dispose();
    }
}
