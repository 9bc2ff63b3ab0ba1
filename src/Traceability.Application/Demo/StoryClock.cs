namespace Traceability.Application.Demo;

/// <summary>
/// The clock of a story that is told again: every strand of work says what time it is for itself, so that several can be told
/// at once and nothing looks recorded late.
/// </summary>
internal sealed class StoryClock : TimeProvider
{
    private static readonly AsyncLocal<DateTimeOffset?> Now = new();

    /// <summary>Sets the time of this strand of work and of everything it calls.</summary>
    public void Set(DateTimeOffset moment) => Now.Value = moment.ToUniversalTime();

    public override DateTimeOffset GetUtcNow() =>
        Now.Value ?? throw new InvalidOperationException("The story asks for the time before any was set.");
}
