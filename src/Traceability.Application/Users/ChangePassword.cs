using Traceability.Domain.Common;

namespace Traceability.Application.Users;

/// <summary>A person replaces their own password; all their other sessions end.</summary>
public sealed record ChangePassword(string? CurrentPassword, string? NewPassword, string? RepeatPassword);

public sealed class ChangePasswordHandler(AccountSessions sessions, TimeProvider clock)
{
    /// <summary>At least ten characters; see NIST SP 800-63B: length counts, composition rules do not.</summary>
    public const int MinLength = 10;

    public async Task<Result<Done>> HandleAsync(ChangePassword input, Actor actor, CancellationToken ct)
    {
        var check = new Check().Text(input.CurrentPassword, nameof(input.CurrentPassword), 200).Text(input.NewPassword, nameof(input.NewPassword), 200)
            .That(input.NewPassword is null || input.NewPassword.Length >= MinLength, AccountErrors.WeakPassword.With(MinLength))
            .That(input.NewPassword == input.RepeatPassword, AccountErrors.PasswordsDiffer)
            .That(input.NewPassword != input.CurrentPassword, AccountErrors.SamePassword);
        if (check.Failed) return check.Errors;
        await using var session = sessions.Open(actor, "users.change_password");
        var verified = await Credentials.VerifyAsync(session, actor.UserName, input.CurrentPassword!, clock);
        if (!verified.IsSuccess) return verified.Error.On(nameof(input.CurrentPassword));
        ct.ThrowIfCancellationRequested();
        verified.Value.MustChangePassword = false;
        var changed = await session.Users.ChangePasswordAsync(verified.Value, input.CurrentPassword!, input.NewPassword!);
        return changed.Succeeded ? Done.Value : AccountErrors.WeakPassword.With(MinLength);
    }
}
