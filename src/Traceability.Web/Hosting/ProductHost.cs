using System.Globalization;
using Traceability.Application.Setup;
using Traceability.Documents;
using Traceability.Web.Auth;
using Traceability.Web.Setup;
using Traceability.Web.Verbs;

namespace Traceability.Web.Hosting;

/// <summary>Puts the web application together.</summary>
public static class ProductHost
{
    /// <summary>Name of the connection string of the product's own role.</summary>
    public const string ConnectionName = "Traceability";

    /// <summary>The application on the database its configuration names.</summary>
    public static WebApplication Build(string[] args) => Compose(WebApplication.CreateBuilder(args));

    /// <summary>The application on a database that <c>start</c> has prepared.</summary>
    public static WebApplication BuildForStart(StartArguments arguments, string connectionString)
    {
        // Wherever it is started from: its files are beside the program.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        // Run from the build's output the static files are still at their sources; published, this does nothing.
        builder.WebHost.UseStaticWebAssets();
        builder.Configuration[$"ConnectionStrings:{ConnectionName}"] = connectionString;
        builder.Configuration["Traceability:DataFolder"] = arguments.DataFolder;
        builder.Configuration["Logging:Folder"] ??= Path.Combine(arguments.DataFolder, "logs");
        builder.WebHost.UseUrls($"http://{arguments.Address}:{arguments.Port.ToString(CultureInfo.InvariantCulture)}");
        return Compose(builder);
    }

    private static WebApplication Compose(WebApplicationBuilder builder)
    {
        builder.AddLogging();
        // Handlers and queries are singletons; one that captured something of a circuit would be found at start.
        builder.Host.UseDefaultServiceProvider(options => (options.ValidateScopes, options.ValidateOnBuild) = (true, true));
        builder.Services.AddTraceability(builder.Configuration.GetConnectionString(ConnectionName) ?? "");
        builder.Services.AddDocuments();
        builder.Services.AddSignIn(builder.Configuration["Traceability:DataFolder"]);
        builder.Services.AddApi();
        builder.Services.AddVerificationLimit();
        builder.Services.AddSingleton<PublicAddress>();
        builder.Services.AddUi();
        builder.Services.AddHostedService<UnitWordsRefresh>();

        var app = builder.Build();
        app.UseLanguages();
        app.UsePageStatuses();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseRequestLog();
        app.UseApiPipeline();
        app.UseAuthorization();
        app.MapHealth();
        app.MapApi();
        app.MapSignOut();
        app.UseUi();
        return app;
    }
}
