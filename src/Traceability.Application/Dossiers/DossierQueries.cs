using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Application.Files;
using Traceability.Data;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Dossiers;
using Traceability.Domain.Files;
using Traceability.Domain.MasterData;

namespace Traceability.Application.Dossiers;

/// <summary>A dossier in a list and as a record.</summary>
public sealed record DossierRow
{
    public long Id { get; init; }
    public string Code { get; init; } = "";
    public long BatchId { get; init; }
    public string BatchCode { get; init; } = "";
    public string MaterialCode { get; init; } = "";
    public string MaterialName { get; init; } = "";
    public string? MaterialNameEn { get; init; }

    /// <summary>Language of the file: <c>zh-CN</c> or <c>en</c>.</summary>
    public string Culture { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public string? CreatedByEn { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }
    public string Sha256 { get; init; } = "";

    /// <summary>Ends the address of the page that vouches for the file.</summary>
    public string VerifyToken { get; init; } = "";
}

/// <summary>What the public page tells a visitor who holds a dossier: what it is of and its fingerprint, nothing else of the plant.</summary>
/// <param name="TimeZone">IANA zone of the plant, for showing <paramref name="CreatedAt"/>.</param>
public sealed record DossierVerification(string Code, string BatchCode, string MaterialName, string? MaterialNameEn, DateTimeOffset CreatedAt, string TimeZone, string Sha256);

/// <summary>Reads dossiers of the actor's plant, and vouches for one to whoever holds it.</summary>
public sealed class DossierQueries(TraceDatabase database)
{
    private const int LongestToken = 64;

    /// <summary>Dossiers by number, batch or material, newest first.</summary>
    public async Task<Result<Paged<DossierRow>>> ListAsync(PageRequest page, long? batchId, string? culture, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewDossiers) is { } forbidden) return forbidden;
        await using var db = database.Read();
        return await Rows(db, actor).Where(d => (batchId == null || d.BatchId == batchId) && (culture == null || d.Culture == culture))
            .Matching(page.Text, d => d.Code, d => d.BatchCode, d => d.MaterialCode, d => d.MaterialName, d => d.MaterialNameEn, d => d.CreatedBy)
            .Sorted(page, nameof(DossierRow.Id), fallbackDescending: true).ToPageAsync(page, ct);
    }

    public async Task<Result<DossierRow>> GetAsync(long id, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewDossiers) is { } forbidden) return forbidden;
        await using var db = database.Read();
        return await Rows(db, actor).SingleOrDefaultAsync(d => d.Id == id, ct) is { } found ? found : DossierErrors.NotFound;
    }

    /// <summary>The file as it was stored.</summary>
    public async Task<Result<FileContent>> FileAsync(long id, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewDossiers) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var file = await (from d in db.Of<Dossier>()
                          join f in db.Of<StoredFile>() on d.StoredFileId equals f.Id
                          where d.Id == id && d.PlantId == actor.PlantId
                          select new FileContent(f.FileName, f.ContentType, f.Sha256, f.Content)).SingleOrDefaultAsync(ct);
        return file is null ? DossierErrors.NotFound : file;
    }

    /// <summary>What the holder of a dossier may know; null for an unknown token. Asked by anybody: the token is the permission.</summary>
    public async Task<DossierVerification?> VerifyAsync(string token, CancellationToken ct)
    {
        if (token.Length is 0 or > LongestToken) return null;
        await using var db = database.Read();
        return await (from d in db.Of<Dossier>()
                      join b in db.Of<Batch>() on d.BatchId equals b.Id
                      join m in db.Of<Material>() on b.MaterialId equals m.Id
                      join p in db.Of<Plant>() on d.PlantId equals p.Id
                      join f in db.Of<StoredFile>() on d.StoredFileId equals f.Id
                      where d.VerifyToken == token
                      select new DossierVerification(d.Code, b.Code, m.Name, m.NameEn, d.CreatedAt, p.TimeZone, f.Sha256)).SingleOrDefaultAsync(ct);
    }

    private static IQueryable<DossierRow> Rows(TraceDbContext db, Actor actor) =>
        from d in db.Of<Dossier>()
        join b in db.Of<Batch>() on d.BatchId equals b.Id
        join m in db.Of<Material>() on b.MaterialId equals m.Id
        join f in db.Of<StoredFile>() on d.StoredFileId equals f.Id
        join p in db.Of<Person>() on d.CreatedBy equals p.Id
        where d.PlantId == actor.PlantId
        select new DossierRow
        {
            Id = d.Id,
            Code = d.Code,
            BatchId = b.Id,
            BatchCode = b.Code,
            MaterialCode = m.Code,
            MaterialName = m.Name,
            MaterialNameEn = m.NameEn,
            Culture = d.Culture,
            CreatedAt = d.CreatedAt,
            CreatedBy = p.Name,
            CreatedByEn = p.NameEn,
            Size = f.Size,
            Sha256 = f.Sha256,
            VerifyToken = d.VerifyToken,
        };
}
