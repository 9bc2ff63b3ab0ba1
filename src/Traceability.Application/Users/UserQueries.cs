using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Application.MasterData;
using Traceability.Data.Accounts;
using Traceability.Domain.Common;

namespace Traceability.Application.Users;

/// <summary>An account as the administrator sees it.</summary>
/// <param name="Version">To be handed back when the account is changed.</param>
/// <param name="LockedUntil">Null unless it is locked now.</param>
/// <param name="MustChangePassword">It still has the one-time password.</param>
public sealed record AccountView(long Id, string Version, string UserName, string DisplayName, Ref? Person, Ref? Plant, IReadOnlyList<string> Roles, bool IsActive,
    DateTimeOffset? LockedUntil, bool MustChangePassword);

/// <param name="Accounts">How many accounts have the role.</param>
public sealed record RoleView(long Id, string Version, string Name, IReadOnlyList<Permission> Permissions, int Accounts);

/// <param name="Prefix">The key's first characters, to recognise it.</param>
public sealed record ApiKeyView(long Id, long AccountId, string UserName, string Name, string Prefix, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt);

/// <summary>Accounts, roles and keys, for administrators.</summary>
public sealed class UserQueries(AccountSessions sessions, LookupQueries lookup, TimeProvider clock)
{
    /// <summary>Accounts by sign-in name; searched by name and sign-in name.</summary>
    /// <param name="role">Only those who have this role.</param>
    public async Task<Result<Paged<AccountView>>> AccountsAsync(Actor actor, PageRequest page, CancellationToken ct, string? role = null, bool? active = null)
    {
        if (actor.Demand(Permission.ManageUsers) is { } forbidden) return forbidden;
        await using var session = sessions.Open(actor, "users.read");
        var db = session.Db;
        var accounts = db.Users.AsNoTracking().Where(a => active == null || a.IsActive == active).Matching(page.Text, a => a.UserName, a => a.DisplayName);
        if (role is { Length: > 0 })
        {
            var normalized = role.ToUpperInvariant();
            accounts = accounts.Where(a => db.UserRoles.Any(ur => ur.UserId == a.Id && db.Roles.Any(r => r.Id == ur.RoleId && r.NormalizedName == normalized)));
        }

        var found = await accounts.Sorted(page, nameof(Account.UserName)).ToPageAsync(page, ct);
        return new Paged<AccountView>(await ViewsAsync(db, actor, found.Items, ct), found.Total);
    }

    public async Task<Result<AccountView>> AccountAsync(Actor actor, long id, CancellationToken ct)
    {
        if (actor.Demand(Permission.ManageUsers) is { } forbidden) return forbidden;
        await using var session = sessions.Open(actor, "users.read");
        var account = await session.Db.Users.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct);
        return account is null ? AccountErrors.NotFound : (await ViewsAsync(session.Db, actor, [account], ct))[0];
    }

    public async Task<Result<IReadOnlyList<RoleView>>> RolesAsync(Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ManageUsers) is { } forbidden) return forbidden;
        await using var session = sessions.Open(actor, "users.read");
        var roles = await session.Db.Roles.AsNoTracking().OrderBy(r => r.Id).ToListAsync(ct);
        var granted = await session.Db.RolePermissions.AsNoTracking().ToListAsync(ct);
        var counts = await session.Db.UserRoles.GroupBy(r => r.RoleId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return roles.ConvertAll(r => new RoleView(r.Id, r.ConcurrencyStamp ?? "", r.Name!,
            [.. granted.Where(g => g.RoleId == r.Id).Select(g => Enum.TryParse<Permission>(g.Permission, out var p) ? p : (Permission?)null).OfType<Permission>().Order()], counts.GetValueOrDefault(r.Id)));
    }

    public async Task<Result<RoleView>> RoleAsync(Actor actor, long id, CancellationToken ct)
    {
        var roles = await RolesAsync(actor, ct);
        if (!roles.IsSuccess) return roles.As<RoleView>();
        return roles.Value.FirstOrDefault(r => r.Id == id) is { } role ? role : CommonErrors.NotFound;
    }

    /// <summary>Keys of programs, the newest first; of one account when it is named.</summary>
    public async Task<Result<Paged<ApiKeyView>>> ApiKeysAsync(Actor actor, PageRequest page, CancellationToken ct, long? accountId = null)
    {
        if (actor.Demand(Permission.ManageApiKeys) is { } forbidden) return forbidden;
        await using var session = sessions.Open(actor, "users.read");
        var keys = from k in session.Db.ApiKeys
                   join a in session.Db.Users on k.AccountId equals a.Id
                   where accountId == null || k.AccountId == accountId
                   orderby k.Id descending
                   select new ApiKeyView(k.Id, k.AccountId, a.UserName!, k.Name, k.Prefix, k.CreatedAt, k.ExpiresAt, k.RevokedAt);
        return await keys.ToPageAsync(page, ct);
    }

    private async Task<List<AccountView>> ViewsAsync(AccountsDbContext db, Actor actor, IReadOnlyList<Account> accounts, CancellationToken ct)
    {
        var ids = accounts.Select(a => a.Id).ToList();
        var roles = await (from ur in db.UserRoles join r in db.Roles on ur.RoleId equals r.Id where ids.Contains(ur.UserId) orderby r.Id select new { ur.UserId, r.Name }).ToListAsync(ct);
        var people = await lookup.PeopleByIdAsync([.. accounts.Select(a => a.PersonId).OfType<long>()], ct);
        var plants = await lookup.PlantsByIdAsync([.. accounts.Select(a => a.PlantId).OfType<long>()], ct);
        var now = clock.GetUtcNow();
        return [.. accounts.Select(a => new AccountView(a.Id, a.ConcurrencyStamp ?? "", a.UserName!, a.DisplayName,
            a.PersonId is { } person ? people.GetValueOrDefault(person) : null, a.PlantId is { } plant ? plants.GetValueOrDefault(plant) : null,
            [.. roles.Where(r => r.UserId == a.Id).Select(r => r.Name!)], a.IsActive, a.LockoutEnd > now ? a.LockoutEnd : null, a.MustChangePassword))];
    }
}
