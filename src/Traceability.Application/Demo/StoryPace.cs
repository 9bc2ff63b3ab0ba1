namespace Traceability.Application.Demo;

/// <summary>
/// Keeps the strands of a story within a day and a half of each other, so that what is recorded later also happened later:
/// ids, codes of the day and the audit trail follow the story's time. The strand that is furthest behind never waits.
/// </summary>
/// <param name="first">Time of each strand's first event.</param>
internal sealed class StoryPace(IEnumerable<DateTimeOffset> first)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(36);
    private readonly Lock gate = new();
    private readonly DateTimeOffset[] next = [.. first];
    private TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits until the other strands are near enough for an event at this time.</summary>
    public async Task TurnAsync(int strand, DateTimeOffset at, CancellationToken ct)
    {
        Move(strand, at);
        while (true)
        {
            Task change;
            lock (gate)
            {
                if (at - next.Min() <= Window) return;
                change = moved.Task;
            }

            await change.WaitAsync(ct);
        }
    }

    /// <summary>The strand has nothing more to tell.</summary>
    public void End(int strand) => Move(strand, DateTimeOffset.MaxValue);

    private void Move(int strand, DateTimeOffset at)
    {
        TaskCompletionSource before;
        lock (gate)
        {
            next[strand] = at;
            (before, moved) = (moved, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        before.SetResult();
    }
}
