using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.MasterData;

/// <summary>Opens a production site, or changes what is known of it.</summary>
public sealed record SavePlant : MasterDataInput
{
    /// <summary>IANA time zone, e.g. <c>Asia/Shanghai</c>.</summary>
    public string TimeZone { get; set; } = "Asia/Shanghai";
}

public sealed class SavePlantHandler(TraceDatabase database)
{
    public Task<Result<MasterDataSaved>> HandleAsync(SavePlant input, Actor actor, CancellationToken ct) =>
        database.SaveMasterDataAsync(input, actor, Permission.EditMasterData, "master_data.save_plant", ct, new Check().Text(input.TimeZone, nameof(input.TimeZone), 60)
                .That(IsZone(input.TimeZone), MasterDataErrors.UnknownTimeZone),
            () => new Plant { Code = "", Name = "", TimeZone = "" },
            (_, plant) =>
            {
                plant.TimeZone = input.TimeZone.Trim();
                return MasterDataEditing.Fine;
            });

    private static bool IsZone(string? id) => id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out _);
}
