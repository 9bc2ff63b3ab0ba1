using Microsoft.AspNetCore.WebUtilities;

namespace Traceability.Web.Components;

/// <summary>The addresses of all pages; features extend it in their own file (<c>Links.Batches.cs</c>).</summary>
public static partial class Links
{
    public const string Home = "/";
    public const string Batches = "/batches";
    public const string Receiving = "/receipts";
    public const string Stock = "/stock";
    public const string WorkOrders = "/orders";
    public const string OperationReports = "/reports";
    public const string Inspections = "/inspections";
    public const string Holds = "/holds";
    public const string Shipments = "/shipments";
    public const string Dossiers = "/dossiers";
    public const string MasterData = "/master-data";
    public const string CodingRules = "/coding-rules";
    public const string Users = "/users";
    public const string AuditTrail = "/audit";
    public const string Plants = "/plants/choose";
    public const string Account = "/account";
    public const string SignIn = "/signin";
    public const string SignOut = "/signout";
    public const string Gallery = "/gallery";

    /// <summary>The trace of the record with this code; without a code the trace page's start.</summary>
    public static string Trace(string? code = null) => code is null ? "/trace" : $"/trace/{Uri.EscapeDataString(code)}";

    public static string Search(string text) => With("/search", ("q", text));

    public static string Batch(long id) => $"{Batches}/{id}";

    public static string WorkOrder(long id) => $"{WorkOrders}/{id}";

    public static string Inspection(long id) => $"{Inspections}/{id}";

    public static string Hold(long id) => $"{Holds}/{id}";

    public static string Shipment(long id) => $"{Shipments}/{id}";

    public static string Dossier(long id) => $"{Dossiers}/{id}";

    /// <summary>Changes the language and comes back to <paramref name="back"/>.</summary>
    public static string Culture(string culture, string back) => With("/culture", ("set", culture), ("back", back));

    /// <summary>A path with query values; values that are null or empty are left out.</summary>
    public static string With(string path, params ReadOnlySpan<(string Key, string? Value)> query)
    {
        foreach (var (key, value) in query)
        {
            if (!string.IsNullOrEmpty(value)) path = QueryHelpers.AddQueryString(path, key, value);
        }

        return path;
    }
}
