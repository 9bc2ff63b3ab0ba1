using Microsoft.AspNetCore.Http.HttpResults;
using Traceability.Application.Tracing;
using Traceability.Domain.Common;
using Traceability.Domain.Tracing;
using Traceability.Web.Auth;

namespace Traceability.Web.Api;

/// <summary>Tracing from any code: batch, serial, supplier's batch, order, shipment, receipt, delivery note, dossier.</summary>
public static class TraceApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/trace").WithTags("Tracing").RequirePermission(Permission.ViewTrace);
        group.MapGet("/{code}/starts", StartsAsync).WithSummary("What the code is, and the batches a trace from it starts at");
        group.MapGet("/{code}/summary", SummaryAsync).WithSummary("Counts, quantities, customers, suppliers and gaps of a trace");
        group.MapGet("/{code}/flow", FlowAsync).WithSummary("Batch flow table: every move with document, person and confirmation");
        group.MapGet("/{code}", TraceAsync).WithSummary("The whole trace: batches, runs, links, operations, parties, gaps");
    }

    private static async Task<Results<Ok<IReadOnlyList<TraceStart>>, ErrorResult>> StartsAsync(string code, TraceQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.ResolveAsync(Plain(code), actor, ct)).ToHttp();

    private static async Task<Results<Ok<TraceSummary>, ErrorResult>> SummaryAsync(string code, [AsParameters] TraceQuery query, TraceQueries queries, ApiActor actor, CancellationToken ct) =>
        query.Read(code).Failed(out var errors, out var request) ? new ErrorResult(errors) : (await queries.SummaryAsync(request, actor, ct)).ToHttp();

    private static async Task<Results<Ok<TraceAnswer>, ErrorResult>> TraceAsync(string code, [AsParameters] TraceQuery query, TraceQueries queries, ApiActor actor, CancellationToken ct) =>
        query.Read(code).Failed(out var errors, out var request) ? new ErrorResult(errors) : (await queries.TraceAsync(request, actor, ct)).ToHttp();

    private static async Task<Results<Ok<TraceFlow>, ErrorResult>> FlowAsync(string code, [AsParameters] TraceQuery query, TraceQueries queries, ApiActor actor, CancellationToken ct) =>
        query.Read(code).Failed(out var errors, out var request) ? new ErrorResult(errors) : (await queries.FlowAsync(request, query.Direction is not null, actor, ct)).ToHttp();

    /// <summary>A slash inside a code arrives still escaped.</summary>
    private static string Plain(string code) => code.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <param name="Direction">forward, backward or both; both when left out.</param>
    /// <param name="Kind">Chooses among several records with the same code.</param>
    /// <param name="Limit">Most batches and runs in each direction; none when left out.</param>
    internal sealed record TraceQuery(string? Direction, string? Kind, long? RecordId, int? Limit)
    {
        public Result<TraceRequest> Read(string code)
        {
            var check = new Check();
            var direction = ApiValues.Enum<TraceDirection>(Direction, nameof(Direction), check);
            var kind = ApiValues.Enum<TraceStartKind>(Kind, nameof(Kind), check);
            if (Limit is < 1) check.Add(CommonErrors.NotPositive.On(nameof(Limit)));
            return check.Failed ? check.Errors : new TraceRequest(Plain(code), direction ?? TraceDirection.Both, kind, RecordId, Limit);
        }
    }
}
