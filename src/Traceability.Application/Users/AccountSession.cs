using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Traceability.Data.Accounts;
using Traceability.Domain.Common;

namespace Traceability.Application.Users;

/// <summary>Opens ASP.NET Core Identity for one actor and one use case; Identity's own services live as long as the session.</summary>
public sealed class AccountSessions(IServiceScopeFactory scopes)
{
    internal AccountSession Open(Actor actor, string useCase) => new(scopes.CreateAsyncScope(), actor, useCase);
}

internal sealed class AccountSession : IAsyncDisposable
{
    private readonly AsyncServiceScope services;

    public AccountSession(AsyncServiceScope services, Actor actor, string useCase)
    {
        this.services = services;
        var scope = services.ServiceProvider.GetRequiredService<AccountScope>();
        scope.Actor = actor;
        scope.UseCase = useCase;
    }

    public UserManager<Account> Users => services.ServiceProvider.GetRequiredService<UserManager<Account>>();

    public AccountsDbContext Db => services.ServiceProvider.GetRequiredService<AccountsDbContext>();

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
