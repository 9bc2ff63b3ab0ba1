using System.Diagnostics;
using System.Globalization;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace Traceability.Web.Setup;

/// <summary>Serilog to the console and to a file a day; <c>Logging:Json</c> turns both into JSON lines.</summary>
public static class LoggingSetup
{
    public static WebApplicationBuilder AddLogging(this WebApplicationBuilder builder)
    {
        var folder = builder.Configuration["Logging:Folder"];
        var json = builder.Configuration.GetValue("Logging:Json", false);
        const string template = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";
        var logger = new LoggerConfiguration().MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            // The start verb tells the person what is to be known; keys at rest lie in the installation's own folder.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Model", LogEventLevel.Error)
            .Enrich.FromLogContext();
        logger = json ? logger.WriteTo.Console(new JsonFormatter()) : logger.WriteTo.Console(outputTemplate: template, formatProvider: CultureInfo.InvariantCulture);
        if (!string.IsNullOrEmpty(folder))
        {
            var path = Path.Combine(folder, "traceability-.log");
            logger = json
                ? logger.WriteTo.File(new JsonFormatter(), path, rollingInterval: RollingInterval.Day, retainedFileCountLimit: 31)
                : logger.WriteTo.File(path, rollingInterval: RollingInterval.Day, retainedFileCountLimit: 31, formatProvider: CultureInfo.InvariantCulture,
                    outputTemplate: "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u3} {SourceContext} {Message:lj} {Properties:j}{NewLine}{Exception}");
        }

        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(logger.CreateLogger(), dispose: true);
        return builder;
    }

    /// <summary>One line a request: who called which endpoint, with what outcome, how long it took. Static files are left out.</summary>
    public static WebApplication UseRequestLog(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Traceability.Requests");
        app.Use(async (context, next) =>
        {
            var started = Stopwatch.GetTimestamp();
            await next(context);
            if (context.GetEndpoint() is not { } endpoint || context.Request.Path.StartsWithSegments("/health") || context.Request.Path.StartsWithSegments("/_blazor")
                || Path.HasExtension(context.Request.Path.Value) || !log.IsEnabled(LogLevel.Information)) return;
            log.LogInformation("{Method} {Path} {Status} {Elapsed:0.0} ms {User} {UseCase}", context.Request.Method, context.Request.Path.Value, context.Response.StatusCode,
                Stopwatch.GetElapsedTime(started).TotalMilliseconds, context.User.Identity?.Name ?? "-", endpoint.DisplayName);
        });
        return app;
    }
}
