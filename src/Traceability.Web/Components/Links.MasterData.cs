using System.Text.Json;
using Traceability.Application.MasterData;

namespace Traceability.Web.Components;

public static partial class Links
{
    public const string DataDictionary = "/data-dictionary";
    public const string Roles = "/users/roles";
    public const string ApiKeys = "/users/keys";

    /// <summary>The list of a kind of master data, e.g. <c>/master-data/work-centers</c>.</summary>
    public static string MasterDataList(MasterDataKind kind) => $"{MasterData}/{MasterDataPath(kind)}";

    public static string MasterDataRecord(MasterDataKind kind, long id) => $"{MasterDataList(kind)}/{id}";

    public static string NewMasterData(MasterDataKind kind) => $"{MasterDataList(kind)}/new";

    /// <summary>A kind's part of addresses, the same for pages and the API.</summary>
    public static string MasterDataPath(MasterDataKind kind) => kind switch
    {
        MasterDataKind.Person => "people",
        MasterDataKind.Equipment => "equipment",
        _ => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()) + "s",
    };

    public static string CodingRule(long id) => $"{CodingRules}/{id}";

    public static string User(long id) => $"{Users}/{id}";

    public static string Role(long id) => $"{Roles}/{id}";
}
