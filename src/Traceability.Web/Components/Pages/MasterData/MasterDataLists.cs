using Microsoft.Extensions.Localization;
using Traceability.Application.MasterData;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Web.Components.Lists;
using Traceability.Web.Components.Ui;

namespace Traceability.Web.Components.Pages.MasterData;

/// <summary>One page of a kind's list.</summary>
/// <param name="filter">The kind's own filter, by its name in addresses; null for all.</param>
public delegate Task<Result<Paged<TView>>> MasterDataLoad<TView>(MasterDataQueries queries, Actor actor, PageRequest page, string? filter, bool? active, CancellationToken ct);

/// <summary>What the list of a kind of master data shows; page, API and export are made from it.</summary>
/// <param name="OwnColumns">The kind's columns between its name and whether it is in use.</param>
public sealed record MasterDataList<TView>(MasterDataKind Kind, MasterDataLoad<TView> Load, Func<IStringLocalizer, IReadOnlyList<ListColumn<TView>>> OwnColumns) where TView : MasterDataView
{
    /// <summary>The enum of the kind's own filter.</summary>
    public Type? Filter { get; init; }

    /// <summary>Records of the kind can be taken out of use.</summary>
    public bool HasActive { get; init; } = true;

    public IReadOnlyList<ListColumn<TView>> Columns(IStringLocalizer texts)
    {
        ListColumn<TView> active = new("isActive", texts["IsActive"], v => texts[v.IsActive ? "InUse" : "OutOfUse"].Value) { Priority = 2, Chip = v => v.IsActive ? StatusKind.Success : StatusKind.Neutral };
        return
        [
            new("code", texts["Code"], v => v.Code) { Mono = true, Priority = 1 },
            new("name", texts["Name"], v => Names.Of(v.Name, v.NameEn)) { Priority = 3 },
            new("nameEn", texts["NameEn"], v => v.NameEn) { Optional = true },
            .. OwnColumns(texts),
            .. HasActive ? [active] : Array.Empty<ListColumn<TView>>(),
        ];
    }
}

/// <summary>The lists of all kinds.</summary>
public static class MasterDataLists
{
    public static readonly MasterDataList<PlantView> Plants = new(MasterDataKind.Plant,
        (q, actor, page, _, active, ct) => q.PlantsAsync(actor, page, ct, active),
        t => [new("timeZone", t["TimeZone"], v => v.TimeZone) { Priority = 4 }]);

    public static readonly MasterDataList<UnitView> Units = new(MasterDataKind.Unit,
        (q, actor, page, filter, _, ct) => q.UnitsAsync(actor, page, ct, Parse<UnitDimension>(filter)),
        t =>
        [
            new("dimension", t["Dimension"], v => t.Of(v.Dimension)) { Priority = 4 },
            new("factor", t["Factor"], v => v.Factor) { Align = ColumnAlign.End, Priority = 2 },
            new("decimals", t["Decimals"], v => v.Decimals) { Align = ColumnAlign.End },
        ]) { Filter = typeof(UnitDimension), HasActive = false };

    public static readonly MasterDataList<MaterialView> Materials = new(MasterDataKind.Material,
        (q, actor, page, filter, active, ct) => q.MaterialsAsync(actor, page, ct, Parse<MaterialKind>(filter), active),
        t =>
        [
            new("shortCode", t["ShortCode"], v => v.ShortCode) { Mono = true, Optional = true },
            new("specification", t["Specification"], v => v.Specification) { Optional = true },
            new("kind", t["Kind"], v => t.Of(v.Kind)) { Priority = 4 },
            new("unitCode", t["StockUnit"], v => v.UnitCode),
            new("tracking", t["Tracking"], v => t.Of(v.Tracking)),
            new("shelfLifeDays", t["ShelfLifeDays"], v => v.ShelfLifeDays) { Align = ColumnAlign.End },
            new("incomingInspection", t["IncomingInspection"], v => t.YesNo(v.IncomingInspection)),
            new("finalInspection", t["FinalInspection"], v => t.YesNo(v.FinalInspection)) { Optional = true },
            new("certificateRequired", t["CertificateRequired"], v => t.YesNo(v.CertificateRequired)) { Optional = true },
        ]) { Filter = typeof(MaterialKind) };

    public static readonly MasterDataList<SupplierView> Suppliers = new(MasterDataKind.Supplier,
        (q, actor, page, filter, active, ct) => q.SuppliersAsync(actor, page, ct, Parse<SupplierStatus>(filter), active),
        t =>
        [
            new("status", t["Status"], v => t.Of(v.Status)) { Priority = 4, Chip = v => v.Status == SupplierStatus.Approved ? StatusKind.Success : StatusKind.Danger },
            .. Contact<SupplierView>(t, v => v.Contact, v => v.Phone, v => v.Email),
        ]) { Filter = typeof(SupplierStatus) };

    public static readonly MasterDataList<CustomerView> Customers = new(MasterDataKind.Customer,
        (q, actor, page, _, active, ct) => q.CustomersAsync(actor, page, ct, active),
        t => [.. Contact<CustomerView>(t, v => v.Contact, v => v.Phone, v => v.Email), new("address", t["Address"], v => v.Address) { Optional = true }]);

    public static readonly MasterDataList<LocationView> Locations = new(MasterDataKind.Location,
        (q, actor, page, filter, active, ct) => q.LocationsAsync(actor, page, ct, Parse<LocationKind>(filter), active),
        t => [new("kind", t["LocationKind"], v => t.Of(v.Kind)) { Priority = 4 }]) { Filter = typeof(LocationKind) };

    public static readonly MasterDataList<WorkCenterView> WorkCenters = new(MasterDataKind.WorkCenter,
        (q, actor, page, _, active, ct) => q.WorkCentersAsync(actor, page, ct, active),
        t => [new("locationCode", t["LineLocation"], v => Names.Full(v.Location)) { Priority = 4 }]);

    public static readonly MasterDataList<EquipmentView> Equipment = new(MasterDataKind.Equipment,
        (q, actor, page, filter, active, ct) => q.EquipmentAsync(actor, page, ct, Parse<EquipmentStatus>(filter), active),
        t =>
        [
            new("workCenterCode", t["Kind.WorkCenter"], v => Names.Full(v.WorkCenter)) { Priority = 4 },
            new("status", t["Status"], v => t.Of(v.Status))
            {
                Chip = v => v.Status switch { EquipmentStatus.Available => StatusKind.Success, EquipmentStatus.Maintenance => StatusKind.Warning, _ => StatusKind.Danger },
            },
        ]) { Filter = typeof(EquipmentStatus) };

    public static readonly MasterDataList<ReasonCodeView> ReasonCodes = new(MasterDataKind.ReasonCode,
        (q, actor, page, filter, active, ct) => q.ReasonCodesAsync(actor, page, ct, Parse<ReasonKind>(filter), active),
        t => [new("kind", t["ReasonKind"], v => t.Of(v.Kind)) { Priority = 4 }]) { Filter = typeof(ReasonKind) };

    public static readonly MasterDataList<PersonView> People = new(MasterDataKind.Person,
        (q, actor, page, _, active, ct) => q.PeopleAsync(actor, page, ct, active),
        t => [new("team", t["Team"], v => v.Team) { Priority = 4 }, new("email", t["Email"], v => v.Email) { Optional = true }]);

    private static string YesNo(this IStringLocalizer texts, bool value) => texts[value ? "Yes" : "No"];

    private static ListColumn<TView>[] Contact<TView>(IStringLocalizer texts, Func<TView, string?> contact, Func<TView, string?> phone, Func<TView, string?> email) =>
        [new("contact", texts["Contact"], contact), new("phone", texts["Phone"], phone), new("email", texts["Email"], email) { Optional = true }];

    /// <summary>An unknown word narrows nothing: an address typed wrongly shows the whole list.</summary>
    private static TEnum? Parse<TEnum>(string? text) where TEnum : struct, Enum =>
        text is { Length: > 0 } && !text.Any(char.IsDigit) && Enum.TryParse<TEnum>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var value) ? value : null;
}
