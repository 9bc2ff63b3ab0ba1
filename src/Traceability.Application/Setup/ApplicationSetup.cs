using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Traceability.Data;

namespace Traceability.Application.Setup;

/// <summary>Registers the database and every use case and query.</summary>
public static class ApplicationSetup
{
    /// <param name="connectionString">Login of the application's role, which has no DDL.</param>
    public static IServiceCollection AddTraceability(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(connectionString).Build());
        services.AddSingleton<TraceDatabase>();
        // Use cases and queries keep no state and are found by the end of their name.
        foreach (var type in typeof(ApplicationSetup).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, IsPublic: true } &&
            (t.Name.EndsWith("Handler", StringComparison.Ordinal) || t.Name.EndsWith("Queries", StringComparison.Ordinal))))
        {
            services.AddSingleton(type);
        }

        return services;
    }
}
