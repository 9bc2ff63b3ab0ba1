using Npgsql;
using Traceability.Application.Setup;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Embedded;

/// <summary>How the product finds, makes and fills its database on a server of the customer's own.</summary>
public sealed class ProductDatabaseTests : IAsyncLifetime
{
    private readonly string _name = "test_" + Guid.NewGuid().ToString("N");
    private PostgresServer _server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ProductDatabaseOptions Options => new()
    {
        Owner = _server.ConnectionString(_name),
        // The role is the server's, shared with all other tests: its password must stay theirs.
        ApplicationPassword = TestDatabase.ApplicationPassword,
        DataFolder = Path.GetTempPath(),
    };

    public async ValueTask InitializeAsync() => _server = await PostgresServer.CurrentAsync();

    public async ValueTask DisposeAsync()
    {
        await using var source = NpgsqlDataSource.Create(_server.ConnectionString("postgres"));
        await using var drop = source.CreateCommand($"drop database if exists {_name} with (force)");
        await drop.ExecuteNonQueryAsync();
    }

    [Fact]
    public async Task A_missing_database_is_created_and_migrated_once()
    {
        await using (var first = await ProductDatabase.OpenAsync(Options, Ct))
        {
            Assert.NotEmpty(first.Migrated);
            Assert.True(await first.IsNewAsync(Ct));
        }
        await using var second = await ProductDatabase.OpenAsync(Options, Ct);
        Assert.Empty(second.Migrated);
    }

    [Fact]
    public async Task The_first_administrator_is_created_once_and_must_change_the_password()
    {
        await using var database = await ProductDatabase.OpenAsync(Options, Ct);

        var administrator = await database.CreateFirstAdministratorAsync(Ct);

        Assert.NotNull(administrator);
        Assert.Null(await database.CreateFirstAdministratorAsync(Ct));
        Assert.False(await database.IsNewAsync(Ct));
        Assert.Equal(true, await ScalarAsync(
            "select must_change_password and password_hash <> '' from accounts.account where user_name = 'admin'"));
        Assert.Equal(1L, await ScalarAsync("""
            select count(*) from accounts.account_role ar join accounts.role r on r.id = ar.role_id where r.name = 'administrator'
            """));
        Assert.Equal(1L, await ScalarAsync(
            "select count(*) from audit.entry where use_case = 'users.create_first_administrator' and table_name = 'accounts.account'"));
    }

    [Fact]
    public async Task An_interrupted_filling_is_thrown_away_at_the_next_start()
    {
        await using (var first = await ProductDatabase.OpenAsync(Options, Ct))
        {
            await Assert.ThrowsAsync<OperationCanceledException>(() => first.FillAsync(async ct =>
            {
                await first.CreateFirstAdministratorAsync(ct);
                throw new OperationCanceledException("pulled the plug");
            }, Ct));
        }

        await using var second = await ProductDatabase.OpenAsync(Options, Ct);

        Assert.True(await second.IsNewAsync(Ct));
        await second.FillAsync(ct => second.CreateFirstAdministratorAsync(ct), Ct);
        await using var third = await ProductDatabase.OpenAsync(Options, Ct);
        Assert.False(await third.IsNewAsync(Ct));
    }

    [Fact]
    public async Task Reset_never_touches_a_server_of_the_customers_own()
    {
        var refused = await Assert.ThrowsAsync<ProductDatabaseException>(() => ProductDatabase.OpenAsync(Options with { Reset = true }, Ct));
        Assert.Contains("--reset", refused.Message, StringComparison.Ordinal);
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_server.ConnectionString(_name));
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct);
    }
}
