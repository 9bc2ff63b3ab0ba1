using System.Buffers.Text;
using System.Security.Cryptography;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Files;
using Traceability.Domain.MasterData;

namespace Traceability.Domain.Dossiers;

/// <summary>A trace dossier as it was handed out: its file never changes and is served from storage, byte for byte. What is known later goes into another dossier.</summary>
public sealed class Dossier : Entity
{
    /// <summary>Languages a dossier can be written in.</summary>
    public static readonly IReadOnlyList<string> Cultures = ["zh-CN", "en"];

    private const int TokenBytes = 24;

    private Dossier()
    {
    }

    public long PlantId { get; private set; }

    /// <summary>The number on every page.</summary>
    public string Code { get; private set; } = "";
    public long BatchId { get; private set; }

    /// <summary>Language of the file: <c>zh-CN</c> or <c>en</c>.</summary>
    public string Culture { get; private set; } = "";
    public long StoredFileId { get; private set; }

    /// <summary>Ends the address of the public page that vouches for the file; not to be guessed.</summary>
    public string VerifyToken { get; private set; } = "";

    /// <summary>When its facts were gathered.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    [References(typeof(Person))]
    public long CreatedBy { get; private set; }

    /// <summary>The dossier of a batch, with the number and token that are printed in its file.</summary>
    public static Dossier Issue(Batch batch, string code, string culture, string verifyToken, StoredFile file, DateTimeOffset createdAt, long person) => new()
    {
        PlantId = batch.PlantId,
        Code = code,
        BatchId = batch.Id,
        Culture = culture,
        StoredFileId = file.Id,
        VerifyToken = verifyToken,
        CreatedAt = createdAt,
        CreatedBy = person,
    };

    /// <summary>A new token: 192 random bits as 32 characters that can stand in an address.</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
}

public static class DossierErrors
{
    public static readonly Error NotFound = Error.NotFound("dossier.not_found");
    public static readonly Error UnknownCulture = Error.Invalid("dossier.unknown_culture", "Culture");

    /// <summary>Making the file took longer than the limit.</summary>
    public static readonly Error TimedOut = Error.Refused("dossier.timed_out");

    /// <summary>The renderer cannot be started on this server.</summary>
    public static readonly Error RendererMissing = Error.Refused("dossier.renderer_missing");

    /// <summary>The file could not be made.</summary>
    public static readonly Error RenderingFailed = Error.Refused("dossier.rendering_failed");
}
