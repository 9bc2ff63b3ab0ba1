using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Traceability.Data.Accounts;
using Traceability.Domain.Common;

namespace Traceability.Application.Users;

/// <summary>Checks a name and a password. Five failures lock the account for fifteen minutes.</summary>
public sealed record SignIn(string? UserName, string? Password);

/// <summary>Who signed in, and everything a session carries.</summary>
public sealed record SignedIn(AccountSnapshot Account, bool MustChangePassword);

public sealed class SignInHandler(AccountSessions sessions, AccountQueries queries, TimeProvider clock, ILogger<SignInHandler> log)
{
    /// <param name="device">Where the attempt comes from, for the audit trail.</param>
    public async Task<Result<SignedIn>> HandleAsync(SignIn input, string? device, CancellationToken ct)
    {
        var check = new Check().Text(input.UserName, nameof(input.UserName), 80).Text(input.Password, nameof(input.Password), 200);
        if (check.Failed) return check.Errors;
        await using var session = sessions.Open(Actor.System("sign-in") with { Device = device }, "users.sign_in");
        var verified = await Credentials.VerifyAsync(session, input.UserName!, input.Password!, clock);
        if (!verified.IsSuccess)
        {
            log.LogWarning("Sign-in of {User} from {Device} refused: {Reason}", input.UserName, device, verified.Error.Code);
            return verified.As<SignedIn>();
        }

        var snapshot = await queries.SnapshotAsync(verified.Value.Id, ct);
        return snapshot is null ? AccountErrors.BadCredentials : new SignedIn(snapshot, verified.Value.MustChangePassword);
    }
}

/// <summary>
/// A second person proves who they are with their own password, on the first person's screen (receiver of issued material,
/// second signature of an override).
/// </summary>
public sealed record VerifyCredentials(string? UserName, string? Password);

/// <summary>The person behind the verified account, and what they may do.</summary>
public sealed record VerifiedPerson(long AccountId, long PersonId, string DisplayName, IReadOnlySet<Permission> Permissions);

public sealed class VerifyCredentialsHandler(AccountSessions sessions, AccountQueries queries, TimeProvider clock)
{
    /// <summary>Refused with an error on <paramref name="field"/> when name or password are wrong, or the account names no person.</summary>
    public async Task<Result<VerifiedPerson>> HandleAsync(VerifyCredentials input, string field, Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(input.UserName) || string.IsNullOrWhiteSpace(input.Password)) return CommonErrors.Required.On(field);
        await using var session = sessions.Open(actor, "users.verify");
        var verified = await Credentials.VerifyAsync(session, input.UserName, input.Password, clock);
        if (!verified.IsSuccess) return verified.Error.On(field);
        var snapshot = await queries.SnapshotAsync(verified.Value.Id, ct);
        return snapshot?.PersonId is not { } person ? AccountErrors.NoPerson.On(field)
            : new VerifiedPerson(snapshot.Id, person, snapshot.DisplayName, snapshot.Permissions);
    }
}

internal static class Credentials
{
    public static async Task<Result<Account>> VerifyAsync(AccountSession session, string userName, string password, TimeProvider clock)
    {
        var users = session.Users;
        var account = await users.FindByNameAsync(userName.Trim());
        if (account is null)
        {
            // The same work as for a known name, so that the time taken does not tell which names exist.
            new PasswordHasher<Account>().HashPassword(new Account(), password);
            return AccountErrors.BadCredentials;
        }

        if (!account.IsActive) return AccountErrors.BadCredentials;
        if (account.LockoutEnabled && account.LockoutEnd > clock.GetUtcNow()) return AccountErrors.LockedOut.With(account.LockoutEnd);
        if (!await users.CheckPasswordAsync(account, password))
        {
            await users.AccessFailedAsync(account);
            return account.LockoutEnd > clock.GetUtcNow() ? AccountErrors.LockedOut.With(account.LockoutEnd) : AccountErrors.BadCredentials;
        }

        if (account.AccessFailedCount > 0) await users.ResetAccessFailedCountAsync(account);
        return account;
    }
}

public static class AccountErrors
{
    public static readonly Error BadCredentials = Error.Refused("account.bad_credentials", "Password");
    public static readonly Error LockedOut = Error.Refused("account.locked_out", "UserName");
    public static readonly Error NoPerson = Error.Refused("account.no_person", "UserName");
    public static readonly Error NotFound = Error.NotFound("account.not_found");

    /// <summary>Nobody could manage users any more.</summary>
    public static readonly Error LastAdministrator = Error.Conflict("account.last_administrator");

    /// <summary>People do not switch themselves off.</summary>
    public static readonly Error Self = Error.Refused("account.self", "IsActive");
    public static readonly Error RoleInUse = Error.Conflict("account.role_in_use");
    public static readonly Error BadRoleName = Error.Invalid("account.bad_role_name", "Name");
    public static readonly Error KeyNotFound = Error.NotFound("account.key_not_found");
    public static readonly Error WeakPassword = Error.Invalid("account.weak_password", "NewPassword");
    public static readonly Error PasswordsDiffer = Error.Invalid("account.passwords_differ", "RepeatPassword");
    public static readonly Error SamePassword = Error.Invalid("account.same_password", "NewPassword");
}
