using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Traceability.Data.Accounts;
using Traceability.Domain.Common;

namespace Traceability.Application.Users;

/// <summary>Changes who an account belongs to, where it works and what it may do. Its sessions end, so that a right taken away is gone at once.</summary>
/// <param name="Version">The version the form was opened with.</param>
public sealed record UpdateAccount(long Id, string Version, string? DisplayName, IReadOnlyList<string> Roles, long? PersonId, long? PlantId, bool IsActive);

public sealed class UpdateAccountHandler(AccountSessions sessions)
{
    public async Task<Result<Done>> HandleAsync(UpdateAccount input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ManageUsers) is { } forbidden) return forbidden;
        var check = new Check().Text(input.DisplayName, nameof(input.DisplayName), 80).That(input.Roles.Count > 0, CommonErrors.Required.On(nameof(input.Roles)))
            .That(input.IsActive || input.Id != actor.UserId, AccountErrors.Self);
        if (check.Failed) return check.Errors;
        await using var session = sessions.Open(actor, "users.update");
        var db = session.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var account = await db.Users.SingleOrDefaultAsync(a => a.Id == input.Id, ct);
        if (account is null) return AccountErrors.NotFound;
        if (account.ConcurrencyStamp != input.Version) return CommonErrors.ChangedMeanwhile;
        if (input.PersonId is { } person && await db.Users.AnyAsync(a => a.PersonId == person && a.Id != input.Id, ct)) return CommonErrors.Duplicate.On(nameof(input.PersonId));
        var wanted = input.Roles.Select(r => r.Trim().ToUpperInvariant()).Distinct().ToList();
        var roles = await db.Roles.Where(r => wanted.Contains(r.NormalizedName!)).ToListAsync(ct);
        if (roles.Count != wanted.Count) return CommonErrors.Unknown.On(nameof(input.Roles));

        var held = await db.UserRoles.Where(r => r.UserId == input.Id).ToListAsync(ct);
        db.UserRoles.RemoveRange(held.Where(h => roles.All(r => r.Id != h.RoleId)));
        db.UserRoles.AddRange(roles.Where(r => held.All(h => h.RoleId != r.Id)).Select(r => new IdentityUserRole<long> { UserId = input.Id, RoleId = r.Id }));
        account.DisplayName = input.DisplayName!.Trim();
        account.PersonId = input.PersonId;
        account.PlantId = input.PlantId;
        account.IsActive = input.IsActive;
        account.EndSessions();
        account.ConcurrencyStamp = Guid.NewGuid().ToString();
        await db.SaveChangesAsync(ct);
        if (!await db.HasAdministratorAsync(ct)) return AccountErrors.LastAdministrator;
        await transaction.CommitAsync(ct);
        return Done.Value;
    }
}

internal static class AccountSafety
{
    /// <summary>Every session of the account ends at its next check.</summary>
    public static void EndSessions(this Account account) => account.SecurityStamp = Guid.NewGuid().ToString("N").ToUpperInvariant();

    /// <summary>Someone who can sign in may still manage users.</summary>
    public static Task<bool> HasAdministratorAsync(this AccountsDbContext db, CancellationToken ct)
    {
        var permission = nameof(Permission.ManageUsers);
        return (from a in db.Users
                join ar in db.UserRoles on a.Id equals ar.UserId
                join p in db.RolePermissions on ar.RoleId equals p.RoleId
                where a.IsActive && p.Permission == permission
                select a.Id).AnyAsync(ct);
    }
}
