using Microsoft.AspNetCore.Localization;
using Traceability.Application.Users;
using Traceability.Web.Components;

namespace Traceability.Web.Setup;

/// <summary>Chinese and English: the person's choice in a cookie, else the browser's first language.</summary>
public static class LocalizationSetup
{
    /// <summary>The languages there are; the first is what a browser gets that asks for neither.</summary>
    public static readonly IReadOnlyList<string> Cultures = ["en", "zh-CN"];

    public static IServiceCollection AddLanguages(this IServiceCollection services)
    {
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(Cultures[0])
                .AddSupportedCultures([.. Cultures])
                .AddSupportedUICultures([.. Cultures]);
            options.ApplyCurrentCultureToResponseHeaders = true;
            options.RequestCultureProviders =
            [
                new CookieRequestCultureProvider(),
                new CustomRequestCultureProvider(context => Task.FromResult<ProviderCultureResult?>(OfBrowser(context.Request))),
            ];
        });
        return services;
    }

    public static void UseLanguages(this WebApplication app) => app.UseRequestLocalization();

    /// <summary><c>GET /culture?set=zh-CN&amp;back=/path</c> remembers the language for a year and goes back.</summary>
    public static void MapCultureChoice(this WebApplication app) =>
        app.MapGet("/culture", async (string set, string? back, HttpContext context, IVisitorSource visitors, ChooseLanguageHandler choose) =>
        {
            if (Cultures.Contains(set))
            {
                Remember(context.Response, set);
                var visitor = await visitors.VisitorAsync(context.User, context.RequestAborted);
                if (visitor.Actor is { } actor) await choose.HandleAsync(new ChooseLanguage(set), actor, context.RequestAborted);
            }

            return Results.LocalRedirect(IsLocal(back) ? back! : "/");
        }).AllowAnonymous().ExcludeFromDescription();

    /// <summary>Keeps the language in this browser for a year.</summary>
    public static void Remember(HttpResponse response, string culture) => response.Cookies.Append(
        CookieRequestCultureProvider.DefaultCookieName,
        CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
        new CookieOptions { MaxAge = TimeSpan.FromDays(365), Path = "/", SameSite = SameSiteMode.Lax, IsEssential = true });

    // Any kind of Chinese gets the one Chinese there is; every other language gets English.
    private static ProviderCultureResult? OfBrowser(HttpRequest request)
    {
        var languages = request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.Value ?? "");
        foreach (var language in languages)
        {
            if (language.StartsWith("zh", StringComparison.OrdinalIgnoreCase)) return new ProviderCultureResult("zh-CN");
            if (language.StartsWith("en", StringComparison.OrdinalIgnoreCase)) return new ProviderCultureResult("en");
        }

        return null;
    }

    private static bool IsLocal(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.Any(char.IsControl);
}
