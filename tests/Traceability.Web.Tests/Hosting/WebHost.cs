using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Traceability.Application.Users;
using Traceability.Domain.Common;
using Traceability.Testing;
using Traceability.Web.Auth;
using Xunit;

namespace Traceability.Web.Tests.Hosting;

/// <summary>xunit class fixture: the whole application in this process on a database of its own, with one account and API key a role.</summary>
public sealed class WebHost : IAsyncLifetime
{
    public static readonly IReadOnlyList<string> Roles = ["operator", "warehouse", "qc", "qa_release", "manager", "auditor", "configurator", "administrator"];

    public const string Password = "correct-horse-2026";

    private readonly Dictionary<string, string> keys = [];
    private WebApplicationFactory<ApiKeyAuthentication>? factory;

    public DairyPlant Plant { get; } = new();

    public IServiceProvider Services => (factory ?? throw new InvalidOperationException("The fixture has not been initialised.")).Services;

    public async ValueTask InitializeAsync()
    {
        await Plant.InitializeAsync();
        factory = new WebApplicationFactory<ApiKeyAuthentication>().WithWebHostBuilder(builder => builder.UseSetting("ConnectionStrings:Traceability", Plant.AppConnectionString));
        var system = Actor.System("test");
        var people = new Queue<long?>([Plant.Zhang.Id, Plant.Li.Id, Plant.Liu.Id]);
        foreach (var role in Roles)
        {
            var person = role is "operator" or "warehouse" or "qa_release" ? people.Dequeue() : null;
            var account = await Services.GetRequiredService<CreateAccountHandler>().HandleAsync(new CreateAccount(role, role, [role], person, Plant.Plant.Id, Password), system, default);
            Assert.True(account.IsSuccess, string.Join(", ", account.Errors));
            var key = await Services.GetRequiredService<CreateApiKeyHandler>().HandleAsync(new CreateApiKey(account.Value.AccountId, "test", null), system, default);
            keys[role] = key.Value.Key;
        }
    }

    /// <summary>A client that nobody is signed in with; redirects are not followed.</summary>
    public HttpClient Anonymous(string language = "en")
    {
        var client = factory!.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        return client;
    }

    /// <summary>A client that acts as the role's account by its API key.</summary>
    public HttpClient As(string role, string language = "en")
    {
        var client = Anonymous(language);
        client.DefaultRequestHeaders.Add(ApiKeyAuthentication.Header, keys[role]);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (factory is not null) await factory.DisposeAsync();
        await Plant.DisposeAsync();
    }
}
