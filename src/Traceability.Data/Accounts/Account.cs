using Microsoft.AspNetCore.Identity;

namespace Traceability.Data.Accounts;

/// <summary>A personal sign-in. Shared accounts are not wanted: every fact names a person.</summary>
public sealed class Account : IdentityUser<long>
{
    public string DisplayName { get; set; } = "";

    /// <summary>The person the account belongs to; without one it can look but not post.</summary>
    public long? PersonId { get; set; }

    /// <summary>The plant the account works in.</summary>
    public long? PlantId { get; set; }

    /// <summary>zh-CN or en; null follows the browser.</summary>
    public string? Culture { get; set; }

    /// <summary>The password was given by an administrator and must be replaced at the next sign-in.</summary>
    public bool MustChangePassword { get; set; }
    public bool IsActive { get; set; } = true;
}

/// <summary>A named set of permissions.</summary>
public sealed class Role : IdentityRole<long>;

/// <summary>One permission of a role, by the name of <see cref="Domain.Common.Permission"/>.</summary>
public sealed class RolePermission
{
    public long RoleId { get; set; }
    public required string Permission { get; set; }
}

/// <summary>A key for programs; acts as its account. Only the SHA-256 of the key is kept.</summary>
public sealed class ApiKey
{
    public long Id { get; private set; }
    public long AccountId { get; set; }
    public required string Name { get; set; }

    /// <summary>The key's first characters, to recognise it in a list.</summary>
    public required string Prefix { get; set; }
    public required string KeyHash { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}
