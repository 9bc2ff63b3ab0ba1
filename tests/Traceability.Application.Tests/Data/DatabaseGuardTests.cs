using Npgsql;
using Traceability.Domain.Common;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Data;

/// <summary>What the database refuses by itself, whatever the program above it does.</summary>
public sealed class DatabaseGuardTests(DairyPlant plant) : IClassFixture<DairyPlant>
{
    [Theory]
    [InlineData("update trace.activity_line set quantity = quantity + 1")]
    [InlineData("delete from trace.activity_line")]
    [InlineData("update trace.activity set reason = 'x'")]
    [InlineData("delete from trace.activity")]
    [InlineData("update audit.entry set actor_name = 'x'")]
    [InlineData("delete from audit.entry")]
    [InlineData("insert into audit.entry (occurred_at, actor_id, actor_name, use_case, table_name, action) values (now(), 1, 'x', 'x', 'x', 'insert')")]
    [InlineData("truncate trace.activity_line")]
    [InlineData("create table trace.mine (id int)")]
    [InlineData("drop table trace.stock")]
    [InlineData("alter table trace.activity disable trigger all")]
    public async Task The_applications_role_is_refused(string sql)
    {
        await plant.ReceiveAsync(1, Guid.NewGuid().ToString("N"));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(plant.AppConnectionString, sql));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Theory]
    [InlineData("update trace.activity_line set quantity = quantity + 1")]
    [InlineData("delete from trace.activity")]
    [InlineData("delete from audit.entry")]
    [InlineData("truncate audit.entry")]
    public async Task Even_the_owner_cannot_change_ledger_or_audit_trail(string sql)
    {
        await plant.ReceiveAsync(1, Guid.NewGuid().ToString("N"));
        Assert.Equal("TR002", (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(plant.OwnerConnectionString, sql))).SqlState);
    }

    [Fact]
    public async Task A_write_without_an_actor_is_refused() =>
        Assert.Equal("TR001", (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(plant.AppConnectionString, "update trace.supplier set name = name || '!'"))).SqlState);

    [Fact]
    public async Task A_change_made_by_raw_sql_is_audited_with_old_and_new_values()
    {
        await using (var db = await plant.Db.BeginAsync(plant.Everyone, "test.raw", CancellationToken.None, "a reason"))
        {
            await using var update = db.Command("update trace.supplier set name = 'Renamed' where id = @id");
            update.Parameters.AddWithValue("id", plant.OtherSupplier.Id);
            await update.ExecuteNonQueryAsync();
            Assert.True((await db.SaveAsync(() => Done.Value, CancellationToken.None)).IsSuccess);
        }

        await using var source = NpgsqlDataSource.Create(plant.OwnerConnectionString);
        await using var command = source.CreateCommand("select old_values ->> 'name', new_values ->> 'name', reason, actor_name from audit.entry where table_name = 'trace.supplier' and action = 'update' and row_id = $1");
        command.Parameters.AddWithValue(plant.OtherSupplier.Id);
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        Assert.Equal(("瑞糖", "Renamed", "a reason", "OP001"), (reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
