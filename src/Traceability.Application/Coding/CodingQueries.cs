using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Coding;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.Coding;

public sealed record CodingRuleView(long Id, uint Version, CodedRecord RecordType, MaterialKind? MaterialKind, string Pattern, bool IsActive, IReadOnlyList<string> NextCodes);

/// <summary>A pattern to try out before it is saved.</summary>
public sealed record PreviewCodes(CodedRecord RecordType, MaterialKind? MaterialKind, string? Pattern, long? RuleId = null);

/// <param name="Item">The material the example codes are made for; null where a code names none.</param>
public sealed record CodesPreview(IReadOnlyList<string> Codes, string? Item);

/// <summary>Coding rules and what the next codes would look like.</summary>
public sealed class CodingQueries(TraceDatabase database, TimeProvider clock)
{
    private const int Examples = 3;

    /// <summary>All rules, those of one kind of record together, each with its next three codes.</summary>
    public async Task<Result<IReadOnlyList<CodingRuleView>>> RulesAsync(Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.EditCodingRules) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var rules = await db.Of<CodingRule>().ToListAsync(ct);
        var views = new List<CodingRuleView>();
        foreach (var rule in rules.OrderBy(r => r.RecordType).ThenBy(r => r.MaterialKind is not null).ThenBy(r => r.MaterialKind).ThenByDescending(r => r.IsActive).ThenBy(r => r.Id))
        {
            var next = await PreviewAsync(new PreviewCodes(rule.RecordType, rule.MaterialKind, rule.Pattern, rule.Id), actor, ct);
            views.Add(new CodingRuleView(rule.Id, rule.Version, rule.RecordType, rule.MaterialKind, rule.Pattern, rule.IsActive, next.IsSuccess ? next.Value.Codes : []));
        }

        return views;
    }

    public async Task<Result<CodingRuleView>> RuleAsync(Actor actor, long id, CancellationToken ct)
    {
        var rules = await RulesAsync(actor, ct);
        if (!rules.IsSuccess) return rules.As<CodingRuleView>();
        return rules.Value.FirstOrDefault(r => r.Id == id) is { } rule ? rule : CommonErrors.NotFound;
    }

    /// <summary>The next three codes of a pattern in the actor's plant today; nothing is used up.</summary>
    public async Task<Result<CodesPreview>> PreviewAsync(PreviewCodes input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.EditCodingRules) is { } forbidden) return forbidden;
        var check = SaveCodingRuleHandler.CheckForm(input.RecordType, input.MaterialKind, input.Pattern);
        if (check.Failed) return check.Errors;
        var pattern = CodingPattern.Parse(input.Pattern!.Trim()).Value;

        await using var db = database.Read();
        var plant = await db.Of<Plant>().SingleOrDefaultAsync(p => p.Id == actor.PlantId, ct);
        var material = await db.Of<Material>().Where(m => m.IsActive && (input.MaterialKind == null || m.Kind == input.MaterialKind)).OrderBy(m => m.Id).Select(m => m.ShortCode).FirstOrDefaultAsync(ct);
        var item = pattern.Tokens.Any(t => t is "ITEM" or "SKU") ? material ?? "ITEM" : null;
        var today = plant?.DayOf(clock.GetUtcNow()) ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var values = new CodingValues(today, "R", item, "A", plant?.Code ?? "P", "PARENT");
        var scope = pattern.Scope(values);
        if (!scope.IsSuccess) return scope.As<CodesPreview>();
        var last = await db.Database.SqlQuery<long>($"""
            select coalesce(max(s.last_value), 0) as "Value" from trace.coding_sequence s
            where s.coding_rule_id = {input.RuleId ?? 0} and s.plant_id = {actor.PlantId} and s.scope = {scope.Value}
            """).SingleAsync(ct);
        var codes = new List<string>();
        for (var i = 1; i <= (pattern.HasSequence ? Examples : 1); i++)
        {
            var code = pattern.Format(values, last + i);
            if (!code.IsSuccess) return code.As<CodesPreview>();
            codes.Add(code.Value);
        }

        return new CodesPreview(codes, item);
    }
}
