using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Traceability.Domain.Common;
using Traceability.Web.Api;

namespace Traceability.Web.Setup;

/// <summary>The REST API: every static class of <c>Web/Api</c> with a <c>Map</c> method, under /api/v1.</summary>
public static class ApiSetup
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        });
        services.AddProblemDetails();
        services.AddOpenApi("v1");
        return services;
    }

    /// <summary>Errors as problem details and idempotency, for everything under /api.</summary>
    public static WebApplication UseApiPipeline(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), api =>
        {
            api.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandler = AnswerExceptionAsync,
                // Unreadable input is the caller's mistake, not an incident of ours.
                SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException or InvalidDataException,
            });
            api.UseMiddleware<IdempotencyMiddleware>();
        });
        return app;
    }

    /// <summary>Maps the description and all endpoints.</summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        app.MapOpenApi().RequireAuthorization();
        var group = app.MapGroup("/api/v1").DisableAntiforgery();
        foreach (var map in typeof(ApiSetup).Assembly.GetTypes().Where(t => t.Namespace == "Traceability.Web.Api" && t is { IsAbstract: true, IsSealed: true })
            .OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => t.GetMethod("Map", BindingFlags.Public | BindingFlags.Static, [typeof(RouteGroupBuilder)])).OfType<MethodInfo>())
        {
            map.Invoke(null, [group]);
        }

        return app;
    }

    /// <summary>Unreadable input is the caller's error and named as such; anything else is ours and gets a reference number.</summary>
    private static async Task AnswerExceptionAsync(HttpContext context)
    {
        var exception = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (exception is InvalidDataException)
        {
            // A multipart form whose sections cannot be read.
            await new ErrorResult([CommonErrors.Malformed.With(exception.Message)]).ExecuteAsync(context);
            return;
        }

        if (exception is BadHttpRequestException bad)
        {
            var detail = (bad.InnerException as JsonException)?.Path ?? bad.Message;
            await new ErrorResult([CommonErrors.Malformed.On((bad.InnerException as JsonException)?.Path ?? "").With(detail)]).ExecuteAsync(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        await context.Response.WriteAsJsonAsync(new ProblemDetails
        {
            Type = "urn:traceability:common.unexpected",
            Title = "Unexpected error",
            Status = StatusCodes.Status500InternalServerError,
            Extensions = { ["code"] = "common.unexpected", ["traceId"] = context.TraceIdentifier },
        }, options: null, contentType: "application/problem+json", context.RequestAborted);
    }
}
