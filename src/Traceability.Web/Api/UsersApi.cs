using Microsoft.Extensions.Localization;
using Traceability.Application.Users;
using Traceability.Domain.Common;
using Traceability.Web.Auth;
using Traceability.Web.Components.Pages.Users;

namespace Traceability.Web.Api;

/// <summary>Accounts, roles and keys.</summary>
public static class UsersApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("Users").RequirePermission(Permission.ManageUsers);
        users.MapGet("/", async ([AsParameters] ApiPage page, string? role, bool? active, UserQueries queries, ApiActor actor, CancellationToken ct) =>
            (await queries.AccountsAsync(actor, page.ToRequest(), ct, role, active)).ToHttp()).WithSummary("Accounts by sign-in name");
        users.MapGet("/export", ([AsParameters] ExportQuery query, string? role, bool? active, HttpContext context, UserQueries queries, ApiActor actor, IStringLocalizer<Resources.Users> texts, CancellationToken ct) =>
            query.ToFileAsync(context, texts["Accounts"], AccountLists.Columns(texts), page => queries.AccountsAsync(actor, page, ct, role, active))).WithSummary("The list as XLSX or CSV");
        users.MapGet("/{id:long}", async (long id, UserQueries queries, ApiActor actor, CancellationToken ct) => (await queries.AccountAsync(actor, id, ct)).ToHttp()).WithSummary("One account");
        users.MapPost("/", async (CreateAccount input, CreateAccountHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(input, actor, ct)).ToHttp())
            .WithSummary("Create an account; answers its one-time password once");
        users.MapPut("/{id:long}", async (long id, UpdateAccount input, UpdateAccountHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(input with { Id = id }, actor, ct)).ToHttp())
            .WithSummary("Change an account's person, plant, roles, or switch it off");
        users.MapPost("/{id:long}/reset-password", async (long id, ResetPasswordHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(new ResetPassword(id), actor, ct)).ToHttp())
            .WithSummary("Give an account a new one-time password");
        users.MapPost("/{id:long}/unlock", async (long id, UnlockAccountHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(new UnlockAccount(id), actor, ct)).ToHttp())
            .WithSummary("Lift the lock after failed sign-ins");

        var roles = api.MapGroup("/roles").WithTags("Users").RequirePermission(Permission.ManageUsers);
        roles.MapGet("/", async (UserQueries queries, ApiActor actor, CancellationToken ct) => (await queries.RolesAsync(actor, ct)).ToHttp()).WithSummary("Roles with their permissions");
        roles.MapPost("/", async (SaveRole input, SaveRoleHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(input with { Id = null }, actor, ct)).ToHttp()).WithSummary("Add a role");
        roles.MapPut("/{id:long}", async (long id, SaveRole input, SaveRoleHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(input with { Id = id }, actor, ct)).ToHttp()).WithSummary("Say what a role may do");
        roles.MapDelete("/{id:long}", async (long id, DeleteRoleHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(new DeleteRole(id), actor, ct)).ToHttp()).WithSummary("Delete a role nobody has");

        var keys = api.MapGroup("/api-keys").WithTags("Users").RequirePermission(Permission.ManageApiKeys);
        keys.MapGet("/", async ([AsParameters] ApiPage page, long? accountId, UserQueries queries, ApiActor actor, CancellationToken ct) => (await queries.ApiKeysAsync(actor, page.ToRequest(), ct, accountId)).ToHttp()).WithSummary("Keys of programs, the newest first");
        keys.MapPost("/", async (CreateApiKey input, CreateApiKeyHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(input, actor, ct)).ToHttp()).WithSummary("Create a key; answers it once");
        keys.MapPost("/{id:long}/revoke", async (long id, RevokeApiKeyHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(new RevokeApiKey(id), actor, ct)).ToHttp()).WithSummary("Take a key back");
    }
}
