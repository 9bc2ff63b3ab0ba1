using Microsoft.AspNetCore.Http.HttpResults;
using Traceability.Application.Searching;
using Traceability.Domain.Common;
using Traceability.Web.Auth;

namespace Traceability.Web.Api;

/// <summary>One search for every kind of record.</summary>
public static class SearchApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/search", SearchAsync).WithTags("Search").RequirePermission(Permission.ViewTrace).WithSummary("Find a record by any code or name");

    private static async Task<Results<Ok<SearchAnswer>, ErrorResult>> SearchAsync(string? q, SearchQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.SearchAsync(q, actor, ct)).ToHttp();
}
