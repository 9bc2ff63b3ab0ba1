using System.Globalization;
using System.Security.Claims;
using Traceability.Domain.Common;

namespace Traceability.Web.Components;

/// <summary>Reads the visitor from the claims of the sign-in cookie.</summary>
public sealed class ClaimsVisitorSource : IVisitorSource
{
    public const string DisplayName = "display_name";
    public const string Person = "person_id";
    public const string Plant = "plant_id";
    public const string PlantCode = "plant_code";
    public const string PlantName = "plant_name";
    public const string PlantZone = "plant_zone";
    public const string PermissionClaim = "permission";

    public ValueTask<Visitor> VisitorAsync(ClaimsPrincipal user, CancellationToken ct)
    {
        if (user.Identity?.IsAuthenticated != true || Number(user, ClaimTypes.NameIdentifier) is not { } id)
        {
            return ValueTask.FromResult(Visitor.Anonymous);
        }

        var name = user.Identity.Name ?? id.ToString(CultureInfo.InvariantCulture);
        var plantId = Number(user, Plant) ?? 0;
        var actor = new Actor
        {
            UserId = id,
            UserName = name,
            DisplayName = user.FindFirstValue(DisplayName) ?? name,
            PersonId = Number(user, Person),
            PlantId = plantId,
            Permissions = user.FindAll(PermissionClaim)
                .Select(claim => Enum.TryParse<Permission>(claim.Value, out var permission) ? permission : (Permission?)null)
                .OfType<Permission>()
                .ToHashSet(),
        };
        var plant = plantId == 0
            ? null
            : new PlantInfo(plantId, user.FindFirstValue(PlantCode) ?? "", user.FindFirstValue(PlantName) ?? "", user.FindFirstValue(PlantZone) ?? PlantClock.DefaultZone);
        return ValueTask.FromResult(new Visitor(actor, plant));
    }

    private static long? Number(ClaimsPrincipal user, string type) =>
        long.TryParse(user.FindFirstValue(type), CultureInfo.InvariantCulture, out var number) ? number : null;
}
