using Traceability.Domain.Common;

namespace Traceability.Application.Users;

/// <summary>Gives an account a new one-time password, for someone who has forgotten theirs. Their sessions end; a lock is lifted.</summary>
public sealed record ResetPassword(long AccountId);

/// <param name="OneTimePassword">Shown once; must be replaced at the next sign-in.</param>
public sealed record PasswordReset(string OneTimePassword);

public sealed class ResetPasswordHandler(AccountSessions sessions)
{
    public async Task<Result<PasswordReset>> HandleAsync(ResetPassword input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ManageUsers) is { } forbidden) return forbidden;
        await using var session = sessions.Open(actor, "users.reset_password");
        var account = await session.Db.Users.FindAsync([input.AccountId], ct);
        if (account is null) return AccountErrors.NotFound;
        var password = CreateAccountHandler.NewPassword();
        account.PasswordHash = session.Users.PasswordHasher.HashPassword(account, password);
        account.MustChangePassword = true;
        account.LockoutEnd = null;
        account.AccessFailedCount = 0;
        account.EndSessions();
        account.ConcurrencyStamp = Guid.NewGuid().ToString();
        await session.Db.SaveChangesAsync(ct);
        return new PasswordReset(password);
    }
}

/// <summary>Lets someone sign in again before the lock after failed attempts runs out.</summary>
public sealed record UnlockAccount(long AccountId);

public sealed class UnlockAccountHandler(AccountSessions sessions)
{
    public async Task<Result<Done>> HandleAsync(UnlockAccount input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ManageUsers) is { } forbidden) return forbidden;
        await using var session = sessions.Open(actor, "users.unlock");
        var account = await session.Db.Users.FindAsync([input.AccountId], ct);
        if (account is null) return AccountErrors.NotFound;
        account.LockoutEnd = null;
        account.AccessFailedCount = 0;
        await session.Db.SaveChangesAsync(ct);
        return Done.Value;
    }
}

/// <summary>Takes a program's key back; it stops working at once.</summary>
public sealed record RevokeApiKey(long ApiKeyId);

public sealed class RevokeApiKeyHandler(AccountSessions sessions, TimeProvider clock)
{
    public async Task<Result<Done>> HandleAsync(RevokeApiKey input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ManageApiKeys) is { } forbidden) return forbidden;
        await using var session = sessions.Open(actor, "users.revoke_api_key");
        var key = await session.Db.ApiKeys.FindAsync([input.ApiKeyId], ct);
        if (key is null) return AccountErrors.KeyNotFound;
        key.RevokedAt ??= clock.GetUtcNow();
        await session.Db.SaveChangesAsync(ct);
        return Done.Value;
    }
}
