using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Traceability.Application.Common;
using Traceability.Application.MasterData;
using Traceability.Domain.Common;
using Traceability.Web.Auth;
using Traceability.Web.Components;
using Traceability.Web.Components.Pages.MasterData;

namespace Traceability.Web.Api;

/// <summary>Master data: for every kind the same six endpoints, and the lookup of form pickers.</summary>
public static class MasterDataApi
{
    public static void Map(RouteGroupBuilder api)
    {
        MapKind(api, MasterDataLists.Plants, (q, actor, id, ct) => q.PlantAsync(actor, id, ct), (SavePlantHandler h, SavePlant input, Actor actor, CancellationToken ct) => h.HandleAsync(input, actor, ct));
        MapKind(api, MasterDataLists.Materials, (q, actor, id, ct) => q.MaterialAsync(actor, id, ct), (SaveMaterialHandler h, SaveMaterial input, Actor actor, CancellationToken ct) => h.HandleAsync(input, actor, ct));
        MapKind(api, MasterDataLists.Units, (q, actor, id, ct) => q.UnitAsync(actor, id, ct), (SaveUnitHandler h, SaveUnit input, Actor actor, CancellationToken ct) => h.HandleAsync(input, actor, ct));
        MapKind(api, MasterDataLists.Suppliers, (q, actor, id, ct) => q.SupplierAsync(actor, id, ct), (SaveSupplierHandler h, SaveSupplier input, Actor actor, CancellationToken ct) => h.HandleAsync(input, actor, ct));
        MapKind(api, MasterDataLists.Customers, (q, actor, id, ct) => q.CustomerAsync(actor, id, ct), (SaveCustomerHandler h, SaveCustomer input, Actor actor, CancellationToken ct) => h.HandleAsync(input, actor, ct));
        MapKind(api, MasterDataLists.Locations, (q, actor, id, ct) => q.LocationAsync(actor, id, ct), (SaveLocationHandler h, SaveLocation input, Actor actor, CancellationToken ct) => h.HandleAsync(input, actor, ct));
        MapKind(api, MasterDataLists.WorkCenters, (q, actor, id, ct) => q.WorkCenterAsync(actor, id, ct), (SaveWorkCenterHandler h, SaveWorkCenter input, Actor actor, CancellationToken ct) => h.HandleAsync(input, actor, ct));
        MapKind(api, MasterDataLists.Equipment, (q, actor, id, ct) => q.MachineAsync(actor, id, ct), (SaveEquipmentHandler h, SaveEquipment input, Actor actor, CancellationToken ct) => h.HandleAsync(input, actor, ct));
        MapKind(api, MasterDataLists.ReasonCodes, (q, actor, id, ct) => q.ReasonCodeAsync(actor, id, ct), (SaveReasonCodeHandler h, SaveReasonCode input, Actor actor, CancellationToken ct) => h.HandleAsync(input, actor, ct));
        MapKind(api, MasterDataLists.People, (q, actor, id, ct) => q.PersonAsync(actor, id, ct), (SavePersonHandler h, SavePerson input, Actor actor, CancellationToken ct) => h.HandleAsync(input, actor, ct));
        api.MapGet("/units/convert", ConvertAsync).RequirePermission(Permission.ViewMasterData).WithTags("Master data").WithSummary("A quantity in another unit");
        api.MapGet("/lookup/{kind}", LookupAsync).RequirePermission(Permission.ViewMasterData).WithTags("Master data").WithSummary("At most twenty records in use whose code or name contains the text");
    }

    /// <typeparam name="TView">Row of the list.</typeparam>
    /// <typeparam name="TDetails">What a single record is answered with.</typeparam>
    private static void MapKind<TView, TDetails, THandler, TInput>(RouteGroupBuilder api, MasterDataList<TView> list, Func<MasterDataQueries, Actor, long, CancellationToken, Task<Result<TDetails>>> one,
        Func<THandler, TInput, Actor, CancellationToken, Task<Result<MasterDataSaved>>> save)
        where TView : MasterDataView where TDetails : notnull where THandler : notnull where TInput : MasterDataInput
    {
        // Held in variables: the framework's analyzer of route handlers does not understand bodies of a type parameter.
        Delegate listAll = async ([AsParameters] ApiPage page, [AsParameters] KindFilter filter, MasterDataQueries queries, ApiActor actor, CancellationToken ct) =>
            (await list.Load(queries, actor, page.ToRequest(), filter.Filter, filter.Active, ct)).ToHttp();
        Delegate export = ([AsParameters] ExportQuery query, [AsParameters] KindFilter filter, HttpContext context, MasterDataQueries queries, ApiActor actor, IStringLocalizer<Resources.MasterData> texts, CancellationToken ct) =>
            query.ToFileAsync(context, texts[$"List.{list.Kind}"], list.Columns(texts), page => list.Load(queries, actor, page, filter.Filter, filter.Active, ct));
        Delegate show = async (long id, MasterDataQueries queries, ApiActor actor, CancellationToken ct) => (await one(queries, actor, id, ct)).ToHttp();
        Delegate enter = (TInput input, THandler handler, ApiActor actor, CancellationToken ct) => SaveAsync(null, input, handler, actor, ct);
        Delegate change = (long id, TInput input, THandler handler, ApiActor actor, CancellationToken ct) => SaveAsync(id, input, handler, actor, ct);
        Delegate delete = async (long id, DeleteMasterDataHandler handler, ApiActor actor, CancellationToken ct) => (await handler.HandleAsync(new DeleteMasterData(list.Kind, id), actor, ct)).ToHttp();

        var group = api.MapGroup($"/{Links.MasterDataPath(list.Kind)}").WithTags("Master data");
        group.MapGet("/", listAll).RequirePermission(Permission.ViewMasterData).WithSummary("Records of the kind, by code");
        group.MapGet("/export", export).RequirePermission(Permission.ViewMasterData).WithSummary("The list as XLSX or CSV");
        group.MapGet("/{id:long}", show).RequirePermission(Permission.ViewMasterData).WithSummary("One record");
        group.MapPost("/", enter).RequirePermission(Permission.EditMasterData).WithSummary("Enter a record");
        group.MapPut("/{id:long}", change).RequirePermission(Permission.EditMasterData).WithSummary("Change a record; refused when its version is not the current one");
        group.MapDelete("/{id:long}", delete).RequirePermission(Permission.EditMasterData).WithSummary("Delete a record that nothing refers to");

        async Task<Results<Ok<MasterDataSaved>, ErrorResult>> SaveAsync(long? id, TInput input, THandler handler, ApiActor actor, CancellationToken ct)
        {
            input.Id = id;
            return (await save(handler, input, actor, ct)).ToHttp();
        }
    }

    private static async Task<Results<Ok<ConvertedQuantity>, ErrorResult>> ConvertAsync(decimal quantity, long from, long to, long? materialId, MasterDataQueries queries, ApiActor actor, CancellationToken ct) =>
        (await queries.ConvertAsync(actor, quantity, from, to, materialId, ct)).Failed(out var errors, out var converted) ? new ErrorResult(errors) : TypedResults.Ok(new ConvertedQuantity(converted));

    private static async Task<Results<Ok<IReadOnlyList<Ref>>, ErrorResult>> LookupAsync(string kind, string? search, LookupQueries queries, ApiActor actor, CancellationToken ct)
    {
        var check = new Check();
        return ApiValues.Enum<MasterDataKind>(kind.Replace('-', '_'), "Kind", check) is { } one ? TypedResults.Ok(await queries.SearchAsync(actor, one, search, ct)) : new ErrorResult(check.Errors);
    }

    /// <param name="Filter">The kind's own filter: kind of material, location or reason, status, dimension.</param>
    internal sealed record KindFilter(string? Filter, bool? Active);
}

/// <summary>A quantity in the unit asked for.</summary>
public sealed record ConvertedQuantity(decimal Quantity);
