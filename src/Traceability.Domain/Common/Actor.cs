namespace Traceability.Domain.Common;

/// <summary>How a record came to be: the share of typed and scanned data is a quality figure of its own.</summary>
public enum CaptureSource
{
    Manual,
    Scan,
    Rfid,
    Device,
    Import,
    Api,
    Migration,
}

/// <summary>
/// Who does it. Every use case is called with one; it is written into the transaction and from there into the audit trail.
/// </summary>
public sealed record Actor
{
    /// <summary>Account id; 0 for the system itself (migration, seeding, jobs).</summary>
    public required long UserId { get; init; }

    /// <summary>Sign-in name, e.g. <c>OP001</c>.</summary>
    public required string UserName { get; init; }

    /// <summary>Name as shown to people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The person the account belongs to; null for an account without one, which then cannot post material.</summary>
    public long? PersonId { get; init; }

    /// <summary>The plant the actor works in at the moment; 0 when none is chosen.</summary>
    public long PlantId { get; init; }

    public IReadOnlySet<Permission> Permissions { get; init; } = new HashSet<Permission>();

    public CaptureSource Source { get; init; } = CaptureSource.Manual;

    /// <summary>Terminal, browser address or API key the call came from; null when unknown.</summary>
    public string? Device { get; init; }

    /// <summary>The caller's idempotency key: the same key never has an effect twice. Null when the caller gave none.</summary>
    public string? RequestId { get; init; }

    /// <summary>SHA-256 over route and body of the request that carries <see cref="RequestId"/>.</summary>
    public string? RequestHash { get; init; }

    public bool Can(Permission permission) => Permissions.Contains(permission);

    /// <summary>The refusal when the actor lacks the permission, else null.</summary>
    public Error? Demand(Permission permission) => Can(permission) ? null : CommonErrors.Forbidden.With(permission.ToString());

    /// <summary>The system with every permission, for migration, first start and jobs; never for a person's request.</summary>
    public static Actor System(string name, long plantId = 0) => new()
    {
        UserId = 0,
        UserName = name,
        DisplayName = name,
        PlantId = plantId,
        Permissions = Enum.GetValues<Permission>().ToHashSet(),
    };
}
