using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Traceability.Application.Common;
using Traceability.Application.Demo;
using Traceability.Application.Demo.Heyuan;
using Traceability.Application.Users;
using Traceability.Data;
using Traceability.Data.Accounts;

namespace Traceability.Application.Setup;

/// <summary>Registers the database and every use case and query.</summary>
public static class ApplicationSetup
{
    /// <param name="connectionString">Login of the application's role, which has no DDL.</param>
    public static IServiceCollection AddTraceability(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(connectionString).Build());
        services.AddSingleton<TraceDatabase>();
        services.AddSingleton<RequestLog>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddAccounts();
        services.AddSingleton<DemoAccess>();
        services.AddSingleton<IDemoFactory>(p => new HeyuanDemoFactory(p.GetRequiredService<TraceDatabase>(), p.GetRequiredService<DemoAccess>(), connectionString));
        // Use cases and queries keep no state and are found by the end of their name.
        foreach (var type in typeof(ApplicationSetup).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, IsPublic: true } &&
            (t.Name.EndsWith("Handler", StringComparison.Ordinal) || t.Name.EndsWith("Queries", StringComparison.Ordinal))))
        {
            services.AddSingleton(type);
        }

        return services;
    }

    private static void AddAccounts(this IServiceCollection services)
    {
        services.AddScoped<AccountScope>();
        services.AddDbContext<AccountsDbContext>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton<AccountSessions>();
        services.AddIdentityCore<Account>(options =>
        {
            options.User.AllowedUserNameCharacters = "";
            options.Password = new PasswordOptions { RequiredLength = ChangePasswordHandler.MinLength, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 4 };
            options.Lockout = new LockoutOptions { AllowedForNewUsers = true, MaxFailedAccessAttempts = 5, DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15) };
        }).AddRoles<Role>().AddEntityFrameworkStores<AccountsDbContext>();
    }
}
