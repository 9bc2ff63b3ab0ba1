using Microsoft.Extensions.Localization;
using Traceability.Application.Auditing;
using Traceability.Domain.Common;
using Traceability.Web.Auth;
using Traceability.Web.Components;
using Traceability.Web.Components.Pages.Audit;

namespace Traceability.Web.Api;

/// <summary>The audit trail.</summary>
public static class AuditApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/audit").WithTags("Audit trail").RequirePermission(Permission.ViewAudit);
        group.MapGet("/", async ([AsParameters] AuditFilterQuery filter, [AsParameters] ApiPage page, AuditQueries queries, PlantClock clock, ApiActor actor, CancellationToken ct) =>
            (await queries.ListAsync(actor, filter.Read(clock), page.ToRequest(), ct)).ToHttp()).WithSummary("Who changed what, the newest first");
        group.MapGet("/export", ([AsParameters] ExportQuery query, [AsParameters] AuditFilterQuery filter, HttpContext context, AuditQueries queries, PlantClock clock, ApiActor actor, FieldNames fields, IStringLocalizer<Resources.Audit> texts, CancellationToken ct) =>
            query.ToFileAsync(context, texts["Title"], AuditLists.Columns(texts, fields), page => queries.ListAsync(actor, filter.Read(clock), page, ct))).WithSummary("The entries as XLSX or CSV");
    }

    /// <param name="Table">Schema and table, e.g. trace.batch.</param>
    /// <param name="From">First day, yyyy-MM-dd.</param>
    /// <param name="To">Last day, yyyy-MM-dd.</param>
    internal sealed record AuditFilterQuery(string? Table, string? Record, string? Person, string? UseCase, string? From, string? To)
    {
        public AuditFilter Read(PlantClock clock) => AuditFilters.Read(Table, Record, Person, UseCase, From, To, clock);
    }
}
