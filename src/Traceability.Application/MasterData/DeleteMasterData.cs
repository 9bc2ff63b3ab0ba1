using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.MasterData;

/// <summary>Deletes a record entered by mistake. One that anything refers to cannot be deleted (<c>common.in_use</c>): take it out of use instead.</summary>
public sealed record DeleteMasterData(MasterDataKind Kind, long Id);

public sealed class DeleteMasterDataHandler(TraceDatabase database)
{
    public Task<Result<Done>> HandleAsync(DeleteMasterData input, Actor actor, CancellationToken ct) => input.Kind switch
    {
        MasterDataKind.Plant => DeleteAsync<Plant>(input, actor, ct),
        MasterDataKind.Material => DeleteAsync<Material>(input, actor, ct),
        MasterDataKind.Unit => DeleteAsync<Unit>(input, actor, ct),
        MasterDataKind.Supplier => DeleteAsync<Supplier>(input, actor, ct),
        MasterDataKind.Customer => DeleteAsync<Customer>(input, actor, ct),
        MasterDataKind.Location => DeleteAsync<Location>(input, actor, ct),
        MasterDataKind.WorkCenter => DeleteAsync<WorkCenter>(input, actor, ct),
        MasterDataKind.Equipment => DeleteAsync<Equipment>(input, actor, ct),
        MasterDataKind.ReasonCode => DeleteAsync<ReasonCode>(input, actor, ct),
        MasterDataKind.Person => DeleteAsync<Person>(input, actor, ct),
        _ => throw new ArgumentOutOfRangeException(nameof(input)),
    };

    private async Task<Result<Done>> DeleteAsync<T>(DeleteMasterData input, Actor actor, CancellationToken ct) where T : EditableEntity, IMasterData
    {
        if (actor.Demand(Permission.EditMasterData) is { } forbidden) return forbidden;
        await using var db = await database.BeginAsync(actor, "master_data.delete", ct);
        var record = await db.LockAsync<T>(input.Id, ct);
        if (record is null || (record is IBelongsToPlant place && place.PlantId != actor.PlantId)) return CommonErrors.NotFound;
        if (record is Material) await db.Of<MaterialUnit>().Where(u => u.MaterialId == record.Id).ExecuteDeleteAsync(ct);
        db.Remove(record);
        return await db.SaveAsync(() => Done.Value, ct);
    }
}
