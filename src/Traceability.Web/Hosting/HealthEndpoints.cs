using Traceability.Application.Setup;

namespace Traceability.Web.Hosting;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work, database included.</summary>
public static class HealthEndpoints
{
    /// <summary>Maps both; they are open to everybody and tell nothing but "yes" or "no".</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", async (HealthQueries health, ILoggerFactory loggers, CancellationToken ct) =>
        {
            if (await health.DatabaseTroubleAsync(ct) is not { } trouble) return Results.Text("ready");
            // The reason goes to the log: it may name hosts and accounts.
            loggers.CreateLogger("Traceability.Health").LogWarning("Not ready: {Trouble}", trouble);
            return Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable);
        }).AllowAnonymous().ExcludeFromDescription();
    }
}
