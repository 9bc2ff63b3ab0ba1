using Npgsql;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Embedded;

/// <summary>What every database test builds on: a migrated database of its own, entered by the product's role.</summary>
public sealed class TestDatabaseTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_database_is_migrated() =>
        Assert.NotEqual(0L, await ScalarAsync(fixture.AppConnectionString, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'trace'"));

    [Fact]
    public async Task The_products_role_cannot_change_the_schema()
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => ScalarAsync(fixture.AppConnectionString, "CREATE TABLE trace.sneaky (n int)"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Two_databases_know_nothing_of_one_another()
    {
        await using var other = await TestDatabase.CreateAsync();
        await ScalarAsync(other.OwnerConnectionString, "CREATE TABLE only_here (n int)");
        Assert.Equal(0L, await ScalarAsync(fixture.OwnerConnectionString, "SELECT count(*) FROM information_schema.tables WHERE table_name = 'only_here'"));
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct);
    }
}
