using Traceability.Application.Receiving;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Files;

namespace Traceability.Application.Batches;

/// <summary>Puts a paper on a batch: a test report, a photo, a newer certificate beside the filed one.</summary>
public sealed record AddBatchFile(long BatchId, BatchFileKind Kind, FileInput File);

public sealed record BatchFileAdded(long BatchFileId, long FileId, string Sha256);

public sealed class AddBatchFileHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<BatchFileAdded>> HandleAsync(AddBatchFile input, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(Permission.Inspect) && actor.Demand(Permission.ReceiveMaterial) is { } forbidden) return forbidden;
        if (actor.PersonId is not { } person) return CommonErrors.NoPerson;
        if (input.File is null) return CommonErrors.Required.On(nameof(input.File));
        var now = clock.GetUtcNow();
        var stored = StoredFile.Store(input.File.FileName, input.File.ContentType, input.File.Content, now, nameof(input.File));
        if (!stored.IsSuccess) return stored.As<BatchFileAdded>();

        await using var db = await database.BeginAsync(actor, "batches.add_file", ct);
        var batch = await db.LockAsync<Batch>(input.BatchId, ct);
        if (batch is null || batch.PlantId != actor.PlantId) return BatchErrors.NotFound;
        await db.AddAsync(stored.Value, ct);
        var paper = new BatchFile { BatchId = batch.Id, StoredFileId = stored.Value.Id, Kind = input.Kind, PersonId = person, AddedAt = now };
        await db.AddAsync(paper, ct);
        return await db.SaveAsync(() => new BatchFileAdded(paper.Id, stored.Value.Id, stored.Value.Sha256), ct);
    }
}
