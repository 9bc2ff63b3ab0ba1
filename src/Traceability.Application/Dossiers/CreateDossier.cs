using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Traceability.Application.Dossiers.Facts;
using Traceability.Data;
using Traceability.Data.Coding;
using Traceability.Domain.Batches;
using Traceability.Domain.Coding;
using Traceability.Domain.Common;
using Traceability.Domain.Dossiers;
using Traceability.Domain.Files;
using Traceability.Domain.MasterData;

namespace Traceability.Application.Dossiers;

/// <summary>Makes the trace dossier of a batch: a file of stored facts, kept with its SHA-256.</summary>
/// <param name="BatchId">The batch; <paramref name="BatchCode"/> names it otherwise.</param>
/// <param name="Culture">Language of the file: <c>zh-CN</c> or <c>en</c>.</param>
/// <param name="PublicUrl">Address under which this installation is reached from outside; the page that vouches for the file lies below it.</param>
public sealed record CreateDossier(long? BatchId, string? BatchCode, string Culture, Uri PublicUrl);

public sealed record DossierCreated(long Id, string Code, string Sha256);

public sealed class CreateDossierHandler(TraceDatabase database, IDossierRenderer renderer, TimeProvider clock, ILogger<CreateDossierHandler> log)
{
    public async Task<Result<DossierCreated>> HandleAsync(CreateDossier input, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.CreateDossiers) is { } forbidden) return forbidden;
        if (actor.PersonId is not { } person) return CommonErrors.NoPerson;
        if (!Dossier.Cultures.Contains(input.Culture)) return DossierErrors.UnknownCulture.With(input.Culture);
        if (input.BatchId is null && string.IsNullOrWhiteSpace(input.BatchCode)) return CommonErrors.Required.On(nameof(input.BatchCode));
        Batch? batch;
        Plant? plant;
        await using (var look = database.Read())
        {
            var code = input.BatchCode?.Trim().ToUpperInvariant();
            batch = await look.Of<Batch>().SingleOrDefaultAsync(b => b.PlantId == actor.PlantId && (input.BatchId != null ? b.Id == input.BatchId : b.Code == code), ct);
            plant = await look.Of<Plant>().SingleOrDefaultAsync(p => p.Id == actor.PlantId, ct);
        }

        if (plant is null) return CommonErrors.NoPlant;
        if (batch is null) return BatchErrors.NotFound;

        // The number is printed in the file, and rendering takes seconds in which no transaction may stay open (it would keep
        // the running number locked for everybody). So the number is taken in a transaction of its own: a dossier that then
        // cannot be rendered leaves a gap in the numbers, but a number is never given twice.
        var now = clock.GetUtcNow();
        var number = await ReserveAsync(plant, actor, now, ct);
        if (!number.IsSuccess) return number.As<DossierCreated>();
        var token = Dossier.NewToken();
        var model = await DossierFacts.GatherAsync(database, plant, batch.Id, person, number.Value, new Uri(input.PublicUrl, $"/verify/{token}").AbsoluteUri, now, ct);
        var file = await RenderAsync(model, input.Culture, now, ct);
        if (!file.IsSuccess) return file.As<DossierCreated>();

        await using var db = await database.BeginAsync(actor, "dossiers.create", ct);
        await db.AddAsync(file.Value, ct);
        var dossier = Dossier.Issue(batch, number.Value, input.Culture, token, file.Value, now, person);
        await db.AddAsync(dossier, ct);
        var saved = await db.SaveAsync(() => new DossierCreated(dossier.Id, dossier.Code, file.Value.Sha256), ct);
        if (saved.IsSuccess) log.LogInformation("Dossier {Dossier} of {Batch} has SHA-256 {Sha256}", dossier.Code, batch.Code, file.Value.Sha256);
        return saved;
    }

    /// <summary>Takes a number. The caller's idempotency key is left for the transaction that stores the dossier.</summary>
    private async Task<Result<string>> ReserveAsync(Plant plant, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await database.BeginAsync(actor with { RequestId = null, RequestHash = null }, "dossiers.create", ct);
        var code = await db.NextCodeAsync(CodedRecord.Dossier, plant.Id, new CodingValues(plant.DayOf(now), Plant: plant.Code), ct);
        return code.IsSuccess ? await db.SaveAsync(() => code.Value, ct) : code;
    }

    private async Task<Result<StoredFile>> RenderAsync(DossierModel model, string culture, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            var rendered = await renderer.RenderAsync(model, culture == "en" ? DocumentLanguage.English : DocumentLanguage.Chinese, ct);
            return StoredFile.Store($"{model.Number}_{model.Batch.Code}.pdf", "application/pdf", rendered.Content, now);
        }
        catch (DocumentRenderingException exception)
        {
            log.LogError(exception, "Dossier {Dossier} of {Batch} could not be rendered: {Failure}", model.Number, model.Batch.Code, exception.Failure);
            return (exception.Failure switch
            {
                DocumentFailure.TimedOut => DossierErrors.TimedOut,
                DocumentFailure.NotAvailable => DossierErrors.RendererMissing,
                _ => DossierErrors.RenderingFailed,
            }).With(model.Number);
        }
    }
}
