using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace Traceability.Web.Setup;

/// <summary>Pages anybody may open answer each caller only so often, so that nobody can try tokens or keep the server busy.</summary>
public static class VerificationLimit
{
    /// <summary>Name of the policy, for <see cref="EnableRateLimitingAttribute"/>.</summary>
    public const string Policy = "verification";

    /// <summary>Calls a minute from one address.</summary>
    public const int CallsPerMinute = 30;

    public static IServiceCollection AddVerificationLimit(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.AddPolicy(Policy, context => RateLimitPartition.GetFixedWindowLimiter(context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = CallsPerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));
        options.OnRejected = async (rejected, ct) =>
        {
            var response = rejected.HttpContext.Response;
            if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)) response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            var words = rejected.HttpContext.RequestServices.GetRequiredService<IStringLocalizer<Resources.Dossiers>>();
            response.ContentType = "text/plain; charset=utf-8";
            await response.WriteAsync(words["TooManyCalls"], ct);
        };
    });
}
