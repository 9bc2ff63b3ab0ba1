using Traceability.Domain.Tracing;

namespace Traceability.Web.Components;

public static partial class Links
{
    /// <summary>A trace in one direction and view.</summary>
    /// <param name="view">tree, graph, flow or operations.</param>
    public static string Trace(string code, TraceDirection direction, string? view = null) =>
        With(Trace(code), ("direction", direction == TraceDirection.Both ? null : direction.ToString().ToLowerInvariant()), ("view", view is "tree" ? null : view));
}
