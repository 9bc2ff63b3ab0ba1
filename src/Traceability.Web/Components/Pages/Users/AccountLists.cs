using Microsoft.Extensions.Localization;
using Traceability.Application.Users;
using Traceability.Web.Components.Lists;
using Traceability.Web.Components.Ui;

namespace Traceability.Web.Components.Pages.Users;

/// <summary>What the list of accounts shows, on the page and in its export.</summary>
public static class AccountLists
{
    public static IReadOnlyList<ListColumn<AccountView>> Columns(IStringLocalizer texts) =>
    [
        new("userName", texts["UserName"], a => a.UserName) { Mono = true, Priority = 1 },
        new("displayName", texts["DisplayName"], a => a.DisplayName) { Priority = 3 },
        new("roles", texts["Roles"], a => string.Join(" · ", a.Roles.Select(r => RoleName(texts, r)))) { Sortable = false, Priority = 4 },
        new("person", texts["Person"], a => a.Person is null ? null : Names.Full(a.Person)) { Sortable = false },
        new("plant", texts["Plant"], a => a.Plant is null ? null : Names.Of(a.Plant)) { Sortable = false, Optional = true },
        new("isActive", texts["Status"], a => texts[StatusOf(a)].Value) { Priority = 2, Chip = a => a.IsActive ? a.LockedUntil is null ? StatusKind.Success : StatusKind.Warning : StatusKind.Neutral },
    ];

    /// <summary>A role that came with the product has a name in both languages; one made here is called what it was called.</summary>
    public static string RoleName(IStringLocalizer texts, string role) => texts[$"Role.{role}"] is { ResourceNotFound: false } known ? known : role;

    private static string StatusOf(AccountView account) => !account.IsActive ? "Inactive" : account.LockedUntil is not null ? "Locked" : "Active";
}
