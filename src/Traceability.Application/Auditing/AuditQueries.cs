using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Traceability.Application.Common;
using Traceability.Data;
using Traceability.Domain.Common;

namespace Traceability.Application.Auditing;

/// <summary>What is looked for in the audit trail; everything that is null is not narrowed.</summary>
/// <param name="Table">Schema and table, e.g. <c>trace.batch</c>.</param>
/// <param name="Person">Sign-in name, or a part of it.</param>
/// <param name="UseCase">Dotted name or its beginning, e.g. <c>receiving</c>.</param>
/// <param name="To">Up to and including this moment.</param>
public sealed record AuditFilter(string? Table = null, long? RecordId = null, string? Person = null, string? UseCase = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>One changed field: what stood there and what stands there since.</summary>
public sealed record AuditChange(string Column, string? Old, string? New);

/// <param name="RecordedAt">The database's clock.</param>
/// <param name="Action">insert, update or delete.</param>
public sealed record AuditEntryView(long Id, DateTimeOffset RecordedAt, long ActorId, string ActorName, string UseCase, string? Device, string? Reason,
    string Table, long? RecordId, string Action, IReadOnlyList<AuditChange> Changes);

/// <summary>Reads the audit trail, which the database writes itself and nobody can change.</summary>
public sealed class AuditQueries(TraceDatabase database)
{
    /// <summary>Entries, the newest first.</summary>
    public async Task<Result<Paged<AuditEntryView>>> ListAsync(Actor actor, AuditFilter filter, PageRequest page, CancellationToken ct)
    {
        if (actor.Demand(Permission.ViewAudit) is { } forbidden) return forbidden;
        await using var db = database.Read();
        return await PageAsync(Filtered(db, filter, page.Text), page, ct);
    }

    /// <summary>
    /// What happened to one record, the newest first. For the History tab of a record's page, which has asked for the permission
    /// to see the record; accounts and roles are only shown to who may see the whole trail.
    /// </summary>
    public async Task<Result<Paged<AuditEntryView>>> ForRecordAsync(Actor actor, string table, long id, PageRequest page, CancellationToken ct)
    {
        var name = table.Contains('.', StringComparison.Ordinal) ? table : $"trace.{table}";
        if (!name.StartsWith("trace.", StringComparison.Ordinal) && actor.Demand(Permission.ViewAudit) is { } forbidden) return forbidden;
        await using var db = database.Read();
        return await PageAsync(Filtered(db, new AuditFilter(name, id), null), page, ct);
    }

    /// <summary>The tables the trail knows, for the filter.</summary>
    public async Task<IReadOnlyList<string>> TablesAsync(Actor actor, CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Database.SqlQuery<string>($"""
            select schemaname || '.' || tablename as "Value" from pg_tables where schemaname in ('trace', 'accounts') and tablename not in ('request', 'coding_sequence') order by 1
            """).ToListAsync(ct);
    }

    private static IQueryable<AuditRow> Filtered(TraceDbContext db, AuditFilter filter, string? text)
    {
        var rows = db.Database.SqlQuery<AuditRow>($"""
            select id as "Id", recorded_at as "RecordedAt", actor_id as "ActorId", actor_name as "ActorName", use_case as "UseCase", device as "Device",
                   reason as "Reason", table_name as "Table", row_id as "RecordId", action as "Action", old_values::text as "Old", new_values::text as "New"
            from audit.entry
            """);
        if (filter.Table is { Length: > 0 } table) rows = rows.Where(r => r.Table == table);
        if (filter.RecordId is { } id) rows = rows.Where(r => r.RecordId == id);
        if (filter.From is { } from) rows = rows.Where(r => r.RecordedAt >= from.ToUniversalTime());
        if (filter.To is { } to) rows = rows.Where(r => r.RecordedAt <= to.ToUniversalTime());
        if (filter.UseCase is { Length: > 0 } useCase) rows = rows.Where(r => r.UseCase.StartsWith(useCase));
        return rows.Matching(filter.Person is { Length: > 0 } person ? person.Trim() : null, r => r.ActorName)
            .Matching(text, r => r.ActorName, r => r.UseCase, r => r.Reason, r => r.Old, r => r.New);
    }

    private static async Task<Paged<AuditEntryView>> PageAsync(IQueryable<AuditRow> rows, PageRequest page, CancellationToken ct)
    {
        var found = await rows.OrderByDescending(r => r.Id).ToPageAsync(page, ct);
        return new Paged<AuditEntryView>([.. found.Items.Select(r => new AuditEntryView(r.Id, r.RecordedAt, r.ActorId, r.ActorName, r.UseCase, r.Device, r.Reason, r.Table, r.RecordId, r.Action, Changes(r)))], found.Total);
    }

    private static List<AuditChange> Changes(AuditRow row)
    {
        var old = Values(row.Old);
        var now = Values(row.New);
        return [.. old.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Select(c => new AuditChange(c, old.GetValueOrDefault(c), now.GetValueOrDefault(c)))
            .Where(c => c.Column != "id" && (c.Old is not null || c.New is not null))];
    }

    private static Dictionary<string, string?> Values(string? json)
    {
        if (json is null) return [];
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind switch { JsonValueKind.Null => null, JsonValueKind.True => "true", JsonValueKind.False => "false", _ => p.Value.ToString() });
    }

    private sealed class AuditRow
    {
        public long Id { get; init; }
        public DateTimeOffset RecordedAt { get; init; }
        public long ActorId { get; init; }
        public required string ActorName { get; init; }
        public required string UseCase { get; init; }
        public string? Device { get; init; }
        public string? Reason { get; init; }
        public required string Table { get; init; }
        public long? RecordId { get; init; }
        public required string Action { get; init; }
        public string? Old { get; init; }
        public string? New { get; init; }
    }
}
