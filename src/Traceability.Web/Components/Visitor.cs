using System.Security.Claims;
using Traceability.Domain.Common;

namespace Traceability.Web.Components;

/// <summary>The plant a person works in at the moment, as the shell shows it.</summary>
/// <param name="Code">Short code, e.g. <c>SZ01</c>.</param>
/// <param name="Name">Name as shown to people.</param>
/// <param name="TimeZone">IANA name of the zone times are shown in, e.g. <c>Asia/Shanghai</c>.</param>
public sealed record PlantInfo(long Id, string Code, string Name, string TimeZone);

/// <summary>Who looks at the page; cascaded to every page and component.</summary>
/// <param name="Actor">The signed-in person as an actor; null for an anonymous visitor.</param>
/// <param name="Plant">The current plant; null when none is chosen.</param>
public sealed record Visitor(Actor? Actor, PlantInfo? Plant)
{
    public static readonly Visitor Anonymous = new(null, null);

    public bool Can(Permission permission) => Actor?.Can(permission) == true;
}

/// <summary>Turns the signed-in user of a circuit or request into a <see cref="Visitor"/>.</summary>
public interface IVisitorSource
{
    ValueTask<Visitor> VisitorAsync(ClaimsPrincipal user, CancellationToken ct);
}
