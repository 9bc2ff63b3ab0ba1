using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;

namespace Traceability.Application.MasterData;

/// <summary>Names a place where stock stands, or changes it; a place is only closed when it is empty.</summary>
public sealed record SaveLocation : MasterDataInput
{
    public LocationKind Kind { get; set; }
}

public sealed class SaveLocationHandler(TraceDatabase database)
{
    public Task<Result<MasterDataSaved>> HandleAsync(SaveLocation input, Actor actor, CancellationToken ct) =>
        database.SaveMasterDataAsync(input, actor, Permission.EditMasterData, "master_data.save_location", ct, new Check().Enum(input.Kind, nameof(input.Kind)),
            () => new Location { Code = "", Name = "", PlantId = actor.PlantId },
            async (db, location) =>
            {
                var closing = !input.IsActive && location.IsActive;
                location.Kind = input.Kind;
                var hasStock = closing && await db.Of<Stock>().AnyAsync(s => s.LocationId == location.Id && s.Quantity > 0, ct);
                return new Check().That(!hasStock, MasterDataErrors.LocationHasStock);
            });
}
