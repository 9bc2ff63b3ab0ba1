namespace Traceability.Application.Tracing.Graph;

/// <summary>Layers, order within them, and coordinates (the layered drawing of Sugiyama, kept small).</summary>
internal static class GraphLayout
{
    private const double Margin = 24;
    private const double LayerGap = 50;
    private const double NodeGap = 16;
    private const int Sweeps = 12;

    public static void Place(GraphModel graph)
    {
        if (graph.Nodes.Count == 0) return;
        Layer(graph);
        var layers = graph.Nodes.GroupBy(n => n.Layer).OrderBy(g => g.Key).Select(g => g.ToList()).ToList();
        Order(layers);
        PlaceColumns(graph, layers);
        PlaceRows(graph, layers);
    }

    /// <summary>
    /// Every node stands right of all it came from; a node that came from nothing stands just left of its first use, so that
    /// the picture reads like a recipe. Suppliers stand at the left end, customers at the right.
    /// </summary>
    public static void Layer(GraphModel graph)
    {
        MarkLoops(graph);
        var inner = graph.Nodes.Where(n => n.Kind is GraphNodeKind.Batch or GraphNodeKind.Run).ToList();
        var order = Topological(inner);
        foreach (var node in order) node.Layer = node.In.Where(e => !e.IsLoop && e.From.Kind != GraphNodeKind.Supplier).Select(e => e.From.Layer + 1).DefaultIfEmpty(node.Kind == GraphNodeKind.Run ? 1 : 0).Max();
        // Pull sources to their use, from the right, so that chains of sources follow.
        for (var i = order.Count - 1; i >= 0; i--)
        {
            var node = order[i];
            var next = node.Out.Where(e => !e.IsLoop && e.To.Kind != GraphNodeKind.Customer).Select(e => e.To.Layer - 1).DefaultIfEmpty(int.MaxValue).Min();
            if (next != int.MaxValue && node.In.All(e => e.IsLoop || e.From.Kind == GraphNodeKind.Supplier)) node.Layer = Math.Max(node.Layer, next);
        }

        var last = inner.Count == 0 ? 0 : inner.Max(n => n.Layer);
        foreach (var node in graph.Nodes)
        {
            if (node.Kind == GraphNodeKind.Supplier) node.Layer = -1;
            if (node.Kind == GraphNodeKind.Customer) node.Layer = last + 1;
        }
    }

    /// <summary>Finds the lines that close a loop, without recursion: chains may be long.</summary>
    private static void MarkLoops(GraphModel graph)
    {
        foreach (var edge in graph.Edges) edge.IsLoop = false;
        var state = new Dictionary<GraphModel.Node, int>();
        foreach (var root in graph.Nodes.OrderBy(n => n.In.Count).ThenBy(n => n.Key, StringComparer.Ordinal))
        {
            if (state.ContainsKey(root)) continue;
            var stack = new Stack<(GraphModel.Node Node, int Next)>([(root, 0)]);
            state[root] = 1;
            while (stack.TryPop(out var top))
            {
                if (top.Next >= top.Node.Out.Count)
                {
                    state[top.Node] = 2;
                    continue;
                }

                stack.Push((top.Node, top.Next + 1));
                var edge = top.Node.Out[top.Next];
                switch (state.GetValueOrDefault(edge.To))
                {
                    case 0:
                        state[edge.To] = 1;
                        stack.Push((edge.To, 0));
                        break;
                    case 1:
                        edge.IsLoop = true;
                        break;
                }
            }
        }
    }

    private static List<GraphModel.Node> Topological(List<GraphModel.Node> nodes)
    {
        var open = nodes.ToDictionary(n => n, n => n.In.Count(e => !e.IsLoop && e.From.Kind is GraphNodeKind.Batch or GraphNodeKind.Run));
        var ready = new Queue<GraphModel.Node>(nodes.Where(n => open[n] == 0));
        var order = new List<GraphModel.Node>();
        while (ready.TryDequeue(out var node))
        {
            order.Add(node);
            foreach (var edge in node.Out.Where(e => !e.IsLoop && open.ContainsKey(e.To)))
                if (--open[edge.To] == 0) ready.Enqueue(edge.To);
        }

        return order;
    }

    /// <summary>Sorts each layer by where its neighbours stand, sweeping to and fro, which takes most crossings out.</summary>
    private static void Order(List<List<GraphModel.Node>> layers)
    {
        foreach (var layer in layers) Number([.. layer.OrderBy(n => n.Family, StringComparer.Ordinal).ThenBy(n => n.Members[0])], layer);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var forward = sweep % 2 == 0;
            foreach (var layer in forward ? layers : Enumerable.Reverse(layers))
            {
                var centre = layer.ToDictionary(n => n, n => Centre(n, forward));
                Number([.. layer.OrderBy(n => centre[n]).ThenBy(n => n.Order)], layer);
            }
        }

        double Centre(GraphModel.Node node, bool forward)
        {
            var near = forward ? node.In.Select(e => e.From) : node.Out.Select(e => e.To);
            var places = near.Where(n => n.Layer != node.Layer).Select(Share).ToList();
            return places.Count == 0 ? Share(node) : places.Average();
        }

        // Layers differ in length, so a place counts as a share of its layer.
        double Share(GraphModel.Node node) => (node.Order + .5) / layers.First(l => l[0].Layer == node.Layer).Count;

        static void Number(List<GraphModel.Node> sorted, List<GraphModel.Node> layer)
        {
            for (var i = 0; i < sorted.Count; i++) (sorted[i].Order, layer[i]) = (i, sorted[i]);
        }
    }

    private static void PlaceColumns(GraphModel graph, List<List<GraphModel.Node>> layers)
    {
        var x = Margin;
        foreach (var layer in layers)
        {
            var width = layer.Max(n => n.Width);
            foreach (var node in layer) node.X = x + ((width - node.Width) / 2);
            x += width + LayerGap;
        }

        graph.Width = x - LayerGap + Margin;
    }

    /// <summary>Moves every node towards the middle of its neighbours without changing the order, then closes the gap at the top.</summary>
    private static void PlaceRows(GraphModel graph, List<List<GraphModel.Node>> layers)
    {
        foreach (var layer in layers)
        {
            var y = 0.0;
            foreach (var node in layer)
            {
                node.Y = y;
                y += node.Height + node.Below + NodeGap;
            }
        }

        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (var layer in sweep % 2 == 0 ? layers : Enumerable.Reverse(layers)) Settle(layer);
        }

        var top = graph.Nodes.Min(n => n.Y);
        foreach (var node in graph.Nodes) node.Y += Margin - top;
        graph.Height = graph.Nodes.Max(n => n.Y + n.Height + n.Below) + Margin;
    }

    private static void Settle(List<GraphModel.Node> layer)
    {
        // Groups of nodes that touch move together: each wants the mean of what its members want (pool adjacent violators).
        var groups = new List<(double Want, int Count, double Height, int First)>();
        for (var i = 0; i < layer.Count; i++)
        {
            var node = layer[i];
            var near = node.In.Where(e => !e.IsLoop).Select(e => e.From).Concat(node.Out.Where(e => !e.IsLoop).Select(e => e.To)).ToList();
            var want = near.Count == 0 ? node.Y : near.Average(n => n.Y + (n.Height / 2)) - (node.Height / 2);
            var group = (Want: want, Count: 1, Height: node.Height + node.Below + NodeGap, First: i);
            while (groups.Count > 0 && groups[^1].Want + groups[^1].Height > group.Want)
            {
                var above = groups[^1];
                groups.RemoveAt(groups.Count - 1);
                group = (((above.Want * above.Count) + ((group.Want - above.Height) * group.Count)) / (above.Count + group.Count), above.Count + group.Count, above.Height + group.Height, above.First);
            }

            groups.Add(group);
        }

        foreach (var group in groups)
        {
            var y = group.Want;
            for (var i = group.First; i < group.First + group.Count; i++)
            {
                layer[i].Y = y;
                y += layer[i].Height + layer[i].Below + NodeGap;
            }
        }
    }
}
