using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Traceability.Application.Dossiers;

namespace Traceability.Documents.Dossiers;

/// <summary>The facts for machines: the whole model as JSON, the same in every language of the document.</summary>
internal static class DossierAttachment
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        // The file is read by people too, and never stands in a page: Chinese stays Chinese.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
        NewLine = "\n",
    };

    public static string FileName(DossierModel model) =>
        string.Concat(model.Number.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')) + ".json";

    public static JsonObject File(DossierModel model, string description) => new()
    {
        ["name"] = FileName(model),
        ["type"] = "application/json",
        ["description"] = description,
        ["content"] = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(model, Format)),
    };
}
