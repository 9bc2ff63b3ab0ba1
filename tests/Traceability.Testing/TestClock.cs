namespace Traceability.Testing;

/// <summary>A clock that stands still until a test moves it.</summary>
public sealed class TestClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 3, 14, 1, 0, 0, TimeSpan.Zero);

    /// <summary>The moment it shows; 2026-03-14 09:00 in Shanghai until it is set.</summary>
    public DateTimeOffset Now { get => _now; set => _now = value.ToUniversalTime(); }

    public void Advance(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;
}
