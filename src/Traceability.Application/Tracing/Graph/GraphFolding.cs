namespace Traceability.Application.Tracing.Graph;

/// <summary>
/// Puts siblings into one node: first those with the same material and exactly the same neighbours; while that is not enough,
/// those whose neighbours became the same by folding; last, all of one material at one distance.
/// </summary>
internal static class GraphFolding
{
    private const int MostRounds = 6;

    public static GraphModel Fold(GraphModel graph, IReadOnlySet<string> opened, int most)
    {
        for (var round = 0; round < MostRounds && graph.Nodes.Count > most; round++)
        {
            var before = graph.Nodes.Count;
            graph = Merge(graph, opened, n => $"{n.Family}|{Keys(n.In.Select(e => e.From.Key))}|{Keys(n.Out.Select(e => e.To.Key))}");
            if (graph.Nodes.Count == before) break;
        }

        if (graph.Nodes.Count <= most) return graph;
        GraphLayout.Layer(graph);
        return Merge(graph, opened, n => $"{n.Family}|{n.Layer}");
    }

    private static string Keys(IEnumerable<string> keys) => string.Join(',', keys.Order(StringComparer.Ordinal));

    private static GraphModel Merge(GraphModel graph, IReadOnlySet<string> opened, Func<GraphModel.Node, string> likeness)
    {
        var folded = new GraphModel();
        var place = new Dictionary<GraphModel.Node, GraphModel.Node>();
        foreach (var group in graph.Nodes.GroupBy(n => Mergeable(n) ? $"{n.Kind}|{likeness(n)}" : n.Key))
        {
            var nodes = group.ToList();
            var members = nodes.SelectMany(n => n.Members).Order().ToList();
            // The group's name does not change while other groups are opened, so an opened one stays open.
            var key = nodes.Count == 1 ? nodes[0].Key : $"g{(nodes[0].Kind == GraphNodeKind.Run ? "r" : "b")}{members[0]}-{members.Count}";
            if (nodes.Count > 1 && opened.Contains(key))
            {
                foreach (var node in nodes) place[node] = folded.Add(node.Key, node.Kind, node.Members, node.Family, node.IsStart, node.IsGap);
                continue;
            }

            var merged = folded.Add(key, nodes[0].Kind, members, nodes[0].Family, nodes[0].IsStart, nodes.Any(n => n.IsGap));
            foreach (var node in nodes) place[node] = merged;
        }

        foreach (var edge in graph.Edges) folded.Connect(place[edge.From], place[edge.To], edge.Quantity, edge.Unit);
        return folded;

        static bool Mergeable(GraphModel.Node node) => !node.IsStart && node.Kind is GraphNodeKind.Batch or GraphNodeKind.Run;
    }
}
