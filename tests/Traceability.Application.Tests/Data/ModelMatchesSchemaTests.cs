using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Traceability.Data;
using Traceability.Data.Accounts;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Data;

/// <summary>The schema is written by hand and the model by convention: this is what keeps them one.</summary>
public sealed class ModelMatchesSchemaTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Written and read by SQL only: idempotency, running numbers, settings, dossiers.</summary>
    private static readonly string[] WithoutEntity = ["trace.request", "trace.coding_sequence", "trace.setting", "trace.dossier"];

    [Fact]
    public async Task Every_mapped_column_is_there_with_its_type_and_nullability_and_no_column_is_forgotten()
    {
        var schema = await ColumnsAsync();
        var differences = new List<string>();
        foreach (var (table, entity) in Mapped())
        {
            if (!schema.TryGetValue(table, out var columns))
            {
                differences.Add($"{table} is not in the schema");
                continue;
            }

            foreach (var property in entity.GetProperties().Where(p => p.GetColumnName() != "xmin"))
            {
                var name = property.GetColumnName();
                if (!columns.Remove(name, out var column)) differences.Add($"{table}.{name} is not in the schema");
                else if (column.Type != property.GetColumnType()) differences.Add($"{table}.{name} is {column.Type} in the schema, {property.GetColumnType()} in the model");
                else if (column.Nullable != property.IsColumnNullable()) differences.Add($"{table}.{name} is {(column.Nullable ? "nullable" : "not null")} in the schema, not so in the model");
            }

            differences.AddRange(columns.Keys.Select(c => $"{table}.{c} is not in the model"));
        }

        Assert.Empty(differences);
    }

    [Fact]
    public async Task Every_table_has_an_entity()
    {
        var mapped = Mapped().Select(m => m.Table).ToHashSet();
        List<string> forgotten = [.. (await ColumnsAsync()).Keys.Where(t => !mapped.Contains(t) && !WithoutEntity.Contains(t)).Order()];
        Assert.Empty(forgotten);
    }

    [Fact]
    public async Task Primary_and_foreign_keys_agree()
    {
        var keys = await KeysAsync();
        var differences = new List<string>();
        foreach (var (table, entity) in Mapped())
        {
            var primary = $"{table} p ({Names(entity.FindPrimaryKey()!.Properties)})";
            if (!keys.Contains(primary)) differences.Add($"{primary} is not in the schema");
            foreach (var key in entity.GetForeignKeys())
            {
                var foreign = $"{table} f ({Names(key.Properties)}) {TableOf(key.PrincipalEntityType)}";
                if (!keys.Contains(foreign)) differences.Add($"{foreign} is not in the schema");
            }
        }

        // Accounts point to people and plants of the other context.
        var model = Mapped().SelectMany(m => m.Entity.GetForeignKeys().Select(k => $"{m.Table} f ({Names(k.Properties)}) {TableOf(k.PrincipalEntityType)}")).ToHashSet();
        var mapped = Mapped().Select(m => m.Table).ToHashSet();
        differences.AddRange(keys.Where(k => k.StartsWith("trace.", StringComparison.Ordinal) && k.Contains(" f ", StringComparison.Ordinal) && mapped.Contains(k.Split(' ')[0]) && !model.Contains(k)).Select(k => $"{k} is not in the model"));
        Assert.Empty(differences);
    }

    [Fact]
    public async Task There_is_one_table_of_batches_and_one_definition_of_each_field()
    {
        var tables = await ColumnsAsync();
        Assert.Equal(["trace.batch"], tables.Where(t => t.Key.Contains("batch", StringComparison.Ordinal) && t.Value.ContainsKey("code")).Select(t => t.Key));
        Assert.DoesNotContain(tables.Keys, t => t.Contains("_lot", StringComparison.Ordinal) || t.EndsWith(".lot", StringComparison.Ordinal));
    }

    private IEnumerable<(string Table, IEntityType Entity)> Mapped()
    {
        using var source = NpgsqlDataSource.Create(fixture.AppConnectionString);
        using var trace = new TraceDatabase(source, TimeProvider.System).Read();
        using var accounts = new AccountsDbContext(new DbContextOptionsBuilder<AccountsDbContext>().UseNpgsql(source).Options, new AccountScope());
        return [.. trace.Model.GetEntityTypes().Concat(accounts.Model.GetEntityTypes()).Select(e => (TableOf(e), e))];
    }

    private static string TableOf(IReadOnlyEntityType entity) => $"{entity.GetSchema()}.{entity.GetTableName()}";

    private static string Names(IEnumerable<IProperty> properties) => string.Join(", ", properties.Select(p => p.GetColumnName()));

    private async Task<Dictionary<string, Dictionary<string, (string Type, bool Nullable)>>> ColumnsAsync()
    {
        var rows = await ReadAsync("""
            select n.nspname || '.' || c.relname, a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('trace', 'accounts') and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
            """, r => (r.GetString(0), r.GetString(1), r.GetString(2), r.GetBoolean(3)));
        return rows.GroupBy(r => r.Item1).ToDictionary(g => g.Key, g => g.ToDictionary(r => r.Item2, r => (r.Item3, r.Item4)));
    }

    /// <summary>table p|f (columns) [table it points to]</summary>
    private async Task<HashSet<string>> KeysAsync() => [.. await ReadAsync("""
        select n.nspname || '.' || c.relname || ' ' || k.contype::text || ' (' ||
               (select string_agg(a.attname, ', ' order by o.n) from unnest(k.conkey) with ordinality o(attnum, n) join pg_attribute a on a.attrelid = c.oid and a.attnum = o.attnum) || ')' ||
               coalesce(' ' || fn.nspname || '.' || f.relname, '')
        from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
        left join pg_class f on f.oid = k.confrelid left join pg_namespace fn on fn.oid = f.relnamespace
        where n.nspname in ('trace', 'accounts') and k.contype in ('p', 'f')
        """, r => r.GetString(0))];

    private async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> row)
    {
        await using var source = NpgsqlDataSource.Create(fixture.OwnerConnectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(Ct)) rows.Add(row(reader));
        return rows;
    }
}
