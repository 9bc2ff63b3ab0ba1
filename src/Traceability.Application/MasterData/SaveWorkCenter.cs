using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.MasterData;

/// <summary>Sets up a place of work with its line-side location, or changes it.</summary>
public sealed record SaveWorkCenter : MasterDataInput
{
    /// <summary>Where material issued to the work centre stands.</summary>
    public long LocationId { get; set; }
}

public sealed class SaveWorkCenterHandler(TraceDatabase database)
{
    public Task<Result<MasterDataSaved>> HandleAsync(SaveWorkCenter input, Actor actor, CancellationToken ct) =>
        database.SaveMasterDataAsync(input, actor, Permission.EditMasterData, "master_data.save_work_center", ct, new Check().Id(input.LocationId, nameof(input.LocationId)),
            () => new WorkCenter { Code = "", Name = "", PlantId = actor.PlantId },
            async (db, center) =>
            {
                center.LocationId = input.LocationId;
                var known = await db.Of<Location>().AnyAsync(l => l.Id == input.LocationId && l.PlantId == actor.PlantId, ct);
                return new Check().That(known, CommonErrors.Unknown.On(nameof(input.LocationId)));
            });
}
