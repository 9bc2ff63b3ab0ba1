using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.MasterData;

/// <summary>Adds a reason to one of the plant's lists, or rewords it.</summary>
public sealed record SaveReasonCode : MasterDataInput
{
    /// <summary>The list it stands in; fixed once the reason exists, since facts already refer to it.</summary>
    public ReasonKind Kind { get; set; }
}

public sealed class SaveReasonCodeHandler(TraceDatabase database)
{
    public Task<Result<MasterDataSaved>> HandleAsync(SaveReasonCode input, Actor actor, CancellationToken ct) =>
        database.SaveMasterDataAsync(input, actor, Permission.EditMasterData, "master_data.save_reason_code", ct, new Check().Enum(input.Kind, nameof(input.Kind)),
            () => new ReasonCode { Code = "", Name = "", Kind = input.Kind },
            (_, reason) => Task.FromResult(new Check().That(reason.Kind == input.Kind, MasterDataErrors.ReasonKindFixed)));
}
