using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Traceability.Domain.Common;
using Traceability.Web.Components;

namespace Traceability.Web.Api;

/// <summary>One refusal in a problem answer.</summary>
/// <param name="Code">Stable code, e.g. <c>batch.on_hold</c>.</param>
/// <param name="Field">Property of the request it is about.</param>
/// <param name="Message">In the caller's language.</param>
/// <param name="Link">Path of the record that explains it.</param>
public sealed record ApiError(string Code, string? Field, string Message, string? Link);

/// <summary>Refusals as RFC 9457 problem details: the first error's code and text, and all of them under <c>errors</c>.</summary>
public sealed class ErrorResult(IReadOnlyList<Error> errors) : IResult, IEndpointMetadataProvider
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var texts = httpContext.RequestServices.GetRequiredService<ErrorTexts>();
        var all = errors.Select(e => new ApiError(e.Code, e.Field, texts.Of(e), e.Link)).ToList();
        var status = StatusOf(errors[0].Kind);
        httpContext.Response.StatusCode = status;
        await httpContext.Response.WriteAsJsonAsync(new ProblemDetails
        {
            Type = $"urn:traceability:{all[0].Code}",
            Title = all[0].Message,
            Status = status,
            Extensions = { ["code"] = all[0].Code, ["field"] = all[0].Field, ["errors"] = all },
        }, options: null, contentType: "application/problem+json", httpContext.RequestAborted);
    }

    public static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        foreach (var status in Enum.GetValues<ErrorKind>().Select(StatusOf))
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
    }
}

public static class ApiResults
{
    /// <summary>The answer, or the refusals as problem details.</summary>
    public static Results<Ok<T>, ErrorResult> ToHttp<T>(this Result<T> result) where T : notnull =>
        result.IsSuccess ? TypedResults.Ok(result.Value) : new ErrorResult(result.Errors);

    /// <summary>The record, or 404 when there is none.</summary>
    public static Results<Ok<T>, ErrorResult> OrNotFound<T>(this T? view, Error? notFound = null) where T : class =>
        view is not null ? TypedResults.Ok(view) : new ErrorResult([notFound ?? CommonErrors.NotFound]);
}
