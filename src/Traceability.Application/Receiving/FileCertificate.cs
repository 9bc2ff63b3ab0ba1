using Traceability.Application.Quality;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Files;

namespace Traceability.Application.Receiving;

/// <summary>Files the supplier's certificate of a batch that came without it. When it was the last thing missing, the batch is released by rule.</summary>
public sealed record FileCertificate(long BatchId, string Number, FileInput File);

public sealed record CertificateFiled(long BatchId, long FileId, string Sha256, QualityStatus Status, bool BatchReleased);

public sealed class FileCertificateHandler(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<CertificateFiled>> HandleAsync(FileCertificate input, Actor actor, CancellationToken ct)
    {
        // Whoever receives files it with the goods; whoever inspects finds it missing.
        if (!actor.Can(Permission.Inspect) && actor.Demand(Permission.ReceiveMaterial) is { } forbidden) return forbidden;
        if (actor.PersonId is not { } person) return CommonErrors.NoPerson;
        var check = new Check().Text(input.Number, nameof(input.Number), 80).That(input.File is not null, CommonErrors.Required.On(nameof(input.File)));
        if (check.Failed) return check.Errors;
        var now = clock.GetUtcNow();
        var stored = StoredFile.Store(input.File!.FileName, input.File.ContentType, input.File.Content, now, nameof(input.File));
        if (!stored.IsSuccess) return stored.As<CertificateFiled>();

        await using var db = await database.BeginAsync(actor, "receiving.file_certificate", ct);
        var batch = await db.LockAsync<Batch>(input.BatchId, ct);
        if (batch is null || batch.PlantId != actor.PlantId) return BatchErrors.NotFound;
        await db.AddAsync(stored.Value, ct);
        if (batch.FileCertificate(input.Number, stored.Value) is { } refused) return refused;
        var release = await db.ReleaseByRuleAsync(batch, null, person, now, ct);
        if (release is { IsSuccess: false }) return release.As<CertificateFiled>();
        return await db.SaveAsync(() => new CertificateFiled(batch.Id, stored.Value.Id, stored.Value.Sha256, batch.QualityStatus, release is not null), ct);
    }
}
