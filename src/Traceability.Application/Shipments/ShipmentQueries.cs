using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Data.Conventions;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Domain.Shipments;

namespace Traceability.Application.Shipments;

public sealed record ShipmentFilter(ShipmentStatus? Status = null, long? CustomerId = null);

/// <summary>A shipment in a list.</summary>
public sealed record ShipmentRow
{
    public required long Id { get; init; }
    public required string Code { get; init; }
    public required long CustomerId { get; init; }
    public required string CustomerName { get; init; }
    public required ShipmentStatus Status { get; init; }
    public required DateOnly? PlannedOn { get; init; }
    public required DateTimeOffset? DispatchedAt { get; init; }
    public required string? Reference { get; init; }
    public required string? Carrier { get; init; }
    public required int Lines { get; init; }
}

/// <summary>Everything a shipment's page shows.</summary>
public sealed record ShipmentView(long Id, string Code, Ref Customer, string CustomerName, ShipmentStatus Status, DateOnly? PlannedOn, string? Carrier, string? Vehicle, string? Reference, string? Note,
    DateTimeOffset CreatedAt, Ref CreatedBy, DateTimeOffset? DispatchedAt, Ref? DispatchedBy, IReadOnlyList<ShipmentLineView> Lines, IReadOnlyList<FeedbackView> Feedback);

/// <summary>What a customer said.</summary>
public sealed record FeedbackView(long Id, long ShipmentId, string ShipmentCode, string CustomerName, FeedbackKind Kind, string Content, DateOnly ReceivedOn, long? BatchId, string? BatchCode, Ref RecordedBy);

public sealed record ShipmentLineView(long Id, int Sequence, Ref Material, string Unit, int Decimals, decimal Quantity, IReadOnlyList<ShipmentPickView> Picks)
{
    public decimal Picked => Picks.Sum(p => p.Quantity);

    public decimal Missing => Math.Max(0, Quantity - Picked);
}

public sealed record ShipmentPickView(long Id, long BatchId, string BatchCode, QualityStatus QualityStatus, bool IsOnHold, DateOnly? ExpiresOn, Ref Location, decimal Quantity, Ref PickedBy, DateTimeOffset PickedAt);

/// <summary>Stock that may leave, in the order it should: earliest expiry first.</summary>
/// <param name="Available">What is there less what other drafts have picked.</param>
/// <param name="Proposed">How much of it to take for the line; 0 when earlier batches suffice.</param>
public sealed record PickProposal(long BatchId, string BatchCode, Ref Location, DateOnly? ExpiresOn, DateTimeOffset OriginAt, decimal Available, decimal Proposed);

/// <summary>A batch a customer was sent.</summary>
public sealed record ReceivedByCustomer(long BatchId, string BatchCode, Ref Material, decimal Quantity, string Unit, int Decimals, long ShipmentId, string ShipmentCode, DateTimeOffset DispatchedAt,
    QualityStatus QualityStatus, bool IsOnHold, string? Note);

/// <summary>Shipments, what to pick for them, and what customers have.</summary>
public sealed class ShipmentQueries(TraceDatabase database, TimeProvider clock)
{
    public async Task<Result<Paged<ShipmentRow>>> ListAsync(ShipmentFilter filter, PageRequest page, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewShipments) is { } forbidden) return forbidden;
        await using var db = database.Read();
        return await db.Of<Shipment>().Where(s => s.PlantId == actor.PlantId && (filter.Status == null || s.Status == filter.Status) && (filter.CustomerId == null || s.CustomerId == filter.CustomerId))
            .Select(s => new ShipmentRow
            {
                Id = s.Id,
                Code = s.Code,
                CustomerId = s.CustomerId,
                CustomerName = s.CustomerName,
                Status = s.Status,
                PlannedOn = s.PlannedOn,
                DispatchedAt = s.DispatchedAt,
                Reference = s.Reference,
                Carrier = s.Carrier,
                Lines = db.Of<ShipmentLine>().Count(l => l.ShipmentId == s.Id),
            })
            .Matching(page.Text, r => r.Code, r => r.CustomerName, r => r.Reference).Sorted(page, nameof(ShipmentRow.Id), fallbackDescending: true).ToPageAsync(page, ct);
    }

    public async Task<Result<ShipmentView>> GetAsync(long id, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewShipments) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var shipment = await db.Of<Shipment>().SingleOrDefaultAsync(s => s.Id == id && s.PlantId == actor.PlantId, ct);
        if (shipment is null) return ShipmentErrors.NotFound;
        var customer = await db.Of<Customer>().SingleAsync(c => c.Id == shipment.CustomerId, ct);
        var picks = (await (from p in db.Of<ShipmentPick>()
                            join l in db.Of<ShipmentLine>() on p.ShipmentLineId equals l.Id
                            join b in db.Of<Batch>() on p.BatchId equals b.Id
                            join o in db.Of<Location>() on p.LocationId equals o.Id
                            join w in db.Of<Person>() on p.PickedBy equals w.Id
                            where l.ShipmentId == id
                            orderby p.Id
                            select new
                            {
                                LineId = l.Id,
                                View = new ShipmentPickView(p.Id, b.Id, b.Code, b.QualityStatus, b.HoldCount > 0, b.ExpiresOn, new Ref(o.Id, o.Code, o.Name, o.NameEn), p.Quantity,
                                    new Ref(w.Id, w.Code, w.Name, w.NameEn), p.PickedAt),
                            }).ToListAsync(ct)).ToLookup(p => p.LineId, p => p.View);
        var lines = await (from l in db.Of<ShipmentLine>()
                           join m in db.Of<Material>() on l.MaterialId equals m.Id
                           join u in db.Of<Unit>() on m.UnitId equals u.Id
                           where l.ShipmentId == id
                           orderby l.Sequence
                           select new { l.Id, l.Sequence, Material = new Ref(m.Id, m.Code, m.Name, m.NameEn), Unit = u.Code, u.Decimals, l.Quantity }).ToListAsync(ct);
        long[] personIds = [shipment.CreatedBy, shipment.DispatchedBy ?? shipment.CreatedBy];
        var persons = await db.Of<Person>().Where(p => personIds.Contains(p.Id)).Select(p => new Ref(p.Id, p.Code, p.Name, p.NameEn)).ToDictionaryAsync(p => p.Id, ct);
        return new ShipmentView(shipment.Id, shipment.Code, new Ref(customer.Id, customer.Code, customer.Name, customer.NameEn), shipment.CustomerName, shipment.Status, shipment.PlannedOn, shipment.Carrier,
            shipment.Vehicle, shipment.Reference, shipment.Note, shipment.CreatedAt, persons[shipment.CreatedBy], shipment.DispatchedAt, shipment.DispatchedBy is { } by ? persons[by] : null,
            [.. lines.Select(l => new ShipmentLineView(l.Id, l.Sequence, l.Material, l.Unit, l.Decimals, l.Quantity, [.. picks[l.Id]]))],
            await Feedback(db, f => f.ShipmentId == id).ToListAsync(ct));
    }

    /// <summary>What customers said of a batch, or of shipments it was in.</summary>
    public async Task<Result<IReadOnlyList<FeedbackView>>> FeedbackOfBatchAsync(long batchId, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewShipments) is { } forbidden) return forbidden;
        await using var db = database.Read();
        if (!await db.Of<Batch>().AnyAsync(b => b.Id == batchId && b.PlantId == actor.PlantId, ct)) return BatchErrors.NotFound;
        var shipments = from p in db.Of<ShipmentPick>() join l in db.Of<ShipmentLine>() on p.ShipmentLineId equals l.Id where p.BatchId == batchId select l.ShipmentId;
        return await Feedback(db, f => (f.BatchId == null || f.BatchId == batchId) && shipments.Contains(f.ShipmentId)).ToListAsync(ct);
    }

    private static IQueryable<FeedbackView> Feedback(TraceDbContext db, Expression<Func<ShipmentFeedback, bool>> which) =>
        from f in db.Of<ShipmentFeedback>().Where(which)
        join s in db.Of<Shipment>() on f.ShipmentId equals s.Id
        join p in db.Of<Person>() on f.PersonId equals p.Id
        join x in db.Of<Batch>() on f.BatchId equals x.Id into named
        from b in named.DefaultIfEmpty()
        orderby f.Id descending
        select new FeedbackView(f.Id, s.Id, s.Code, s.CustomerName, f.Kind, f.Content, f.ReceivedOn, f.BatchId, b == null ? null : b.Code, new Ref(p.Id, p.Code, p.Name, p.NameEn));

    /// <summary>What to pick for a line: only stock that may leave today, earliest expiry first, then oldest.</summary>
    public async Task<Result<IReadOnlyList<PickProposal>>> ProposeAsync(long shipmentId, long lineId, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewShipments) is { } forbidden) return forbidden;
        await using var db = database.Read();
        var found = await (from l in db.Of<ShipmentLine>()
                           join s in db.Of<Shipment>() on l.ShipmentId equals s.Id
                           where l.Id == lineId && s.Id == shipmentId && s.PlantId == actor.PlantId
                           select new { Line = l, Picked = db.Of<ShipmentPick>().Where(p => p.ShipmentLineId == l.Id).Sum(p => p.Quantity) }).SingleOrDefaultAsync(ct);
        if (found is null) return ShipmentErrors.LineNotFound;
        var plant = await db.Of<Plant>().SingleAsync(p => p.Id == actor.PlantId, ct);
        var rows = await db.ReadAsync("""
            select b.id, b.code, o.id, o.code, o.name, o.name_en, b.expires_on, b.origin_at, s.quantity - coalesce(d.promised, 0)
            from trace.stock s
            join trace.batch b on b.id = s.batch_id
            join trace.location o on o.id = s.location_id
            left join lateral (
                select sum(p.quantity) as promised from trace.shipment_pick p
                join trace.shipment_line l on l.id = p.shipment_line_id join trace.shipment h on h.id = l.shipment_id
                where p.batch_id = s.batch_id and p.location_id = s.location_id and h.status = 'draft') d on true
            where s.plant_id = @plant and b.material_id = @material and s.quantity > coalesce(d.promised, 0) and o.kind in ('warehouse', 'shipping')
              and b.hold_count = 0 and b.quality_status in ('released', 'concession') and (b.expires_on is null or b.expires_on >= @today)
            order by b.expires_on nulls last, b.origin_at, b.id, o.code limit 200
            """,
            r => new PickProposal(r.GetInt64(0), r.GetString(1), new Ref(r.GetInt64(2), r.GetString(3), r.GetString(4), r.Text(5)), r.Day(6), r.Time(7), r.GetDecimal(8), 0), ct,
            ("plant", plant.Id), ("material", found.Line.MaterialId), ("today", plant.DayOf(clock.GetUtcNow())));
        var open = found.Line.Quantity - found.Picked;
        var proposals = new List<PickProposal>();
        foreach (var row in rows)
        {
            var take = Math.Clamp(row.Available, 0, Math.Max(0, open));
            open -= take;
            proposals.Add(row with { Proposed = take });
        }

        return proposals;
    }

    /// <summary>Every batch a customer was ever sent, newest first.</summary>
    public async Task<Result<Paged<ReceivedByCustomer>>> ReceivedAsync(long customerId, PageRequest page, Actor actor, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewShipments) is { } forbidden) return forbidden;
        await using var db = database.Read();
        const string Rows = $"""
            from trace.shipment s
            join trace.activity a on a.shipment_id = s.id and a.kind = 'ship'
            join trace.activity_line l on l.activity_id = a.id and l.direction = 'input' and {Tracing.TraceWalk.Live}
            join trace.batch b on b.id = l.batch_id
            join trace.material m on m.id = b.material_id
            join trace.unit u on u.id = m.unit_id
            where s.customer_id = @customer and s.plant_id = @plant and (@text = '' or b.code ilike @text or s.code ilike @text or m.name ilike @text or m.code ilike @text)
            """;
        (string, object?)[] parameters = [("customer", customerId), ("plant", actor.PlantId), ("text", page.Text is { } text ? QueryExtensions.Like(text) : ""), ("take", page.Take), ("skip", page.Skip)];
        var total = (await db.ReadAsync($"select count(distinct (s.id, b.id)) {Rows} and @take > 0 and @skip >= 0", r => r.GetInt64(0), ct, parameters))[0];
        var rows = await db.ReadAsync($"""
            select b.id, b.code, m.id, m.code, m.name, m.name_en, sum(l.quantity), u.code, u.decimals, s.id, s.code, min(a.occurred_at), b.quality_status, b.hold_count > 0, s.note
            {Rows} group by b.id, m.id, u.id, s.id order by min(a.occurred_at) desc, b.id limit @take offset @skip
            """,
            r => new ReceivedByCustomer(r.GetInt64(0), r.GetString(1), new Ref(r.GetInt64(2), r.GetString(3), r.GetString(4), r.Text(5)), r.GetDecimal(6), r.GetString(7), r.GetInt32(8), r.GetInt64(9), r.GetString(10), r.Time(11),
                Naming.Value<QualityStatus>(r.GetString(12)), r.GetBoolean(13), r.Text(14)), ct, parameters);
        return new Paged<ReceivedByCustomer>(rows, total);
    }
}
