using Traceability.Domain.Ledger;
using Traceability.Domain.Tracing;

namespace Traceability.Application.Tracing;

/// <summary>One line of a trace as a tree: a batch, and how it hangs on the one above.</summary>
/// <param name="Depth">0 for a start.</param>
/// <param name="Near">The link of the batch above with the run between; null for a start.</param>
/// <param name="Far">The link of this batch with the run between; null for a start.</param>
/// <param name="IsRepeat">The batch was reached by another way already; what hangs on it stands there.</param>
/// <param name="Children">How many batches hang on it, repeats among them; 0 at a repeat.</param>
public sealed record TraceTreeRow(int Depth, TraceBatch Batch, TraceRun? Run, TraceLink? Near, TraceLink? Far, bool IsRepeat, int Children);

/// <summary>Lays a trace out as a tree in one direction. Each batch is unfolded once, so diamonds do not multiply and loops end.</summary>
public static class TraceTree
{
    /// <param name="direction">Forward or backward.</param>
    public static IReadOnlyList<TraceTreeRow> Rows(TraceAnswer answer, TraceDirection direction)
    {
        var (into, outOf) = direction == TraceDirection.Forward ? (LineDirection.Input, LineDirection.Output) : (LineDirection.Output, LineDirection.Input);
        var batches = answer.Batches.ToDictionary(b => b.Id);
        var runs = answer.Runs.ToDictionary(r => r.Id);
        var leading = answer.Links.Where(l => l.Direction == into).ToLookup(l => l.BatchId);
        var following = answer.Links.Where(l => l.Direction == outOf).ToLookup(l => l.RunId);
        var rows = new List<TraceTreeRow>();
        var seen = new HashSet<long>();
        var stack = new Stack<(int Depth, TraceBatch Batch, TraceLink? Near, TraceLink? Far)>();
        foreach (var start in answer.Batches.Where(b => b.IsStart).Reverse()) stack.Push((0, start, null, null));
        while (stack.TryPop(out var at))
        {
            var repeat = !seen.Add(at.Batch.Id);
            var children = repeat ? [] : leading[at.Batch.Id].SelectMany(near => following[near.RunId].Where(far => far.BatchId != at.Batch.Id).Select(far => (near, far)))
                .OrderBy(c => c.far.From).ThenBy(c => batches[c.far.BatchId].Code, StringComparer.Ordinal).ToList();
            rows.Add(new TraceTreeRow(at.Depth, at.Batch, at.Near is { } link ? runs[link.RunId] : null, at.Near, at.Far, repeat, children.Count));
            for (var i = children.Count - 1; i >= 0; i--) stack.Push((at.Depth + 1, batches[children[i].far.BatchId], children[i].near, children[i].far));
        }

        return rows;
    }
}
