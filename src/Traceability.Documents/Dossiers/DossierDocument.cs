using System.Globalization;
using System.Text.Json.Nodes;
using Traceability.Application.Dossiers;
using Traceability.Documents.Layout;

namespace Traceability.Documents.Dossiers;

/// <summary>Puts the cover and the sections of a dossier together.</summary>
internal sealed class DossierDocument(DossierModel model, DocumentLanguage language)
{
    private readonly DossierWriter write = new(language, model.TimeZone);

    public JsonObject Build()
    {
        var texts = write.Texts;
        var sections = Sections();
        var content = new JsonArray([.. new DossierCover(model, write).Nodes(sections)]);
        var first = true;
        foreach (var section in sections)
        {
            foreach (var node in Nodes(section, first)) content.Add(node);
            first = false;
        }

        return new JsonObject
        {
            ["title"] = $"{texts.Dossier} {model.Number} · {model.Batch.Code}",
            ["subject"] = $"{write.In(model.Batch.MaterialName)} {model.Batch.Code}",
            ["author"] = write.In(model.Company),
            ["language"] = texts.LanguageTag,
            ["created"] = Created(model.CreatedAt),
            ["pageSize"] = "A4",
            ["pageMargins"] = new JsonArray([.. PrintTokens.Margins.Select(margin => JsonValue.Create(margin))]),
            ["tokens"] = DossierStyles.Tokens(),
            ["styles"] = DossierStyles.All(),
            ["defaultStyle"] = DossierStyles.Default(),
            ["header"] = Header(),
            ["footer"] = Footer(),
            ["content"] = content,
            ["files"] = new JsonArray(DossierAttachment.File(model, texts.AttachmentDescription)),
        };
    }

    /// <summary>PDF dates have whole seconds.</summary>
    public static string Created(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private List<DossierSection> Sections()
    {
        var origin = new DossierOrigin(model, write);
        var production = new DossierProduction(model, write);
        var whereabouts = new DossierWhereabouts(model, write);
        return
        [
            origin.Decisions(), whereabouts.Gaps(), whereabouts.Holds(), origin.Sources(), production.Operations(), production.Parameters(), production.Consumption(),
            production.Inspections(), whereabouts.Moves(), whereabouts.Shipments(), origin.Backward(), origin.Forward(), whereabouts.Audit(),
        ];
    }

    private IEnumerable<JsonObject> Nodes(DossierSection section, bool first)
    {
        var head = Doc.Text(section.Title, "h1").With("tag", "H1").With("outline", true).Margin(0, first ? 0 : 20, 0, 5).KeepWithNext();
        if (first) head["pageBreak"] = "before";
        yield return head;
        if (section.Body.Count == 0)
            yield return Doc.Text(write.Texts.NothingRecorded, "muted");
        foreach (var node in section.Body) yield return node;
    }

    private JsonObject Header() => Doc.Stack(
        Doc.Columns(8,
            Doc.Text($"{write.Texts.Dossier} · {write.In(model.Batch.MaterialName)}", "small"),
            Doc.Code(model.Batch.Code, "small").With("alignment", "right").With("width", 200)),
        Doc.Line(PrintTokens.ContentWidth, 0.5, PrintTokens.Rule).Margin(0, 4, 0, 0)).Margin(PrintTokens.Margins[0], 30, PrintTokens.Margins[2], 0);

    /// <summary>The renderer fills in page and count where it finds these two private characters.</summary>
    private JsonObject Footer() => Doc.Columns(8,
        Doc.Code(model.Number, "small"),
        Doc.Text($"{write.Texts.CreatedAt} {write.Time(model.CreatedAt)}", "small").With("alignment", "center"),
        Doc.Text(write.Texts.PageOf.Replace("{page}", "\uE000").Replace("{pages}", "\uE001"), "small").With("alignment", "right")).Margin(PrintTokens.Margins[0], 18, PrintTokens.Margins[2], 0);
}
