using Microsoft.EntityFrameworkCore;
using Traceability.Data.Accounts;
using Traceability.Domain.Common;

namespace Traceability.Application.Users;

/// <summary>Says what a role may do. The sessions of everyone who has it end, so that the change holds at once.</summary>
/// <param name="Id">The role to change; null for a new one.</param>
/// <param name="Version">The version the form was opened with.</param>
public sealed record SaveRole(long? Id, string? Version, string? Name, IReadOnlyList<Permission> Permissions);

public sealed record RoleSaved(long Id);

public sealed class SaveRoleHandler(AccountSessions sessions)
{
    public async Task<Result<RoleSaved>> HandleAsync(SaveRole input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ManageUsers) is { } forbidden) return forbidden;
        var name = input.Name?.Trim().ToLowerInvariant() ?? "";
        var check = new Check().Text(input.Name, nameof(input.Name), 40)
            .That(name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-'), AccountErrors.BadRoleName)
            .That(input.Permissions.All(Enum.IsDefined), CommonErrors.Unknown.On(nameof(input.Permissions)));
        if (check.Failed) return check.Errors;
        await using var session = sessions.Open(actor, "users.save_role");
        var db = session.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var role = input.Id is { } id ? await db.Roles.SingleOrDefaultAsync(r => r.Id == id, ct) : new Role();
        if (role is null) return CommonErrors.NotFound;
        if (input.Id is not null && role.ConcurrencyStamp != input.Version) return CommonErrors.ChangedMeanwhile;
        var normalized = name.ToUpperInvariant();
        if (await db.Roles.AnyAsync(r => r.NormalizedName == normalized && r.Id != role.Id, ct)) return CommonErrors.Duplicate.On(nameof(input.Name)).With(name);
        role.Name = name;
        role.NormalizedName = normalized;
        role.ConcurrencyStamp = Guid.NewGuid().ToString();
        if (input.Id is null) await db.Roles.AddAsync(role, ct);

        var held = await db.RolePermissions.Where(p => p.RoleId == role.Id).ToListAsync(ct);
        var wanted = input.Permissions.Select(p => p.ToString()).ToHashSet();
        db.RolePermissions.RemoveRange(held.Where(h => !wanted.Contains(h.Permission)));
        db.RolePermissions.AddRange(wanted.Where(w => held.All(h => h.Permission != w)).Select(w => new RolePermission { RoleId = role.Id, Permission = w }));
        var having = await (from a in db.Users join ar in db.UserRoles on a.Id equals ar.UserId where ar.RoleId == role.Id select a).ToListAsync(ct);
        foreach (var account in having) account.EndSessions();
        await db.SaveChangesAsync(ct);
        if (!await db.HasAdministratorAsync(ct)) return AccountErrors.LastAdministrator;
        await transaction.CommitAsync(ct);
        return new RoleSaved(role.Id);
    }
}

/// <summary>Deletes a role nobody has.</summary>
public sealed record DeleteRole(long Id);

public sealed class DeleteRoleHandler(AccountSessions sessions)
{
    public async Task<Result<Done>> HandleAsync(DeleteRole input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ManageUsers) is { } forbidden) return forbidden;
        await using var session = sessions.Open(actor, "users.delete_role");
        var role = await session.Db.Roles.SingleOrDefaultAsync(r => r.Id == input.Id, ct);
        if (role is null) return CommonErrors.NotFound;
        if (await session.Db.UserRoles.AnyAsync(r => r.RoleId == role.Id, ct)) return AccountErrors.RoleInUse.With(role.Name);
        // Its permissions go with it, by the schema.
        session.Db.Roles.Remove(role);
        await session.Db.SaveChangesAsync(ct);
        return Done.Value;
    }
}
