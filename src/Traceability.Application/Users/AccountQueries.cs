using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Data.Accounts;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.Users;

/// <summary>What a session needs to know of an account at one moment.</summary>
/// <param name="SecurityStamp">Changes whenever the account's password, roles or permissions change; a session with an older one ends.</param>
/// <param name="TimeZone">IANA zone of the account's plant.</param>
public sealed record AccountSnapshot(long Id, string UserName, string DisplayName, long? PersonId, long PlantId, string PlantCode, string PlantName, string? PlantNameEn,
    string TimeZone, string? Culture, string SecurityStamp, bool MustChangePassword, IReadOnlySet<Permission> Permissions, IReadOnlyList<string> Roles);

/// <summary>Reads accounts for sign-in, revalidation and API keys.</summary>
public sealed class AccountQueries(AccountSessions sessions, TraceDatabase database, TimeProvider clock)
{
    private static readonly Actor Reader = Actor.System("sign-in");

    /// <summary>The account as it is now; null when it is gone or switched off.</summary>
    public async Task<AccountSnapshot?> SnapshotAsync(long accountId, CancellationToken ct)
    {
        await using var session = sessions.Open(Reader, "users.read");
        var account = await session.Db.Users.AsNoTracking().SingleOrDefaultAsync(a => a.Id == accountId && a.IsActive, ct);
        if (account is null) return null;
        var granted = await (from ar in session.Db.UserRoles
                             join r in session.Db.Roles on ar.RoleId equals r.Id
                             join p in session.Db.RolePermissions on r.Id equals p.RoleId into ps
                             from p in ps.DefaultIfEmpty()
                             where ar.UserId == accountId
                             select new { r.Name, Permission = p == null ? null : p.Permission }).ToListAsync(ct);
        // A permission that a newer version had and this one has not is ignored: it can grant nothing.
        var permissions = granted.Where(g => g.Permission is not null).Select(g => Enum.TryParse<Permission>(g.Permission, out var p) ? p : (Permission?)null).OfType<Permission>().ToHashSet();
        await using var db = database.Read();
        var plant = account.PlantId is { } id
            ? await db.Of<Plant>().SingleOrDefaultAsync(p => p.Id == id, ct)
            : await db.Of<Plant>().Where(p => p.IsActive).OrderBy(p => p.Id).FirstOrDefaultAsync(ct);
        return new AccountSnapshot(account.Id, account.UserName!, account.DisplayName, account.PersonId, plant?.Id ?? 0, plant?.Code ?? "", plant?.Name ?? "", plant?.NameEn,
            plant?.TimeZone ?? "Asia/Shanghai", account.Culture, account.SecurityStamp ?? "", account.MustChangePassword, permissions, [.. granted.Select(g => g.Name!).Distinct()]);
    }

    /// <summary>The account an API key acts as; null when the key is unknown, expired or revoked.</summary>
    public async Task<AccountSnapshot?> FindByApiKeyAsync(string key, CancellationToken ct)
    {
        await using var session = sessions.Open(Reader, "users.read");
        var hash = HashKey(key);
        var now = clock.GetUtcNow();
        var accountId = await session.Db.ApiKeys.Where(k => k.KeyHash == hash && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now))
            .Select(k => (long?)k.AccountId).SingleOrDefaultAsync(ct);
        return accountId is null ? null : await SnapshotAsync(accountId.Value, ct);
    }

    /// <summary>What is kept of a key: SHA-256 in hexadecimal. Keys are long random strings, so a slow hash adds nothing.</summary>
    public static string HashKey(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
