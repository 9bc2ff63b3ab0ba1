using Microsoft.EntityFrameworkCore;
using Traceability.Domain.Coding;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Data.Coding;

/// <summary>
/// Hands out codes by the plant's rules. The running number's row is locked until the caller's transaction ends, so numbers
/// are neither given twice nor lost when a caller rolls back; call it late, after all other locks.
/// </summary>
public static class CodeGenerator
{
    /// <summary>One code for a record.</summary>
    public static async Task<Result<string>> NextCodeAsync(this TraceDbContext db, CodedRecord record, long plantId, CodingValues values, CancellationToken ct, MaterialKind? kind = null)
    {
        var codes = await db.NextCodesAsync(record, plantId, values, 1, ct, kind);
        return codes.IsSuccess ? codes.Value[0] : codes.As<string>();
    }

    /// <summary>Several codes of one scope in one step, e.g. the serial numbers of a production report.</summary>
    public static async Task<Result<IReadOnlyList<string>>> NextCodesAsync(this TraceDbContext db, CodedRecord record, long plantId, CodingValues values, int count, CancellationToken ct, MaterialKind? kind = null)
    {
        var rule = await db.Of<CodingRule>().AsNoTracking()
            .Where(r => r.IsActive && r.RecordType == record && (r.MaterialKind == null || r.MaterialKind == kind))
            .OrderBy(r => r.MaterialKind == null).FirstOrDefaultAsync(ct);
        if (rule is null) return CodingErrors.NoRule.With(record.ToString());
        var pattern = CodingPattern.Parse(rule.Pattern);
        if (!pattern.IsSuccess) return pattern.As<IReadOnlyList<string>>();
        var scope = pattern.Value.Scope(values);
        if (!scope.IsSuccess) return scope.As<IReadOnlyList<string>>();

        await using var command = db.Command("""
            insert into trace.coding_sequence (coding_rule_id, plant_id, scope, last_value) values (@rule, @plant, @scope, @count)
            on conflict (coding_rule_id, plant_id, scope) do update set last_value = trace.coding_sequence.last_value + @count
            returning last_value
            """);
        command.Parameters.AddWithValue("rule", rule.Id);
        command.Parameters.AddWithValue("plant", plantId);
        command.Parameters.AddWithValue("scope", scope.Value);
        command.Parameters.AddWithValue("count", (long)count);
        var last = (long)(await command.ExecuteScalarAsync(ct))!;
        var codes = new string[count];
        for (var i = 0; i < count; i++)
        {
            var code = pattern.Value.Format(values, last - count + 1 + i);
            if (!code.IsSuccess) return code.As<IReadOnlyList<string>>();
            codes[i] = code.Value;
        }

        return codes;
    }
}
