using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.MasterData;

/// <summary>Enters a machine, or changes it; a blocked one cannot be worked on.</summary>
public sealed record SaveEquipment : MasterDataInput
{
    public long WorkCenterId { get; set; }
    public EquipmentStatus Status { get; set; }
}

public sealed class SaveEquipmentHandler(TraceDatabase database)
{
    public Task<Result<MasterDataSaved>> HandleAsync(SaveEquipment input, Actor actor, CancellationToken ct) =>
        database.SaveMasterDataAsync(input, actor, Permission.EditMasterData, "master_data.save_equipment", ct, new Check().Id(input.WorkCenterId, nameof(input.WorkCenterId)).Enum(input.Status, nameof(input.Status)),
            () => new Equipment { Code = "", Name = "", PlantId = actor.PlantId },
            async (db, machine) =>
            {
                machine.WorkCenterId = input.WorkCenterId;
                machine.Status = input.Status;
                var known = await db.Of<WorkCenter>().AnyAsync(w => w.Id == input.WorkCenterId && w.PlantId == actor.PlantId, ct);
                return new Check().That(known, CommonErrors.Unknown.On(nameof(input.WorkCenterId)));
            });
}
