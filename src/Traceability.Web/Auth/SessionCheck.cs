using System.Collections.Concurrent;
using System.Security.Claims;
using Traceability.Application.Users;

namespace Traceability.Web.Auth;

/// <summary>
/// Ends a session within a minute when the account was switched off or its password, roles or permissions changed. Answers are
/// remembered for half a minute, so that a busy page does not ask the database at every request.
/// </summary>
public sealed class SessionCheck(AccountQueries accounts, TimeProvider clock)
{
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);
    private const int Capacity = 10_000;
    private readonly ConcurrentDictionary<long, (DateTimeOffset At, string? Stamp)> answers = new();

    /// <summary>True while the principal is what the account still says.</summary>
    public async Task<bool> IsCurrentAsync(ClaimsPrincipal user, CancellationToken ct)
    {
        if (user.AccountId() is not { } id) return false;
        var now = clock.GetUtcNow();
        var stamp = user.FindFirstValue(SessionClaims.SecurityStamp);
        // A session that differs from what is remembered may be the newer one: signed in after the password was changed.
        if (!answers.TryGetValue(id, out var answer) || now - answer.At > Remembered || answer.Stamp != stamp)
        {
            if (answers.Count > Capacity) answers.Clear();
            answer = (now, (await accounts.SnapshotAsync(id, ct))?.SecurityStamp);
            answers[id] = answer;
        }

        return answer.Stamp is not null && answer.Stamp == stamp;
    }
}
