using System.Globalization;

namespace Traceability.Application.Demo.Heyuan;

/// <summary>The days of the story: its own, or all moved by the same number of days.</summary>
/// <param name="ShiftDays">Days the whole story is moved by.</param>
internal sealed record StoryCalendar(int ShiftDays)
{
    /// <summary>The day on which the supplier's notice comes, by the story's own dates.</summary>
    public static readonly DateOnly Incident = new(2026, 4, 9);

    private static readonly TimeSpan PlantOffset = TimeSpan.FromHours(8);

    public static StoryCalendar EndingOn(DateOnly? today) => new(today is { } day ? day.DayNumber - Incident.DayNumber : 0);

    /// <summary>The moment at the plant, on a day given by the story's own dates.</summary>
    public DateTimeOffset At(DateOnly day, int hour, int minute = 0) =>
        new DateTimeOffset(day.AddDays(ShiftDays), new TimeOnly(hour, 0), PlantOffset).AddMinutes(minute);

    public DateOnly Day(DateOnly day) => day.AddDays(ShiftDays);

    /// <summary>The day as codes show it.</summary>
    public string Code(DateOnly day) => Day(day).ToString("yyMMdd", CultureInfo.InvariantCulture);
}
