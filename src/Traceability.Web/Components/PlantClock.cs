using System.Globalization;

namespace Traceability.Web.Components;

/// <summary>Shows stored UTC times in the current plant's zone; one per circuit or request.</summary>
public sealed class PlantClock
{
    public const string DefaultZone = "Asia/Shanghai";

    /// <summary>The plant's zone.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.FindSystemTimeZoneById(DefaultZone);

    /// <summary>Chooses the zone by its IANA name; an unknown name leaves the zone as it is.</summary>
    public void Use(string? zone)
    {
        if (zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)) Zone = found;
    }

    /// <summary>The moment on the plant's wall clock.</summary>
    public DateTime Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone).DateTime;

    /// <summary>The moment that the plant's wall clock shows as <paramref name="local"/>, in UTC.</summary>
    public DateTimeOffset Utc(DateTime local)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        // A time skipped by summer time does not exist; the hour after it is meant.
        if (Zone.IsInvalidTime(wall)) wall = wall.AddHours(1);
        return new DateTimeOffset(wall, Zone.GetUtcOffset(wall)).ToUniversalTime();
    }

    /// <summary><c>2026-03-26 14:05</c></summary>
    public string Minute(DateTimeOffset moment) => Local(moment).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>2026-03-26 14:05:09</c></summary>
    public string Second(DateTimeOffset moment) => Local(moment).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary><c>2026-03-26</c></summary>
    public string Date(DateTimeOffset moment) => Local(moment).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
