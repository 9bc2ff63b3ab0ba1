using System.Text.Encodings.Web;
using System.Text.Json;
using Traceability.Application.Users;
using Traceability.Domain.Common;

namespace Traceability.Application.Demo;

/// <summary>
/// Keeps the file that tells scripts how to reach the demo: address, a manager's API key, sign-ins. Written anew at every
/// start, since the address may change; the key is kept while it is good, and replaced by a new one when it is not.
/// </summary>
public sealed class DemoAccess(AccountSessions sessions, AccountQueries accounts, CreateApiKeyHandler createKey)
{
    private const string FileName = "demo.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="keyOwner">User name of the account the key acts as.</param>
    /// <param name="keyMaker">User name of the administrator who creates it.</param>
    /// <returns>The path of the file.</returns>
    public async Task<string> WriteAsync(string dataFolder, string url, IReadOnlyList<DemoSignIn> signIns, string keyOwner, string keyMaker, CancellationToken ct)
    {
        var path = Path.Combine(dataFolder, FileName);
        var key = await KeptKeyAsync(path, keyOwner, ct) ?? await NewKeyAsync(keyOwner, keyMaker, ct);
        var content = new AccessFile(url, key, [.. signIns.Select(s => new AccessUser(s.Role, s.UserName, s.Password))]);
        Directory.CreateDirectory(dataFolder);
        // Replaced in one step: a script that reads meanwhile gets the old file or the new one.
        var draft = path + ".new";
        await File.WriteAllTextAsync(draft, JsonSerializer.Serialize(content, Json), ct);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(draft, path, overwrite: true);
        return path;
    }

    private async Task<string?> KeptKeyAsync(string path, string owner, CancellationToken ct)
    {
        if (!File.Exists(path)) return null;
        try
        {
            var kept = JsonSerializer.Deserialize<AccessFile>(await File.ReadAllTextAsync(path, ct), Json);
            return kept?.ApiKey is { Length: > 0 } key && await accounts.FindByApiKeyAsync(key, ct) is { } account && account.UserName == owner ? key : null;
        }
        catch (JsonException)
        {
            return null; // someone's edit broke the file: it is written anew
        }
    }

    private async Task<string> NewKeyAsync(string owner, string maker, CancellationToken ct)
    {
        var system = Actor.System("demo");
        await using var session = sessions.Open(system, "demo.access");
        var ownerId = (await session.Users.FindByNameAsync(owner))?.Id ?? throw new InvalidOperationException($"The demo has no account {owner}.");
        var makerId = (await session.Users.FindByNameAsync(maker))?.Id ?? throw new InvalidOperationException($"The demo has no account {maker}.");
        var administrator = (await accounts.SnapshotAsync(makerId, ct))!;
        var actor = new Actor { UserId = administrator.Id, UserName = administrator.UserName, DisplayName = administrator.DisplayName, PersonId = administrator.PersonId, PlantId = administrator.PlantId, Permissions = administrator.Permissions };
        return (await DemoWorld.Must(createKey.HandleAsync(new CreateApiKey(ownerId, "demo scripts", null), actor, ct), "API key")).Key;
    }

    private sealed record AccessFile(string Url, string ApiKey, IReadOnlyList<AccessUser> Users);

    private sealed record AccessUser(string Role, string User, string Password);
}
