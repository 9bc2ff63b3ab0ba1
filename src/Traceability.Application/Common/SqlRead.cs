using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Traceability.Data;

namespace Traceability.Application.Common;

/// <summary>Set-based reads that SQL says better than LINQ.</summary>
internal static class SqlRead
{
    /// <summary>One moment for several statements: what they read belongs together.</summary>
    public static Task<IDbContextTransaction> BeginSnapshotAsync(this TraceDbContext db, CancellationToken ct) =>
        db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);

    /// <summary>Reads every row. Parameters are named in the text as @name.</summary>
    public static async Task<List<T>> ReadAsync<T>(this TraceDbContext db, string sql, Func<DbDataReader, T> row, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = db.Command(sql);
            foreach (var (name, value) in parameters) command.Parameters.Add(new NpgsqlParameter(name, value ?? DBNull.Value));
            await using var reader = await command.ExecuteReaderAsync(ct);
            var rows = new List<T>();
            while (await reader.ReadAsync(ct)) rows.Add(row(reader));
            return rows;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Runs a statement that answers nothing.</summary>
    public static async Task RunAsync(this TraceDbContext db, string sql, CancellationToken ct)
    {
        await using var command = db.Command(sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    public static string? Text(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static long? Long(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public static int? Int(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

    public static decimal Number(this DbDataReader reader, int column) => reader.IsDBNull(column) ? 0 : reader.GetDecimal(column);

    public static DateOnly? Day(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateOnly>(column);

    public static DateTimeOffset? Moment(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    public static DateTimeOffset Time(this DbDataReader reader, int column) => reader.GetFieldValue<DateTimeOffset>(column);

    public static long[] Ids(this DbDataReader reader, int column) => reader.IsDBNull(column) ? [] : reader.GetFieldValue<long[]>(column);
}
