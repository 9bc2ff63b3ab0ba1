using Traceability.Domain.Tracing;

namespace Traceability.Application.Tracing.Graph;

/// <summary>What a node of the picture is.</summary>
public enum GraphNodeKind { Supplier, Batch, Run, Customer }

/// <summary>A node with its place. Coordinates are the top left corner, in pixels at scale 1.</summary>
/// <param name="Key">Stable name, e.g. <c>b42</c> for batch 42, <c>g…</c> for a folded group.</param>
/// <param name="Members">The batches or runs it stands for; more than one when folded.</param>
public sealed record GraphNode(string Key, GraphNodeKind Kind, double X, double Y, double Width, double Height, IReadOnlyList<long> Members, bool IsGap);

/// <summary>A line from one node to another, from source to customer.</summary>
/// <param name="Weight">0…1: the quantity against the largest of the same kind in the picture.</param>
/// <param name="Unit">Unit of <paramref name="Quantity"/>; null when materials of several units are folded together.</param>
public sealed record GraphEdge(string From, string To, decimal Quantity, string? Unit, double Weight, bool IsLoop);

/// <summary>A trace as a layered picture: left is the source, right the customer.</summary>
/// <param name="Folded">How many batches and runs stand inside folded nodes.</param>
public sealed record TraceDrawing(IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges, double Width, double Height, int Folded);

/// <summary>Draws a trace up: folds siblings where there are too many, puts nodes into layers, orders and places them.</summary>
public static class TraceGraphBuilder
{
    /// <summary>Above this many nodes siblings are folded.</summary>
    public const int FoldAbove = 150;

    /// <param name="opened">Keys of folded nodes the reader has opened.</param>
    public static TraceDrawing Build(TraceAnswer answer, IReadOnlySet<string> opened)
    {
        var graph = GraphModel.Of(answer);
        if (graph.Nodes.Count > FoldAbove) graph = GraphFolding.Fold(graph, opened, FoldAbove);
        GraphLayout.Place(graph);
        var largest = graph.Edges.GroupBy(e => e.Unit ?? "").ToDictionary(g => g.Key, g => g.Max(e => Math.Abs(e.Quantity)));
        return new TraceDrawing(
            [.. graph.Nodes.Select(n => new GraphNode(n.Key, n.Kind, n.X, n.Y, n.Width, n.Height, n.Members, n.IsGap))],
            [.. graph.Edges.Select(e => new GraphEdge(e.From.Key, e.To.Key, e.Quantity, e.Unit, largest[e.Unit ?? ""] is > 0 and var most ? (double)(Math.Abs(e.Quantity) / most) : 0, e.IsLoop))],
            graph.Width, graph.Height, graph.Nodes.Where(n => n.Members.Count > 1).Sum(n => n.Members.Count));
    }
}
