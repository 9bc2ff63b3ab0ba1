using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Coding;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.Coding;

/// <summary>Sets how the codes of a kind of record are built. Codes already given do not change.</summary>
public sealed record SaveCodingRule
{
    /// <summary>The rule to change; null for a new one.</summary>
    public long? Id { get; set; }
    public uint Version { get; set; }

    /// <summary>Fixed once the rule exists.</summary>
    public CodedRecord RecordType { get; set; }

    /// <summary>Narrows a batch rule to one kind of material.</summary>
    public MaterialKind? MaterialKind { get; set; }
    public string Pattern { get; set; } = "";
    public bool IsActive { get; set; } = true;
}

public sealed record CodingRuleSaved(long Id);

public sealed class SaveCodingRuleHandler(TraceDatabase database)
{
    public async Task<Result<CodingRuleSaved>> HandleAsync(SaveCodingRule input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.EditCodingRules) is { } forbidden) return forbidden;
        var check = CheckForm(input.RecordType, input.MaterialKind, input.Pattern);
        if (check.Failed) return check.Errors;

        await using var db = await database.BeginAsync(actor, "coding.save_rule", ct);
        var rule = input.Id is { } id ? await db.LockAsync<CodingRule>(id, ct) : new CodingRule { RecordType = input.RecordType, Pattern = "" };
        if (rule is null) return CommonErrors.NotFound;
        if (input.Id is not null && rule.Version != input.Version) return CommonErrors.ChangedMeanwhile;
        if (rule.RecordType != input.RecordType) return CommonErrors.Unknown.On(nameof(input.RecordType));
        var others = await db.Of<CodingRule>().AsNoTracking().Where(r => r.RecordType == input.RecordType && r.IsActive && r.Id != rule.Id).ToListAsync(ct);
        var pattern = input.Pattern.Trim();
        if (input.IsActive && others.Any(r => string.Equals(r.Pattern, pattern, StringComparison.OrdinalIgnoreCase))) return CodingErrors.SamePattern;
        // The rule without a kind serves every record no other rule is for.
        if ((!input.IsActive || input.MaterialKind is not null) && rule is { IsActive: true, MaterialKind: null } && input.Id is not null && others.All(r => r.MaterialKind is not null)) return CodingErrors.LastRule;

        rule.MaterialKind = input.MaterialKind;
        rule.Pattern = pattern;
        rule.IsActive = input.IsActive;
        if (input.Id is null)
        {
            await db.AddAsync(rule, ct);
            if (await db.FlushAsync(ct) is { } refused) return refused;
            await ContinueNumbersAsync(db, rule, ct);
        }

        return await db.SaveAsync(() => new CodingRuleSaved(rule.Id), ct);
    }

    /// <summary>The rules a pattern must keep by itself; also what the preview checks.</summary>
    internal static Check CheckForm(CodedRecord record, MaterialKind? kind, string? pattern)
    {
        var check = new Check();
        if (!Enum.IsDefined(record)) return check.Add(CommonErrors.Unknown.On(nameof(SaveCodingRule.RecordType)));
        if (kind is { } one && !Enum.IsDefined(one)) check.Add(CommonErrors.Unknown.On(nameof(SaveCodingRule.MaterialKind)));
        check.That(kind is null || record == CodedRecord.Batch, CodingErrors.KindOnlyForBatches);
        var parsed = CodingPattern.Parse(pattern?.Trim());
        if (!parsed.IsSuccess) return check.Add(parsed.Error);
        var missing = parsed.Value.Tokens.FirstOrDefault(t => !CodingTokens.For(record, kind).Contains(t));
        return missing is null ? check : check.Add(CodingErrors.TokenUnavailable.With("{" + missing + "}"));
    }

    /// <summary>A rule that takes over from an older one counts on where that one stopped, so no code is given twice.</summary>
    private static async Task ContinueNumbersAsync(TraceDbContext db, CodingRule rule, CancellationToken ct)
    {
        await using var command = db.Command("""
            insert into trace.coding_sequence (coding_rule_id, plant_id, scope, last_value)
            select @rule, s.plant_id, s.scope, max(s.last_value)
            from trace.coding_sequence s join trace.coding_rule r on r.id = s.coding_rule_id
            where r.record_type = (select record_type from trace.coding_rule where id = @rule) and r.id <> @rule
            group by s.plant_id, s.scope
            """);
        command.Parameters.AddWithValue("rule", rule.Id);
        await command.ExecuteNonQueryAsync(ct);
    }
}
