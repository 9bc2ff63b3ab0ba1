using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Traceability.Data.Accounts;
using Traceability.Domain.Common;

namespace Traceability.Application.Users;

/// <summary>Gives someone a personal sign-in. Without a password a one-time one is made up and must be replaced at the first sign-in.</summary>
public sealed record CreateAccount(string? UserName, string? DisplayName, IReadOnlyList<string> Roles, long? PersonId, long? PlantId, string? Password = null);

/// <param name="OneTimePassword">Shown once; null when the caller set the password.</param>
public sealed record AccountCreated(long AccountId, string? OneTimePassword);

public sealed class CreateAccountHandler(AccountSessions sessions)
{
    public async Task<Result<AccountCreated>> HandleAsync(CreateAccount input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ManageUsers) is { } forbidden) return forbidden;
        var check = new Check().Text(input.UserName, nameof(input.UserName), 40).Text(input.DisplayName, nameof(input.DisplayName), 80)
            .That(input.Roles.Count > 0, CommonErrors.Required.On(nameof(input.Roles)))
            .That(input.Password is null || input.Password.Length >= ChangePasswordHandler.MinLength, AccountErrors.WeakPassword.On(nameof(input.Password)).With(ChangePasswordHandler.MinLength));
        if (check.Failed) return check.Errors;
        await using var session = sessions.Open(actor, "users.create");
        await using var transaction = await session.Db.Database.BeginTransactionAsync(ct);
        var name = input.UserName!.Trim().ToUpperInvariant();
        if (await session.Users.FindByNameAsync(name) is not null) return CommonErrors.Duplicate.On(nameof(input.UserName)).With(name);
        if (input.PersonId is { } person && await session.Db.Users.AnyAsync(a => a.PersonId == person, ct)) return CommonErrors.Duplicate.On(nameof(input.PersonId));
        var normalized = input.Roles.Select(r => r.ToUpperInvariant()).ToList();
        var roles = await session.Db.Roles.Where(r => normalized.Contains(r.NormalizedName!)).ToListAsync(ct);
        if (roles.Count != normalized.Distinct().Count()) return CommonErrors.Unknown.On(nameof(input.Roles));

        var password = input.Password ?? NewPassword();
        var account = new Account
        {
            UserName = name,
            DisplayName = input.DisplayName!.Trim(),
            PersonId = input.PersonId,
            PlantId = input.PlantId,
            MustChangePassword = input.Password is null,
            LockoutEnabled = true,
        };
        var created = await session.Users.CreateAsync(account, password);
        if (!created.Succeeded) return AccountErrors.WeakPassword.On(nameof(input.Password)).With(ChangePasswordHandler.MinLength);
        session.Db.UserRoles.AddRange(roles.Select(r => new Microsoft.AspNetCore.Identity.IdentityUserRole<long> { UserId = account.Id, RoleId = r.Id }));
        await session.Db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new AccountCreated(account.Id, input.Password is null ? password : null);
    }

    /// <summary>Sixteen characters without look-alikes: about 80 bits.</summary>
    internal static string NewPassword() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY34679", 16);
}

/// <summary>Gives an account a key for programs; shown once, kept as a hash.</summary>
public sealed record CreateApiKey(long AccountId, string? Name, DateTimeOffset? ExpiresAt);

public sealed record ApiKeyCreated(long Id, string Key);

public sealed class CreateApiKeyHandler(AccountSessions sessions, TimeProvider clock)
{
    public async Task<Result<ApiKeyCreated>> HandleAsync(CreateApiKey input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ManageApiKeys) is { } forbidden) return forbidden;
        var check = new Check().Id(input.AccountId, nameof(input.AccountId)).Text(input.Name, nameof(input.Name), 80);
        if (check.Failed) return check.Errors;
        await using var session = sessions.Open(actor, "users.create_api_key");
        if (!await session.Db.Users.AnyAsync(a => a.Id == input.AccountId && a.IsActive, ct)) return AccountErrors.NotFound.On(nameof(input.AccountId));
        var key = "tk_" + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 40);
        var record = new ApiKey { AccountId = input.AccountId, Name = input.Name!.Trim(), Prefix = key[..8], KeyHash = AccountQueries.HashKey(key), CreatedAt = clock.GetUtcNow(), ExpiresAt = input.ExpiresAt?.ToUniversalTime() };
        await session.Db.ApiKeys.AddAsync(record, ct);
        await session.Db.SaveChangesAsync(ct);
        return new ApiKeyCreated(record.Id, key);
    }
}
