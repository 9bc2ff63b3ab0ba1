namespace Traceability.Application.Demo.Heyuan;

/// <summary>Something that happens in the story. Batches are named by the code the coding rules will give them.</summary>
/// <param name="At">When it begins.</param>
internal abstract record StoryEvent(DateTimeOffset At);

/// <summary>A truck arrives.</summary>
internal sealed record Delivery(DateTimeOffset At, string Supplier, string Note, IReadOnlyList<DeliveryLine> Lines) : StoryEvent(At);

internal sealed record DeliveryLine(string Material, string Lot, string SupplierBatch, decimal Quantity, string Location, DateOnly ProducedOn, bool Certificate);

/// <summary>The laboratory tests a batch and, for finished goods, quality releases it.</summary>
/// <param name="Finding">Code of the test that fails; null when all pass.</param>
/// <param name="Verdict">What quality decides of a finished or failed batch; null where the rule releases it.</param>
internal sealed record Test(DateTimeOffset At, string Material, string Lot, string Tester, string? Finding = null, Verdict? Verdict = null, DateTimeOffset? DecidedAt = null) : StoryEvent(At);

internal enum Verdict { Release, Reject, Concession }

/// <summary>A work order from plan to close.</summary>
/// <param name="Planned">What it is planned for, and what is put in for: good, scrap and rework together.</param>
internal sealed record Order(DateTimeOffset At, string Material, string Lot, string? Line, decimal Planned, decimal Good, decimal Rework, IReadOnlyList<Use> Uses, string Operator, string Storekeeper) : StoryEvent(At)
{
    /// <summary>The machine of the dry mixing; other operations have theirs from the routing.</summary>
    public string? Mixer { get; init; }

    /// <summary>Some values may lie outside their limits; never in the batches of the incident.</summary>
    public bool MayDeviate { get; init; } = true;

    /// <summary>The story ends while its first operation runs.</summary>
    public bool IsRunning { get; init; }
}

/// <summary>A work order that is only planned and released when the story ends.</summary>
internal sealed record Plan(DateTimeOffset At, string Material, string? Line, decimal Planned, DateTimeOffset Start, string Operator) : StoryEvent(At);

internal sealed record Use(string Material, string Lot, decimal Quantity);

internal sealed record Dispatch(DateTimeOffset At, string Customer, string Reference, IReadOnlyList<Use> Lines) : StoryEvent(At)
{
    /// <summary>Picked, but still in the house when the story ends.</summary>
    public bool IsDraft { get; init; }
}

/// <summary>A paper is put on a batch.</summary>
internal sealed record Paper(DateTimeOffset At, string Lot, string Person, string FileName, string Title, IReadOnlyList<string> Text) : StoryEvent(At);

/// <summary>A nonconforming batch is taken to quarantine.</summary>
internal sealed record Quarantine(DateTimeOffset At, string Lot, string From, decimal Quantity, string Person) : StoryEvent(At);

/// <summary>Everything that happens, in strands that can be told side by side; each is in the order of time.</summary>
internal sealed record HeyuanStory(DateTimeOffset Begin, DateTimeOffset End, IReadOnlyList<IReadOnlyList<StoryEvent>> Strands)
{
    public int Count => Strands.Sum(s => s.Count);
}
