using System.Collections.Concurrent;

namespace Traceability.Application.Demo;

/// <summary>
/// The batches of the story by code. Strands that run side by side wait here for each other: for a batch to exist, to be
/// usable, to be decided on.
/// </summary>
internal sealed class DemoLots
{
    private readonly ConcurrentDictionary<string, Lot> lots = new(StringComparer.Ordinal);

    public void Made(string code, long id, bool usable, long? inspectionId = null)
    {
        var lot = Get(code);
        lot.Made.TrySetResult((id, inspectionId));
        if (usable) lot.Usable.TrySetResult();
    }

    public void Usable(string code) => Get(code).Usable.TrySetResult();

    public void Decided(string code) => Get(code).Decided.TrySetResult();

    /// <summary>Id of the batch and of the inspection opened with it, once it exists.</summary>
    public Task<(long Id, long? InspectionId)> MadeAsync(string code, CancellationToken ct) => Get(code).Made.Task.WaitAsync(ct);

    /// <summary>Id of the batch once it may be used or shipped.</summary>
    public async Task<long> UsableAsync(string code, CancellationToken ct)
    {
        await Get(code).Usable.Task.WaitAsync(ct);
        return (await MadeAsync(code, ct)).Id;
    }

    /// <summary>Id of the batch once quality has decided on it.</summary>
    public async Task<long> DecidedAsync(string code, CancellationToken ct)
    {
        await Get(code).Decided.Task.WaitAsync(ct);
        return (await MadeAsync(code, ct)).Id;
    }

    private Lot Get(string code) => lots.GetOrAdd(code, _ => new Lot());

    private sealed class Lot
    {
        public TaskCompletionSource<(long Id, long? InspectionId)> Made { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Usable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Decided { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
