using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Traceability.Application.Dossiers;
using Traceability.Domain.Common;
using Traceability.Web.Auth;
using Traceability.Web.Setup;

namespace Traceability.Web.Api;

/// <summary>Trace dossiers: the evidence of a batch as a file that never changes.</summary>
public static class DossiersApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/dossiers").WithTags("Dossiers");
        group.MapPost("/", CreateAsync).RequirePermission(Permission.CreateDossiers).WithSummary("Make the dossier of a batch, named by batchId or batchCode, in zh-CN or en");
        group.MapGet("/", ListAsync).RequirePermission(Permission.ViewDossiers).WithSummary("Dossiers, newest first");
        group.MapGet("/{id:long}", GetAsync).RequirePermission(Permission.ViewDossiers).WithSummary("One dossier with the SHA-256 of its file");
        group.MapGet("/{id:long}/pdf", FileAsync).RequirePermission(Permission.ViewDossiers).WithSummary("The file, the same bytes every time; its SHA-256 is its entity tag");
    }

    private static async Task<Results<Ok<DossierCreated>, ErrorResult>> CreateAsync(DossierBody body, CreateDossierHandler handler, PublicAddress address, HttpContext context, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(new CreateDossier(body.BatchId, body.BatchCode, body.Culture ?? CultureInfo.CurrentUICulture.Name, address.Of(context.Request)), actor, ct)).ToHttp();

    private static async Task<Results<Ok<Paged<DossierRow>>, ErrorResult>> ListAsync(long? batchId, string? culture, [AsParameters] ApiPage page, DossierQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.ListAsync(page.ToRequest(), batchId, culture, actor, ct)).ToHttp();

    private static async Task<Results<Ok<DossierRow>, ErrorResult>> GetAsync(long id, DossierQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.GetAsync(id, actor, ct)).ToHttp();

    private static async Task<Results<FileContentHttpResult, ErrorResult>> FileAsync(long id, bool? download, HttpContext context, DossierQueries queries, ApiActor actor, CancellationToken ct)
    {
        if ((await queries.FileAsync(id, actor, ct)).Failed(out var errors, out var file)) return new ErrorResult(errors);
        context.Response.Headers.XContentTypeOptions = "nosniff";
        // Without a file name the browser shows it.
        return TypedResults.File(file.Content, file.ContentType, download == true ? file.FileName : null, entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""));
    }

    /// <param name="Culture">Language of the file; the caller's own when left out.</param>
    internal sealed record DossierBody(long? BatchId = null, string? BatchCode = null, string? Culture = null);
}
