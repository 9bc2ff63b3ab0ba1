using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.MasterData;

/// <summary>Defines a unit of measure, or changes it; what quantities were recorded in keeps its size.</summary>
public sealed record SaveUnit : MasterDataInput
{
    public UnitDimension Dimension { get; set; }

    /// <summary>Base units of the dimension (kg, L, m, piece, s) in one of this unit.</summary>
    public decimal Factor { get; set; } = 1;

    /// <summary>Decimals a quantity is shown with, 0 to 6.</summary>
    public int Decimals { get; set; } = 3;
}

public sealed class SaveUnitHandler(TraceDatabase database)
{
    public Task<Result<MasterDataSaved>> HandleAsync(SaveUnit input, Actor actor, CancellationToken ct) =>
        database.SaveMasterDataAsync(input, actor, Permission.EditMasterData, "master_data.save_unit", ct, new Check().Enum(input.Dimension, nameof(input.Dimension))
                .Quantity(input.Factor, nameof(input.Factor)).That(input.Decimals is >= 0 and <= 6, CommonErrors.OutOfRange.On(nameof(input.Decimals)).With(0, 6)),
            () => new Unit { Code = "", Name = "" },
            async (db, unit) =>
            {
                var resized = input.Id is not null && (unit.Factor != input.Factor || unit.Dimension != input.Dimension);
                var used = resized && (await db.Of<Material>().AnyAsync(m => m.UnitId == unit.Id, ct) || await db.Of<MaterialUnit>().AnyAsync(u => u.UnitId == unit.Id, ct));
                unit.Dimension = input.Dimension;
                unit.Factor = input.Factor;
                unit.Decimals = input.Decimals;
                return new Check().That(!used, MasterDataErrors.UnitFixed);
            });
}
