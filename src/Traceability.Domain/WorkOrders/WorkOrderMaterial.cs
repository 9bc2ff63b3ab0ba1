using Traceability.Domain.Common;

namespace Traceability.Domain.WorkOrders;

/// <summary>A line of the bill of materials as it stood when the order was released.</summary>
public sealed class WorkOrderMaterial : Entity
{
    public long WorkOrderId { get; init; }
    public int Sequence { get; init; }
    public long MaterialId { get; init; }

    /// <summary>Planned quantity for the whole order, in the material's stock unit.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Number of the operation that uses it; null when any may.</summary>
    public int? StepNumber { get; init; }
}
