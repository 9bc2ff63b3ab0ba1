using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.Files;

namespace Traceability.Application.Files;

/// <summary>A stored file with its content.</summary>
public sealed record FileContent(string FileName, string ContentType, string Sha256, byte[] Content);

/// <summary>Reads files back.</summary>
public sealed class FileQueries(TraceDatabase database)
{
    /// <summary>The file when the actor may look at batches of its plant and the file belongs to one of them; else null.</summary>
    public async Task<FileContent?> FindAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.ViewBatches)) return null;
        await using var db = database.Read();
        var visible = await db.Of<Domain.Batches.Batch>().AnyAsync(b => b.PlantId == actor.PlantId &&
            (b.CertificateFileId == id || db.Of<Domain.Batches.BatchFile>().Any(f => f.BatchId == b.Id && f.StoredFileId == id)), ct);
        if (!visible) return null;
        return await db.Of<StoredFile>().Where(f => f.Id == id).Select(f => new FileContent(f.FileName, f.ContentType, f.Sha256, f.Content)).SingleOrDefaultAsync(ct);
    }
}
