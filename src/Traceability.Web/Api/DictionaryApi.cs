using Microsoft.Extensions.Localization;
using Traceability.Domain.Common;
using Traceability.Web.Auth;
using Traceability.Web.Components.Pages.Dictionary;

namespace Traceability.Web.Api;

/// <summary>The data dictionary.</summary>
public static class DictionaryApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/data-dictionary").WithTags("Data dictionary").RequirePermission(Permission.ViewMasterData);
        group.MapGet("/", ([AsParameters] ApiPage page, string? record, DictionaryList list, ApiActor actor) => list.Find(actor, page.ToRequest(), record).ToHttp()).WithSummary("Every field with its names, unit and format");
        group.MapGet("/export", ([AsParameters] ExportQuery query, string? record, HttpContext context, DictionaryList list, ApiActor actor, IStringLocalizer<Resources.Dictionary> texts) =>
            query.ToFileAsync(context, texts["Title"], DictionaryList.Columns(texts), page => Task.FromResult(list.Find(actor, page, record)))).WithSummary("The dictionary as XLSX or CSV");
    }
}
