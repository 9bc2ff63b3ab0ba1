using Microsoft.EntityFrameworkCore;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.MasterData;

/// <summary>Enters something bought, made or used up, or changes it. Its stock unit and tracking are fixed once there are batches of it.</summary>
public sealed record SaveMaterial : MasterDataInput
{
    /// <summary>What {ITEM} in a coding rule stands for: letters, digits, dot and hyphen, at most 20; null takes the code.</summary>
    public string? ShortCode { get; set; }
    public string? Specification { get; set; }
    public MaterialKind Kind { get; set; }
    public long UnitId { get; set; }
    public Tracking Tracking { get; set; }
    public int? ShelfLifeDays { get; set; }
    public bool IncomingInspection { get; set; }
    public bool FinalInspection { get; set; }
    public bool CertificateRequired { get; set; }

    /// <summary>Other units it is handled in; the list replaces the one stored.</summary>
    public List<AlternativeUnit> Units { get; set; } = [];
}

/// <summary>One of <see cref="UnitId"/> is <see cref="Factor"/> stock units, e.g. a bag 25 kg.</summary>
public sealed record AlternativeUnit
{
    public long UnitId { get; set; }
    public decimal Factor { get; set; }
}

public sealed class SaveMaterialHandler(TraceDatabase database)
{
    private const int ShelfLifeMax = 36_500;

    public Task<Result<MasterDataSaved>> HandleAsync(SaveMaterial input, Actor actor, CancellationToken ct) =>
        database.SaveMasterDataAsync(input, actor, Permission.EditMasterData, "master_data.save_material", ct, CheckForm(input),
            () => new Material { Code = "", ShortCode = "", Name = "", UnitId = input.UnitId, Tracking = input.Tracking },
            (db, material) => ApplyAsync(db, material, input, ct));

    private static Check CheckForm(SaveMaterial input)
    {
        var check = new Check().OptionalText(input.ShortCode, nameof(input.ShortCode), 20)
            .That(IsShortCode(ShortCodeOf(input)), MasterDataErrors.BadShortCode)
            .OptionalText(input.Specification, nameof(input.Specification), 300).Id(input.UnitId, nameof(input.UnitId))
            .Enum(input.Kind, nameof(input.Kind)).Enum(input.Tracking, nameof(input.Tracking))
            .That(input.ShelfLifeDays is null or (>= 1 and <= ShelfLifeMax), CommonErrors.OutOfRange.On(nameof(input.ShelfLifeDays)).With(1, ShelfLifeMax))
            .That(input.Units.Count <= 20, CommonErrors.OutOfRange.On(nameof(input.Units)).With(0, 20));
        var seen = new HashSet<long> { input.UnitId };
        for (var i = 0; i < input.Units.Count; i++)
        {
            check.Id(input.Units[i].UnitId, $"Units[{i}].UnitId").Quantity(input.Units[i].Factor, $"Units[{i}].Factor");
            if (input.Units[i].UnitId > 0) check.That(seen.Add(input.Units[i].UnitId), MasterDataErrors.UnitRepeated.On($"Units[{i}].UnitId"));
        }

        return check;
    }

    private static async Task<Check> ApplyAsync(TraceDbContext db, Material material, SaveMaterial input, CancellationToken ct)
    {
        var check = new Check();
        var ids = input.Units.Select(u => u.UnitId).Append(input.UnitId).ToList();
        var units = await db.Of<Unit>().AsNoTracking().Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, ct);
        for (var i = 0; i < input.Units.Count; i++) check.That(units.ContainsKey(input.Units[i].UnitId), CommonErrors.Unknown.On($"Units[{i}].UnitId"));
        if (!units.TryGetValue(input.UnitId, out var unit)) check.Add(CommonErrors.Unknown.On(nameof(input.UnitId)));
        else check.That(input.Tracking != Tracking.Serial || unit is { Dimension: UnitDimension.Count, Decimals: 0 }, MasterDataErrors.SerialUnit);
        if (input.Id is not null && (material.UnitId != input.UnitId || material.Tracking != input.Tracking)) await CheckUseAsync(db, material, input, check, ct);
        if (check.Failed) return check;

        material.ShortCode = ShortCodeOf(input);
        material.Specification = input.Specification.OrNull();
        material.Kind = input.Kind;
        material.UnitId = input.UnitId;
        material.Tracking = input.Tracking;
        material.ShelfLifeDays = input.ShelfLifeDays;
        material.IncomingInspection = input.IncomingInspection;
        material.FinalInspection = input.FinalInspection;
        material.CertificateRequired = input.CertificateRequired;
        await ReplaceUnitsAsync(db, material, input.Units, ct);
        return check;
    }

    private static async Task CheckUseAsync(TraceDbContext db, Material material, SaveMaterial input, Check check, CancellationToken ct)
    {
        var hasBatches = await db.Database.SqlQuery<bool>($"""select exists (select 1 from trace.batch where material_id = {material.Id}) as "Value" """).SingleAsync(ct);
        var inBom = await db.Database.SqlQuery<bool>($"""
            select exists (select 1 from trace.bom_line where material_id = {material.Id} union all select 1 from trace.bom where material_id = {material.Id}) as "Value"
            """).SingleAsync(ct);
        check.That(material.UnitId == input.UnitId || !(hasBatches || inBom), MasterDataErrors.MaterialUnitFixed.With(material.Code))
            .That(material.Tracking == input.Tracking || !hasBatches, MasterDataErrors.TrackingFixed.With(material.Code));
    }

    private static async Task ReplaceUnitsAsync(TraceDbContext db, Material material, List<AlternativeUnit> wanted, CancellationToken ct)
    {
        var stored = await db.Of<MaterialUnit>().Where(u => u.MaterialId == material.Id).ToListAsync(ct);
        db.RemoveRange(stored.Where(s => wanted.All(w => w.UnitId != s.UnitId)));
        foreach (var unit in wanted)
        {
            if (stored.FirstOrDefault(s => s.UnitId == unit.UnitId) is { } known) known.Factor = unit.Factor;
            else await db.AddAsync(new MaterialUnit { MaterialId = material.Id, UnitId = unit.UnitId, Factor = unit.Factor }, ct);
        }
    }

    private static string ShortCodeOf(SaveMaterial input) => (input.ShortCode.OrNull() ?? input.Code ?? "").Trim().ToUpperInvariant();

    /// <summary>It becomes part of printed codes, so it holds only what every barcode can.</summary>
    private static bool IsShortCode(string text) => text.Length <= 20 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');
}
