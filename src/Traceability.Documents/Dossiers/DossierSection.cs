using System.Text.Json.Nodes;

namespace Traceability.Documents.Dossiers;

/// <summary>A section of a dossier.</summary>
/// <param name="Title">Its head, also in the list of contents.</param>
/// <param name="Entries">How many records it holds.</param>
/// <param name="Finding">What the cover is to say about it; null when nothing stands out.</param>
/// <param name="Body">Its nodes below the head.</param>
internal sealed record DossierSection(string Title, int Entries, string? Finding, IReadOnlyList<JsonObject> Body);
