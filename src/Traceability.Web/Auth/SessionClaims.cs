using System.Globalization;
using System.Security.Claims;
using Traceability.Application.Users;
using Traceability.Web.Components;

namespace Traceability.Web.Auth;

/// <summary>What a signed-in session carries, from the account as it was at sign-in.</summary>
public static class SessionClaims
{
    public const string SecurityStamp = "stamp";
    public const string MustChangePassword = "must_change_password";

    public static ClaimsPrincipal Principal(AccountSnapshot account, string scheme)
    {
        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, account.Id.ToString(CultureInfo.InvariantCulture)),
            new(ClaimTypes.Name, account.UserName),
            new(ClaimsVisitorSource.DisplayName, account.DisplayName),
            new(ClaimsVisitorSource.Plant, account.PlantId.ToString(CultureInfo.InvariantCulture)),
            new(ClaimsVisitorSource.PlantCode, account.PlantCode),
            new(ClaimsVisitorSource.PlantName, account.PlantName),
            new(ClaimsVisitorSource.PlantZone, account.TimeZone),
            new(SecurityStamp, account.SecurityStamp),
        };
        if (account.PersonId is { } person) claims.Add(new Claim(ClaimsVisitorSource.Person, person.ToString(CultureInfo.InvariantCulture)));
        if (account.MustChangePassword) claims.Add(new Claim(MustChangePassword, "true"));
        claims.AddRange(account.Permissions.Select(p => new Claim(ClaimsVisitorSource.PermissionClaim, p.ToString())));
        claims.AddRange(account.Roles.Select(r => new Claim(ClaimTypes.Role, r)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    /// <summary>The account id of a signed-in user; null for an anonymous one.</summary>
    public static long? AccountId(this ClaimsPrincipal user) =>
        long.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id) ? id : null;
}
