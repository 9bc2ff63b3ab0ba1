using Microsoft.AspNetCore.Http.HttpResults;
using Traceability.Application.Coding;
using Traceability.Domain.Common;
using Traceability.Web.Auth;

namespace Traceability.Web.Api;

/// <summary>How codes are built.</summary>
public static class CodingApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/coding-rules").WithTags("Coding rules");
        group.MapGet("/", async (CodingQueries queries, ApiActor actor, CancellationToken ct) => (await queries.RulesAsync(actor, ct)).ToHttp())
            .RequirePermission(Permission.EditCodingRules).WithSummary("All rules with their next three codes");
        group.MapGet("/{id:long}", async (long id, CodingQueries queries, ApiActor actor, CancellationToken ct) => (await queries.RuleAsync(actor, id, ct)).ToHttp())
            .RequirePermission(Permission.EditCodingRules).WithSummary("One rule");
        group.MapPost("/preview", async (PreviewCodes input, CodingQueries queries, ApiActor actor, CancellationToken ct) => (await queries.PreviewAsync(input, actor, ct)).ToHttp())
            .RequirePermission(Permission.EditCodingRules).WithSummary("The next three codes of a pattern, without using them up");
        group.MapPost("/", (SaveCodingRule input, SaveCodingRuleHandler handler, ApiActor actor, CancellationToken ct) => SaveAsync(null, input, handler, actor, ct))
            .RequirePermission(Permission.EditCodingRules).WithSummary("Add a rule");
        group.MapPut("/{id:long}", (long id, SaveCodingRule input, SaveCodingRuleHandler handler, ApiActor actor, CancellationToken ct) => SaveAsync(id, input, handler, actor, ct))
            .RequirePermission(Permission.EditCodingRules).WithSummary("Change a rule");
    }

    private static async Task<Results<Ok<CodingRuleSaved>, ErrorResult>> SaveAsync(long? id, SaveCodingRule input, SaveCodingRuleHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input with { Id = id }, actor, ct)).ToHttp();
}
