using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Traceability.Web.Components;

namespace Traceability.Web.Auth;

/// <summary>Signing out is a plain form post, so that it works on a page whose circuit is dead.</summary>
public static class SignInEndpoints
{
    public static void MapSignOut(this WebApplication app) =>
        app.MapPost(Links.SignOut, async (HttpContext context) =>
        {
            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return Results.LocalRedirect(Links.SignIn);
        }).AllowAnonymous().ExcludeFromDescription();
}
