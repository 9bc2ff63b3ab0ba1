using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;
using Traceability.Domain.Common;

namespace Traceability.Web.Components.Ui;

/// <summary>
/// A list paged, searched and sorted by the server. What is shown stands in the address (<c>q</c>, <c>page</c>, <c>size</c>,
/// <c>sort</c>, <c>desc</c> and the filters), so that it can be sent, kept and gone back to.
/// </summary>
public sealed partial class DataTable<TItem> : UiComponent
{
    private static readonly int[] SizeChoices = [25, 50, 100, 200];

    private readonly List<Column<TItem>> columns = [];
    private readonly Dictionary<object, TItem> selected = [];
    private readonly HashSet<string> toggled = [];
    private CancellationTokenSource? running;
    private PageRequest request = new();
    private Paged<TItem>? page;
    private string? loadedQuery;
    private bool loading;
    private bool disposed;
    private ElementReference frame;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private PlantClock Clock { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    /// <summary>Fetches one page; called again whenever the address changes, filters included.</summary>
    [Parameter, EditorRequired] public Func<PageRequest, CancellationToken, Task<Paged<TItem>>> Load { get; set; } = null!;

    /// <summary>What the list holds, read out and used to remember the choice of columns.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary><see cref="Column{TItem}"/>s.</summary>
    [Parameter, EditorRequired] public RenderFragment ChildContent { get; set; } = null!;

    /// <summary>Identity of a row, for selection; the row itself without it.</summary>
    [Parameter] public Func<TItem, object>? Key { get; set; }

    /// <summary>The record a row opens.</summary>
    [Parameter] public Func<TItem, string>? Href { get; set; }

    /// <summary>Filters after the search box: <see cref="FilterChips"/>, <see cref="FilterSelect"/>.</summary>
    [Parameter] public RenderFragment? Filters { get; set; }

    /// <summary>Shows the search box; its text arrives as <see cref="PageRequest.Search"/>.</summary>
    [Parameter] public bool Searchable { get; set; } = true;

    /// <summary>What the search understands; "Search in this list" without it.</summary>
    [Parameter] public string? SearchPlaceholder { get; set; }

    /// <summary>Shows the bar above the table; false for a short list inside a card.</summary>
    [Parameter] public bool ShowBar { get; set; } = true;

    /// <summary>Buttons for the selected rows; with it every row has a checkbox.</summary>
    [Parameter] public RenderFragment<IReadOnlyList<TItem>>? SelectionActions { get; set; }

    /// <summary>Export endpoint; <c>format</c> (csv or xlsx) and the query of the list are added.</summary>
    [Parameter] public string? ExportHref { get; set; }

    /// <summary>What would stand here.</summary>
    [Parameter, EditorRequired] public string EmptyTitle { get; set; } = "";

    /// <summary>How it gets filled.</summary>
    [Parameter] public string? EmptyText { get; set; }

    [Parameter] public string EmptyIcon { get; set; } = "inbox";

    /// <summary>The button that fills it.</summary>
    [Parameter] public RenderFragment? EmptyAction { get; set; }

    /// <summary>Prefix of the address keys, where a page holds two lists.</summary>
    [Parameter] public string Prefix { get; set; } = "";

    /// <summary>Rows a page while the address does not say.</summary>
    [Parameter] public int PageSize { get; set; } = SizeChoices[0];

    /// <summary>Told after every load how many rows there are in all, for the page's title.</summary>
    [Parameter] public EventCallback<long> TotalChanged { get; set; }

    private int SkeletonRows => Math.Min(request.Take, 10);

    private IEnumerable<Column<TItem>> Shown => columns.Where(IsShown);

    private int LastPage => page is null ? 1 : (int)Math.Max(1, (page.Total + request.Take - 1) / request.Take);

    private long FirstRow => Math.Min(request.Skip + 1L, page!.Total);

    private long LastRow => request.Skip + page!.Items.Count;

    private string Path => "/" + Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0];

    private string Query => new Uri(Navigation.Uri).Query;

    // Anything in the address but page, size and order narrows the list.
    private bool IsNarrowed => QueryHelpers.ParseQuery(Query).Keys
        .Any(key => key != Name("page") && key != Name("size") && key != Name("sort") && key != Name("desc") && key != "tab");

    private bool AllSelected => page is { Items.Count: > 0 } && page.Items.All(IsSelected);

    /// <summary>Fetches the page again, after an action has changed its rows.</summary>
    public Task ReloadAsync() => FetchAsync();

    protected override void OnInitialized()
    {
        ReadAddress();
        Navigation.LocationChanged += Moved;
    }

    protected override async Task OnParametersSetAsync() => await FollowAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await Js.InvokeVoidAsync("traceability.watchTable", frame);
        var kept = await Js.InvokeAsync<string?>("traceability.recall", $"columns.{Path}.{Prefix}");
        if (string.IsNullOrEmpty(kept)) return;
        toggled.UnionWith(kept.Split('\n'));
        StateHasChanged();
    }

    public void Dispose()
    {
        disposed = true;
        Navigation.LocationChanged -= Moved;
        running?.Cancel();
    }

    internal void Add(Column<TItem> column)
    {
        columns.Add(column);
        StateHasChanged();
    }

    internal void Remove(Column<TItem> column) => columns.Remove(column);

    private string Name(string key) => Prefix.Length == 0 ? key : $"{Prefix}.{key}";

    private void ReadAddress()
    {
        var query = QueryHelpers.ParseQuery(Query);
        string? Text(string key) => query.TryGetValue(Name(key), out var value) ? value.ToString() : null;
        request = new PageRequest(
            Math.Max(1, int.TryParse(Text("page"), out var number) ? number : 1),
            Math.Clamp(int.TryParse(Text("size"), out var size) ? size : PageSize, 1, PageRequest.MaxSize),
            Text("q"),
            Text("sort"),
            Text("desc") == "1");
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        // The page reads its own filters from the address first.
        await Task.Yield();
        try
        {
            if (!disposed) await FollowAsync();
        }
        catch (Exception exception) when (!disposed)
        {
            await DispatchExceptionAsync(exception);
        }
    });

    private async Task FollowAsync()
    {
        if (loadedQuery == Query) return;
        await FetchAsync();
    }

    private async Task FetchAsync()
    {
        running?.Cancel();
        using var own = new CancellationTokenSource();
        running = own;
        loadedQuery = Query;
        ReadAddress();
        loading = true;
        StateHasChanged();
        await Task.Yield();
        try
        {
            if (own.IsCancellationRequested) return;
            var loaded = await Load(request, own.Token);
            if (own.IsCancellationRequested) return;
            page = loaded;
            selected.Clear();
            loading = false;
            await TotalChanged.InvokeAsync(page.Total);
            StateHasChanged();
        }
        catch (OperationCanceledException) when (own.IsCancellationRequested)
        {
            // A newer request has taken over, or the page was left.
        }
        finally
        {
            if (running == own) running = null;
        }
    }

    private void Go(Dictionary<string, object?> changes)
    {
        var named = changes.ToDictionary(change => Name(change.Key), change => change.Value);
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(named), replace: true);
    }

    private void GoTo(int number) => Go(new() { ["page"] = number <= 1 ? null : number });

    private void SearchAsync(ChangeEventArgs e) =>
        Go(new() { ["q"] = string.IsNullOrWhiteSpace(e.Value as string) ? null : ((string)e.Value!).Trim(), ["page"] = null });

    private void ResizeAsync(ChangeEventArgs e) =>
        Go(new() { ["size"] = int.TryParse(e.Value as string, out var size) && size != PageSize ? size : null, ["page"] = null });

    // First click upwards, second downwards, third back to the list's own order.
    private void SortBy(Column<TItem> column)
    {
        var again = request.Sort == column.Sort;
        Go(new()
        {
            ["sort"] = again && request.Descending ? null : column.Sort,
            ["desc"] = again && !request.Descending ? "1" : null,
            ["page"] = null,
        });
    }

    private string? SortState(Column<TItem> column) =>
        column.Sort is null || request.Sort != column.Sort ? null : request.Descending ? "descending" : "ascending";

    // What is shown is what is exported: the filters and order of the address, and the columns chosen.
    private string ExportAddress(string format)
    {
        var address = QueryHelpers.AddQueryString(ExportHref! + Query, "format", format);
        return toggled.Count == 0 ? address : QueryHelpers.AddQueryString(address, "columns", string.Join(',', Shown.Select(column => column.Id)));
    }

    private bool IsShown(Column<TItem> column) => column.Optional == toggled.Contains(column.Id);

    private async Task ToggleAsync(Column<TItem> column)
    {
        if (!toggled.Remove(column.Id)) toggled.Add(column.Id);
        if (!Shown.Any()) toggled.Remove(column.Id);
        await Js.InvokeVoidAsync("traceability.remember", $"columns.{Path}.{Prefix}", string.Join('\n', toggled));
    }

    private object KeyOf(TItem item) => Key?.Invoke(item) ?? item!;

    private bool IsSelected(TItem item) => selected.ContainsKey(KeyOf(item));

    private void Select(TItem item, bool on)
    {
        if (on) selected[KeyOf(item)] = item;
        else selected.Remove(KeyOf(item));
    }

    private void SelectAll(ChangeEventArgs e)
    {
        foreach (var item in page!.Items) Select(item, e.Value is true);
    }

    private void ClearSelection() => selected.Clear();

    private string TextOf(Column<TItem> column, TItem item) => column.Value?.Invoke(item) switch
    {
        DateTimeOffset moment => Clock.Minute(moment),
        DateTime utc => Clock.Minute(new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc))),
        var value => Formats.Value(value),
    };
}
