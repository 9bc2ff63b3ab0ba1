using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Traceability.Application.Files;
using Traceability.Domain.Common;
using Traceability.Web.Auth;

namespace Traceability.Web.Api;

/// <summary>Stored files.</summary>
public static class FilesApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/files/{id:long}", ReadAsync).WithTags("Files").RequirePermission(Permission.ViewBatches).WithSummary("A stored file, unchanged; its SHA-256 is its entity tag");

    private static async Task<Results<FileContentHttpResult, ErrorResult>> ReadAsync(long id, HttpContext context, FileQueries queries, ApiActor actor, CancellationToken ct)
    {
        if (await queries.FindAsync(id, actor, ct) is not { } file) return new ErrorResult([CommonErrors.NotFound]);
        // Somebody else's file: the browser saves it and runs nothing of it.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.File(file.Content, file.ContentType, file.FileName, entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""));
    }
}
