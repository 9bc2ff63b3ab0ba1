using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Traceability.Domain.Common;
using Traceability.Web.Auth;
using Traceability.Web.Components;

namespace Traceability.Web.Setup;

/// <summary>Cookie for people, key in a header for programs, one policy per permission; nothing is open unless it says so.</summary>
public static class AuthSetup
{
    private const string Either = "CookieOrKey";

    /// <param name="dataFolder">The installation's folder: the keys that protect cookies live there, so a restart signs nobody out. Null keeps them in memory.</param>
    public static IServiceCollection AddSignIn(this IServiceCollection services, string? dataFolder)
    {
        var protection = services.AddDataProtection().SetApplicationName("Traceability");
        if (dataFolder is not null) protection.PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(dataFolder, "keys")));
        services.AddSingleton<SessionCheck>();
        services.AddScoped<AuthenticationStateProvider, CircuitRevalidation>();
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.ContainsKey(ApiKeyAuthentication.Header) ? ApiKeyAuthentication.SchemeName : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null)
            .AddCookie(options =>
            {
                options.Cookie.Name = "traceability";
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.ExpireTimeSpan = TimeSpan.FromHours(12);
                options.SlidingExpiration = true;
                options.LoginPath = Links.SignIn;
                options.AccessDeniedPath = "/forbidden";
                options.Events.OnValidatePrincipal = async context =>
                {
                    var check = context.HttpContext.RequestServices.GetRequiredService<SessionCheck>();
                    if (context.Principal is { } user && await check.IsCurrentAsync(user, context.HttpContext.RequestAborted)) return;
                    context.RejectPrincipal();
                    await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
                };
                // Programs get a status, people a page.
                options.Events.OnRedirectToLogin = context => StatusOrRedirect(context, StatusCodes.Status401Unauthorized);
                options.Events.OnRedirectToAccessDenied = context => StatusOrRedirect(context, StatusCodes.Status403Forbidden);
            });
        services.AddAuthorization(options =>
        {
            options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
            foreach (var permission in Enum.GetValues<Permission>())
            {
                options.AddPolicy(RequirePermissionAttribute.PolicyOf(permission), policy => policy.RequireAuthenticatedUser()
                    .RequireClaim(ClaimsVisitorSource.PermissionClaim, permission.ToString()));
            }
        });
        return services;
    }

    private static Task StatusOrRedirect(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api")) context.Response.StatusCode = status;
        else context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }
}
