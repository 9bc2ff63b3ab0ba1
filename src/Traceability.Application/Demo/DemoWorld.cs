using Microsoft.Extensions.DependencyInjection;
using Traceability.Application.Users;
using Traceability.Domain.Common;

namespace Traceability.Application.Demo;

/// <summary>
/// Calls the use cases for a demo factory: each as the person who does it, with exactly that person's rights. A refusal is a
/// mistake in the story and stops it.
/// </summary>
internal sealed class DemoWorld(IServiceProvider services, StoryClock clock)
{
    private readonly Dictionary<string, Actor> people = [];
    private readonly Dictionary<(Type Kind, string Code), long> ids = [];

    public StoryClock Clock => clock;

    public T Of<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>Someone of the factory, by badge number.</summary>
    public Actor Person(string code) => people[code];

    /// <summary>Lets an account take part, with the rights its roles give it now.</summary>
    public async Task<Actor> EnterAsync(string code, long accountId, CancellationToken ct)
    {
        var account = await Of<AccountQueries>().SnapshotAsync(accountId, ct) ?? throw new InvalidOperationException($"The account of {code} is missing.");
        return people[code] = new Actor
        {
            UserId = account.Id,
            UserName = account.UserName,
            DisplayName = account.DisplayName,
            PersonId = account.PersonId,
            PlantId = account.PlantId,
            Permissions = account.Permissions,
        };
    }

    /// <summary>Remembers the id of a record under its code.</summary>
    public void Know<T>(string code, long id) => ids[(typeof(T), code)] = id;

    /// <summary>Id of a record that was entered or found before.</summary>
    public long Id<T>(string code) => ids.TryGetValue((typeof(T), code), out var id) ? id : throw new InvalidOperationException($"The demo knows no {typeof(T).Name} {code}.");

    /// <summary>The answer of a use case that the story counts on.</summary>
    public static async Task<T> Must<T>(Task<Result<T>> call, string what)
    {
        var result = await call;
        return result.Failed(out var errors)
            ? throw new InvalidOperationException($"The demo was refused: {what}: {string.Join("; ", errors.Select(e => $"{e.Code} {e.Field} ({string.Join(", ", e.Args)})"))}")
            : result.Value;
    }
}
