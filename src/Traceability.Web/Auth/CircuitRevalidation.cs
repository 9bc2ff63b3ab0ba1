using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Traceability.Web.Auth;

/// <summary>Asks again, while a browser tab stays open, whether its session still stands.</summary>
public sealed class CircuitRevalidation(ILoggerFactory loggers, SessionCheck check) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => SessionCheck.Remembered;

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        check.IsCurrentAsync(authenticationState.User, cancellationToken);
}
