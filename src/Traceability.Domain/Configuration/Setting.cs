using Traceability.Domain.Common;

namespace Traceability.Domain.Configuration;

/// <summary>A small setting or mark of the installation, e.g. which demo it holds.</summary>
public sealed class Setting : Entity
{
    public required string Key { get; init; }
    public required string Value { get; set; }
}
