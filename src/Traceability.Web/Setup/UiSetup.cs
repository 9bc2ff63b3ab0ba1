using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Radzen;
using Traceability.Web.Components;
using Traceability.Web.Components.Pages.Audit;
using Traceability.Web.Components.Pages.Dictionary;
using Traceability.Web.Components.Ui;

namespace Traceability.Web.Setup;

/// <summary>Everything the browser pages need: components, texts, static files.</summary>
public static class UiSetup
{
    /// <summary>Registers pages, kit services and languages. An <see cref="IVisitorSource"/> registered before wins over the one that reads claims.</summary>
    public static IServiceCollection AddUi(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddRadzenComponents();
        services.AddLanguages();
        services.AddSingleton<ErrorTexts>();
        services.AddScoped<PlantClock>();
        services.AddScoped<Toasts>();
        services.AddSingleton<FieldNames>();
        services.AddSingleton<DictionaryList>();
        services.TryAddSingleton<IVisitorSource, ClaimsVisitorSource>();
        return services;
    }

    /// <summary>An address that leads nowhere gets our page; it must stand before routing, which it repeats.</summary>
    public static WebApplication UsePageStatuses(this WebApplication app)
    {
        app.UseWhen(
            context => !context.Request.Path.StartsWithSegments("/api"),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseRouting();
        return app;
    }

    /// <summary>Puts static files and pages into the pipeline; call it after languages, authentication and authorization.</summary>
    public static WebApplication UseUi(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapCultureChoice();
        var pages = app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        // The gallery is open while developing; its circuit has to be as well. Every other page still asks for sign-in itself.
        if (app.Environment.IsDevelopment()) pages.Add(OpenCircuit);
        return app;
    }

    private static void OpenCircuit(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder route && route.RoutePattern.RawText?.TrimStart('/').StartsWith("_blazor", StringComparison.Ordinal) == true)
        {
            route.Metadata.Add(new AllowAnonymousAttribute());
        }
    }
}
