using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Traceability.Application.Receiving;
using Traceability.Domain.Common;
using Traceability.Web.Auth;

namespace Traceability.Web.Api;

/// <summary>Taking material in.</summary>
public static class ReceivingApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/receipts").WithTags("Receiving");
        group.MapGet("/", ListAsync).RequirePermission(Permission.ViewBatches).WithSummary("Receipts, newest first");
        group.MapGet("/{id:long}", FindAsync).RequirePermission(Permission.ViewBatches).WithSummary("One receipt with its lines");
        group.MapPost("/", ReceiveAsync).RequirePermission(Permission.ReceiveMaterial).WithSummary("Take a supplier's delivery in (certificates in base64)");
        group.MapPost("/multipart", ReceiveFormAsync).RequirePermission(Permission.ReceiveMaterial).Accepts<IFormFile>("multipart/form-data")
            .WithSummary("Take a supplier's delivery in: part \"receipt\" is the JSON, part \"certificate-0\" the file of the first line, and so on");
    }

    private static async Task<Ok<Paged<ReceiptRow>>> ListAsync(long? supplierId, DateTimeOffset? from, DateTimeOffset? to, [AsParameters] ApiPage page, ReceivingQueries queries, ApiActor actor, CancellationToken ct) =>
        TypedResults.Ok(await queries.ListAsync(page.ToRequest(), actor, ct, supplierId, from?.ToUniversalTime(), to?.ToUniversalTime()));

    private static async Task<Results<Ok<ReceiptView>, ErrorResult>> FindAsync(long id, ReceivingQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.FindAsync(id, actor, ct)).OrNotFound();

    private static async Task<Results<Ok<MaterialReceived>, ErrorResult>> ReceiveAsync(ReceiveMaterial input, ReceiveMaterialHandler handler, ApiActor actor, CancellationToken ct) =>
        (await handler.HandleAsync(input, actor, ct)).ToHttp();

    private static async Task<Results<Ok<MaterialReceived>, ErrorResult>> ReceiveFormAsync(HttpRequest request, IOptions<JsonOptions> json, ReceiveMaterialHandler handler, ApiActor actor, CancellationToken ct)
    {
        if (!request.HasFormContentType) return new ErrorResult([CommonErrors.Malformed.With("multipart/form-data")]);
        var form = await request.ReadFormAsync(ct);
        ReceiveMaterial? input;
        try
        {
            input = JsonSerializer.Deserialize<ReceiveMaterial>(form["receipt"].ToString(), json.Value.SerializerOptions);
        }
        catch (JsonException exception)
        {
            return new ErrorResult([CommonErrors.Malformed.On("receipt").With(exception.Path ?? "receipt")]);
        }

        if (input?.Lines is null) return new ErrorResult([CommonErrors.Malformed.On("receipt").With("receipt")]);
        var lines = input.Lines.ToList();
        foreach (var file in form.Files)
        {
            if (!file.Name.StartsWith("certificate-", StringComparison.Ordinal) || !int.TryParse(file.Name.AsSpan(12), NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= lines.Count)
                return new ErrorResult([CommonErrors.Unknown.On(file.Name)]);
            using var content = new MemoryStream();
            await file.CopyToAsync(content, ct);
            lines[index] = lines[index] with { Certificate = new FileInput(file.FileName, file.ContentType, content.ToArray()) };
        }

        return (await handler.HandleAsync(input with { Lines = lines }, actor, ct)).ToHttp();
    }
}
