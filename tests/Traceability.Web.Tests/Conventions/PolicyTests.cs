using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Traceability.Domain.Common;
using Traceability.Web.Auth;
using Traceability.Web.Components.Layout;
using Traceability.Web.Tests.Hosting;
using Xunit;

namespace Traceability.Web.Tests.Conventions;

/// <summary>Nothing can be reached without somebody having decided who may reach it.</summary>
public sealed class PolicyTests(WebHost host) : IClassFixture<WebHost>
{
    /// <summary>What is open to everybody, and nothing else is.</summary>
    private static readonly string[] OpenPages = ["/signin", "/not-found", "/gallery", "/error", "/verify"];

    private static IEnumerable<Type> Pages => typeof(ApiKeyAuthentication).Assembly.GetTypes().Where(t => t.GetCustomAttributes<RouteAttribute>().Any());

    [Fact]
    public void Every_page_names_who_may_see_it()
    {
        var without = Pages.Where(p => p.GetCustomAttribute<AuthorizeAttribute>() is null && p.GetCustomAttribute<AllowAnonymousAttribute>() is null).Select(p => p.Name);
        Assert.Empty(without);
    }

    [Fact]
    public void Only_the_known_pages_are_open_to_everybody()
    {
        var open = Pages.Where(p => p.GetCustomAttribute<AllowAnonymousAttribute>() is not null).SelectMany(p => p.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template);
        Assert.All(open, template => Assert.Contains(OpenPages, page => template == page || template.StartsWith(page + "/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_api_endpoint_demands_a_permission()
    {
        var endpoints = host.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(endpoints);
        var without = endpoints.Where(e => e.Metadata.GetOrderedMetadata<IAuthorizeData>().All(a => a.Policy is null)).Select(e => e.RoutePattern.RawText);
        Assert.Empty(without);
    }

    [Fact]
    public async Task Every_api_endpoint_answers_each_role_as_the_permission_table_says()
    {
        var granted = await GrantedAsync();
        var endpoints = host.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal)).ToList();
        foreach (var role in WebHost.Roles)
        {
            using var client = host.As(role);
            foreach (var endpoint in endpoints)
            {
                var needed = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().OfType<RequirePermissionAttribute>().Select(a => a.Permission).ToList();
                if (needed.Count == 0) continue;
                var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
                var path = "/" + System.Text.RegularExpressions.Regex.Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), @"\{[^}]*\}", "999999999");
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                // An empty body: those who may come in are told what is missing, and nothing is written.
                if (method is "POST" or "PUT" or "PATCH")
                {
                    var form = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("multipart/form-data") == true;
                    request.Content = form ? new MultipartFormDataContent() : new StringContent("", System.Text.Encoding.UTF8, "application/json");
                }

                using var answer = await client.SendAsync(request);
                var may = needed.All(granted[role].Contains);
                Assert.True(may ? answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized or HttpStatusCode.InternalServerError) : answer.StatusCode == HttpStatusCode.Forbidden,
                    $"{role} {method} {path} answered {(int)answer.StatusCode}, allowed: {may}");
            }
        }
    }

    [Fact]
    public async Task Without_a_sign_in_the_api_says_401()
    {
        using var client = host.Anonymous();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/trace/X/summary")).StatusCode);
    }

    [Fact]
    public void Every_navigation_entry_leads_to_a_page()
    {
        var templates = Pages.SelectMany(p => p.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template).ToHashSet();
        var links = NavEntry.All.SelectMany(e => e.Children.Count > 0 ? e.Children : [e]).Select(e => e.Href!);
        Assert.All(links, link => Assert.Contains(link.Split('?')[0], templates));
    }

    private async Task<Dictionary<string, HashSet<Permission>>> GrantedAsync()
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(host.Plant.OwnerConnectionString);
        await using var command = source.CreateCommand("select r.name, p.permission from accounts.role r join accounts.role_permission p on p.role_id = r.id");
        await using var reader = await command.ExecuteReaderAsync();
        var granted = WebHost.Roles.ToDictionary(r => r, _ => new HashSet<Permission>());
        while (await reader.ReadAsync()) granted[reader.GetString(0)].Add(Enum.Parse<Permission>(reader.GetString(1)));
        return granted;
    }
}
