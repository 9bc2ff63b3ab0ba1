using System.Security.Cryptography;
using Traceability.Domain.Common;

namespace Traceability.Domain.Files;

/// <summary>A file kept with the record that needs it. Never changed: a replacement is another file.</summary>
public sealed class StoredFile : Entity
{
    /// <summary>Largest file taken, in bytes.</summary>
    public const int MaxSize = 20 * 1024 * 1024;

    private StoredFile()
    {
    }

    public string FileName { get; private set; } = "";
    public string ContentType { get; private set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; private set; }

    /// <summary>SHA-256 of the content in lower-case hexadecimal.</summary>
    public string Sha256 { get; private set; } = "";
    public byte[] Content { get; private set; } = [];
    public DateTimeOffset StoredAt { get; private set; }

    /// <summary>Takes a file in; refuses an empty or oversized one.</summary>
    public static Result<StoredFile> Store(string fileName, string contentType, byte[] content, DateTimeOffset now, string field = "File")
    {
        if (content.Length == 0) return FileErrors.Empty.On(field);
        if (content.Length > MaxSize) return FileErrors.TooLarge.On(field).With(MaxSize / 1024 / 1024);
        return new StoredFile
        {
            FileName = Path.GetFileName(fileName.Trim()) is { Length: > 0 } name ? name : "file",
            ContentType = string.IsNullOrWhiteSpace(contentType) ? "application/octet-stream" : contentType,
            Size = content.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            Content = content,
            StoredAt = now,
        };
    }
}

public static class FileErrors
{
    public static readonly Error Empty = Error.Invalid("file.empty");
    public static readonly Error TooLarge = Error.Invalid("file.too_large");
}
