using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Traceability.Application.Setup;
using Traceability.Application.Users;
using Traceability.Domain.Common;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Users;

public sealed class UserAdministrationTests(PlantFixture fixture) : IClassFixture<PlantFixture>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private readonly TestPlant plant = fixture.Plant;
    private readonly ServiceProvider services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(fixture.Plant.Clock)
        .AddTraceability(fixture.AppConnectionString).BuildServiceProvider();

    private T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        // Somebody must stay who can manage users.
        var created = await CreateAsync("KEEPER", "administrator");
        Assert.True(created.IsSuccess || created.Error.Code == "common.duplicate");
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private Task<Result<AccountCreated>> CreateAsync(string name, params string[] roles) =>
        Get<CreateAccountHandler>().HandleAsync(new CreateAccount(name, name, roles, null, plant.Plant.Id), plant.Actor, Ct);

    private async Task<AccountView> ViewAsync(long id) => (await Get<UserQueries>().AccountAsync(plant.Actor, id, Ct)).Value;

    private async Task<string> StampAsync(long id) => (await Get<AccountQueries>().SnapshotAsync(id, Ct))!.SecurityStamp;

    private Task<Result<Done>> Update(AccountView account, string[]? roles = null, bool active = true, Actor? actor = null) =>
        Get<UpdateAccountHandler>().HandleAsync(new UpdateAccount(account.Id, account.Version, account.DisplayName, roles ?? [.. account.Roles], null, plant.Plant.Id, active), actor ?? plant.Actor with { UserId = 0 }, Ct);

    [Fact]
    public async Task Roles_are_changed_and_the_sessions_end()
    {
        var id = (await CreateAsync("ROLES", "operator")).Value.AccountId;
        var (before, stamp) = (await ViewAsync(id), await StampAsync(id));
        Assert.True((await Update(before, ["qc", "warehouse"])).IsSuccess);
        var after = await ViewAsync(id);
        Assert.Equal(["qc", "warehouse"], after.Roles.Order());
        Assert.Equal(plant.Plant.Id, after.Plant!.Id);
        Assert.NotEqual(stamp, await StampAsync(id));
        Assert.Equal(CommonErrors.ChangedMeanwhile, (await Update(before)).Error);
        Assert.Equal("common.unknown_value", (await Update(after, ["wizard"])).Error.Code);
        Assert.Equal("common.required", (await Update(after, [])).Error.Code);
        Assert.Contains((await Get<UserQueries>().AccountsAsync(plant.Actor, new PageRequest(Search: "rol"), Ct, "qc")).Value.Items, a => a.Id == id);
        Assert.Empty((await Get<UserQueries>().AccountsAsync(plant.Actor, new PageRequest(Search: "rol"), Ct, "operator")).Value.Items);
    }

    [Fact]
    public async Task A_reset_password_is_good_for_one_sign_in_and_lifts_a_lock()
    {
        var id = (await CreateAsync("FORGOT", "operator")).Value.AccountId;
        for (var i = 0; i < 5; i++) await Get<SignInHandler>().HandleAsync(new SignIn("FORGOT", "wrong-password"), null, Ct);
        Assert.NotNull((await ViewAsync(id)).LockedUntil);
        var reset = (await Get<ResetPasswordHandler>().HandleAsync(new ResetPassword(id), plant.Actor, Ct)).Value;
        Assert.Null((await ViewAsync(id)).LockedUntil);
        Assert.True((await Get<SignInHandler>().HandleAsync(new SignIn("FORGOT", reset.OneTimePassword), null, Ct)).Value.MustChangePassword);
    }

    [Fact]
    public async Task A_locked_account_is_unlocked()
    {
        var created = (await CreateAsync("LOCKED", "operator")).Value;
        for (var i = 0; i < 5; i++) await Get<SignInHandler>().HandleAsync(new SignIn("LOCKED", "wrong-password"), null, Ct);
        Assert.Equal(AccountErrors.LockedOut.Code, (await Get<SignInHandler>().HandleAsync(new SignIn("LOCKED", created.OneTimePassword), null, Ct)).Error.Code);
        Assert.True((await Get<UnlockAccountHandler>().HandleAsync(new UnlockAccount(created.AccountId), plant.Actor, Ct)).IsSuccess);
        Assert.True((await Get<SignInHandler>().HandleAsync(new SignIn("LOCKED", created.OneTimePassword), null, Ct)).IsSuccess);
    }

    [Fact]
    public async Task An_account_is_switched_off_but_not_ones_own_and_not_the_last_administrator()
    {
        var id = (await CreateAsync("LEAVER", "operator")).Value.AccountId;
        Assert.True((await Update(await ViewAsync(id), active: false)).IsSuccess);
        Assert.Null(await Get<AccountQueries>().SnapshotAsync(id, Ct));
        var keeper = (await Get<UserQueries>().AccountsAsync(plant.Actor, new PageRequest(Search: "KEEPER"), Ct)).Value.Items[0];
        Assert.Equal(AccountErrors.LastAdministrator, (await Update(keeper, active: false)).Error);
        Assert.Equal(AccountErrors.LastAdministrator, (await Update(await ViewAsync(keeper.Id), ["operator"])).Error);
        Assert.Equal(AccountErrors.Self, (await Update(await ViewAsync(keeper.Id), active: false, actor: plant.Actor with { UserId = keeper.Id })).Error);
        Assert.Equal(["administrator"], (await ViewAsync(keeper.Id)).Roles);
    }

    [Fact]
    public async Task Permissions_of_a_role_are_data_and_changing_them_ends_sessions()
    {
        var role = (await Get<SaveRoleHandler>().HandleAsync(new SaveRole(null, null, "Packer", [Permission.ViewBatches]), plant.Actor, Ct)).Value.Id;
        var id = (await CreateAsync("PACKER", "packer")).Value.AccountId;
        var stamp = await StampAsync(id);
        var view = (await Get<UserQueries>().RoleAsync(plant.Actor, role, Ct)).Value;
        Assert.Equal(("packer", 1), (view.Name, view.Accounts));
        Assert.True((await Get<SaveRoleHandler>().HandleAsync(new SaveRole(role, view.Version, "packer", [Permission.ViewTrace, Permission.PrintLabels]), plant.Actor, Ct)).IsSuccess);
        var snapshot = (await Get<AccountQueries>().SnapshotAsync(id, Ct))!;
        Assert.Equal([Permission.ViewTrace, Permission.PrintLabels], snapshot.Permissions.Order());
        Assert.NotEqual(stamp, snapshot.SecurityStamp);
        Assert.Equal(CommonErrors.ChangedMeanwhile, (await Get<SaveRoleHandler>().HandleAsync(new SaveRole(role, view.Version, "packer", []), plant.Actor, Ct)).Error);
        Assert.Equal("account.role_in_use", (await Get<DeleteRoleHandler>().HandleAsync(new DeleteRole(role), plant.Actor, Ct)).Error.Code);
        Assert.Equal("common.duplicate", (await Get<SaveRoleHandler>().HandleAsync(new SaveRole(null, null, "QC", []), plant.Actor, Ct)).Error.Code);
        Assert.Equal(AccountErrors.BadRoleName, (await Get<SaveRoleHandler>().HandleAsync(new SaveRole(null, null, "a b", []), plant.Actor, Ct)).Error);
        var unused = (await Get<SaveRoleHandler>().HandleAsync(new SaveRole(null, null, "unused", [Permission.ViewTrace]), plant.Actor, Ct)).Value.Id;
        Assert.True((await Get<DeleteRoleHandler>().HandleAsync(new DeleteRole(unused), plant.Actor, Ct)).IsSuccess);
    }

    [Fact]
    public async Task The_last_permission_to_manage_users_stays()
    {
        var role = (await Get<UserQueries>().RolesAsync(plant.Actor, Ct)).Value.Single(r => r.Name == "administrator");
        var refused = await Get<SaveRoleHandler>().HandleAsync(new SaveRole(role.Id, role.Version, role.Name, [Permission.ViewTrace]), plant.Actor, Ct);
        Assert.Equal(AccountErrors.LastAdministrator, refused.Error);
    }

    [Fact]
    public async Task A_key_is_listed_by_its_first_characters_and_stops_working_when_revoked()
    {
        var id = (await CreateAsync("ROBOT", "operator")).Value.AccountId;
        var key = (await Get<CreateApiKeyHandler>().HandleAsync(new CreateApiKey(id, "gateway", null), plant.Actor, Ct)).Value;
        Assert.NotNull(await Get<AccountQueries>().FindByApiKeyAsync(key.Key, Ct));
        var listed = Assert.Single((await Get<UserQueries>().ApiKeysAsync(plant.Actor, new PageRequest(), Ct, id)).Value.Items);
        Assert.StartsWith(listed.Prefix, key.Key, StringComparison.Ordinal);
        Assert.True((await Get<RevokeApiKeyHandler>().HandleAsync(new RevokeApiKey(key.Id), plant.Actor, Ct)).IsSuccess);
        Assert.Null(await Get<AccountQueries>().FindByApiKeyAsync(key.Key, Ct));
        Assert.Equal(AccountErrors.KeyNotFound, (await Get<RevokeApiKeyHandler>().HandleAsync(new RevokeApiKey(999_999), plant.Actor, Ct)).Error);
    }

    [Fact]
    public async Task Without_the_permission_nothing_is_shown_or_done()
    {
        var other = plant.ActorWithout(Permission.ManageUsers, Permission.ManageApiKeys);
        Assert.Equal("common.forbidden", (await Get<UserQueries>().AccountsAsync(other, new PageRequest(), Ct)).Error.Code);
        Assert.Equal("common.forbidden", (await Get<UserQueries>().RolesAsync(other, Ct)).Error.Code);
        Assert.Equal("common.forbidden", (await Get<UserQueries>().ApiKeysAsync(other, new PageRequest(), Ct)).Error.Code);
        Assert.Equal("common.forbidden", (await Get<ResetPasswordHandler>().HandleAsync(new ResetPassword(1), other, Ct)).Error.Code);
        Assert.Equal("common.forbidden", (await Get<UnlockAccountHandler>().HandleAsync(new UnlockAccount(1), other, Ct)).Error.Code);
        Assert.Equal("common.forbidden", (await Get<RevokeApiKeyHandler>().HandleAsync(new RevokeApiKey(1), other, Ct)).Error.Code);
        Assert.Equal("common.forbidden", (await Get<SaveRoleHandler>().HandleAsync(new SaveRole(null, null, "x", []), other, Ct)).Error.Code);
        Assert.Equal("common.forbidden", (await Get<DeleteRoleHandler>().HandleAsync(new DeleteRole(1), other, Ct)).Error.Code);
        Assert.Equal("account.not_found", (await Get<ResetPasswordHandler>().HandleAsync(new ResetPassword(999_999), plant.Actor, Ct)).Error.Code);
    }
}
