using Traceability.Domain.Batches;
using Traceability.Domain.Ledger;

namespace Traceability.Application.Tracing.Graph;

/// <summary>The picture while it is being made.</summary>
internal sealed class GraphModel
{
    public List<Node> Nodes { get; } = [];
    public List<Edge> Edges { get; } = [];
    public double Width { get; set; }
    public double Height { get; set; }

    internal sealed class Node(string key, GraphNodeKind kind, IReadOnlyList<long> members, string family, bool isStart, bool isGap)
    {
        public string Key { get; } = key;
        public GraphNodeKind Kind { get; } = kind;
        public IReadOnlyList<long> Members { get; } = members;

        /// <summary>What siblings must have in common to be folded together: the material of batches, the kind of runs.</summary>
        public string Family { get; } = family;
        public bool IsStart { get; } = isStart;
        public bool IsGap { get; } = isGap;
        public List<Edge> In { get; } = [];
        public List<Edge> Out { get; } = [];
        public int Layer { get; set; }
        public int Order { get; set; }
        public double X { get; set; }
        public double Y { get; set; }
        public double Width => Kind switch { GraphNodeKind.Run => 40, GraphNodeKind.Batch => 192, _ => 132 };
        public double Height => Kind switch { GraphNodeKind.Run => 40, GraphNodeKind.Batch => 70, _ => 44 };

        /// <summary>Free height below: a run's name stands under it.</summary>
        public double Below => Kind == GraphNodeKind.Run ? 22 : 0;
    }

    internal sealed class Edge(Node from, Node to, decimal quantity, string? unit)
    {
        public Node From { get; } = from;
        public Node To { get; } = to;
        public decimal Quantity { get; set; } = quantity;
        public string? Unit { get; set; } = unit;

        /// <summary>Runs against the direction of the picture: rework.</summary>
        public bool IsLoop { get; set; }
    }

    public Node Add(string key, GraphNodeKind kind, IReadOnlyList<long> members, string family, bool isStart, bool isGap)
    {
        var node = new Node(key, kind, members, family, isStart, isGap);
        Nodes.Add(node);
        return node;
    }

    public void Connect(Node from, Node to, decimal quantity, string? unit)
    {
        if (from.Out.FirstOrDefault(e => e.To == to) is { } known)
        {
            (known.Quantity, known.Unit) = (known.Quantity + quantity, known.Unit == unit ? unit : null);
            return;
        }

        var edge = new Edge(from, to, quantity, unit);
        Edges.Add(edge);
        from.Out.Add(edge);
        to.In.Add(edge);
    }

    public static GraphModel Of(TraceAnswer answer)
    {
        var graph = new GraphModel();
        var gapBatches = answer.Gaps.Select(g => g.BatchId).OfType<long>().ToHashSet();
        var gapRuns = answer.Gaps.Select(g => g.RunId).OfType<long>().ToHashSet();
        var batches = answer.Batches.ToDictionary(b => b.Id, b => graph.Add($"b{b.Id}", GraphNodeKind.Batch, [b.Id], $"{b.Material.Id}/{b.IsStart}", b.IsStart, gapBatches.Contains(b.Id)));
        var runs = answer.Runs.ToDictionary(r => r.Id, r => graph.Add($"r{r.Id}", GraphNodeKind.Run, [r.Id], $"{r.Kind}/{r.StepNumber}", false, gapRuns.Contains(r.Id)));
        var units = answer.Batches.ToDictionary(b => b.Id, b => b.Unit);
        foreach (var link in answer.Links)
        {
            var (batch, run) = (batches[link.BatchId], runs[link.RunId]);
            if (link.Direction == LineDirection.Input) graph.Connect(batch, run, link.Quantity, units[link.BatchId]);
            else graph.Connect(run, batch, link.Quantity, units[link.BatchId]);
        }

        var made = answer.Batches.ToDictionary(b => b.Id, b => b.Made);
        foreach (var supplier in answer.Suppliers)
        {
            var node = graph.Add($"s{supplier.Id}", GraphNodeKind.Supplier, [supplier.Id], "supplier", false, false);
            foreach (var id in supplier.BatchIds.Where(id => answer.Batches.First(b => b.Id == id).Origin is BatchOrigin.Received or BatchOrigin.Migrated)) graph.Connect(node, batches[id], made[id], units[id]);
        }

        foreach (var customer in answer.Shipments.GroupBy(s => s.CustomerId))
        {
            var node = graph.Add($"c{customer.Key}", GraphNodeKind.Customer, [customer.Key], "customer", false, false);
            foreach (var shipment in customer) graph.Connect(batches[shipment.BatchId], node, shipment.Quantity, units[shipment.BatchId]);
        }

        return graph;
    }
}
