using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.MasterData;

namespace Traceability.Application.MasterData;

/// <summary>Units that are spoken as words (罐 / can) instead of written as symbols (kg): counting units and those of no dimension.</summary>
public sealed class UnitNameQueries(TraceDatabase database)
{
    public async Task<IReadOnlyList<Ref>> SpokenAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Of<Unit>().Where(u => u.Dimension == UnitDimension.Count || u.Dimension == UnitDimension.Other)
            .Select(u => new Ref(u.Id, u.Code, u.Name, u.NameEn)).ToListAsync(ct);
    }
}
