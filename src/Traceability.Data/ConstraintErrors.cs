using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Traceability.Domain.Batches;
using Traceability.Domain.Coding;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;

namespace Traceability.Data;

/// <summary>Turns a violated constraint, known by its name, into the error of the rule it stands for.</summary>
internal static class ConstraintErrors
{
    private static readonly Dictionary<string, Error> ByName = new(StringComparer.Ordinal)
    {
        ["ux_batch_code"] = BatchErrors.CodeTaken,
        ["ux_coding_rule_scope"] = CodingErrors.RuleExists,
        ["ck_stock_quantity"] = LedgerErrors.Insufficient,
        ["ux_activity_reverses"] = LedgerErrors.AlreadyReversed,
        ["ux_activity_line_reverses"] = LedgerErrors.AlreadyReversed,
    };

    public static bool TryTranslate(Exception exception, [NotNullWhen(true)] out Error? error)
    {
        error = null;
        if (exception is DbUpdateConcurrencyException)
        {
            error = CommonErrors.ChangedMeanwhile;
            return true;
        }

        var postgres = exception as PostgresException ?? exception.InnerException as PostgresException;
        if (postgres is null) return false;
        if (postgres.ConstraintName is { } name && ByName.TryGetValue(name, out error)) return true;
        error = postgres.SqlState switch
        {
            // Unique indexes are named ux_<table>_<column>; the column is the field of the form.
            PostgresErrorCodes.UniqueViolation => CommonErrors.Duplicate.On(FieldOf(postgres)),
            PostgresErrorCodes.ForeignKeyViolation => postgres.MessageText.Contains("update or delete", StringComparison.Ordinal)
                ? CommonErrors.InUse : CommonErrors.Unknown.On(FieldOf(postgres)),
            PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => CommonErrors.Busy,
            PostgresErrorCodes.NumericValueOutOfRange => CommonErrors.OutOfRange.With(0m, Check.QuantityMax),
            _ => null,
        };
        return error is not null;
    }

    private static string FieldOf(PostgresException exception)
    {
        var name = exception.ConstraintName ?? "";
        var column = exception.TableName is { } table && name.Length > table.Length + 4 && name.AsSpan(3).StartsWith(table) ? name[(table.Length + 4)..] : "code";
        var field = string.Concat(column.Split('_').Select(w => w.Length == 0 ? w : char.ToUpperInvariant(w[0]) + w[1..]));
        return exception.SqlState == PostgresErrorCodes.ForeignKeyViolation ? field + "Id" : field;
    }
}
