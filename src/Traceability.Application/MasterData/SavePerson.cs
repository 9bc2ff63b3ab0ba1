using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.MasterData;

/// <summary>Enters someone who does things in the plant, or changes what is known of them.</summary>
public sealed record SavePerson : MasterDataInput
{
    public string? Team { get; set; }
    public string? Email { get; set; }
}

public sealed class SavePersonHandler(TraceDatabase database)
{
    public Task<Result<MasterDataSaved>> HandleAsync(SavePerson input, Actor actor, CancellationToken ct) =>
        database.SaveMasterDataAsync(input, actor, Permission.EditMasterData, "master_data.save_person", ct, new Check().Contact(null, null, input.Email).OptionalText(input.Team, nameof(input.Team), 60),
            () => new Person { Code = "", Name = "", PlantId = actor.PlantId },
            (_, person) =>
            {
                person.Team = input.Team.OrNull();
                person.Email = input.Email.OrNull();
                return MasterDataEditing.Fine;
            });
}
