using System.Globalization;
using Traceability.Application.Auditing;

namespace Traceability.Web.Components.Pages.Audit;

/// <summary>Reads the audit trail's filters from an address; what cannot be read narrows nothing.</summary>
public static class AuditFilters
{
    /// <param name="from">First day at the plant.</param>
    /// <param name="to">Last day at the plant, included.</param>
    public static AuditFilter Read(string? table, string? record, string? person, string? useCase, string? from, string? to, PlantClock clock) => new(
        table,
        long.TryParse(record, CultureInfo.InvariantCulture, out var id) ? id : null,
        person,
        useCase,
        Day(from) is { } first ? clock.Utc(first.ToDateTime(TimeOnly.MinValue)) : null,
        Day(to) is { } last ? clock.Utc(last.AddDays(1).ToDateTime(TimeOnly.MinValue)).AddTicks(-10) : null);

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
