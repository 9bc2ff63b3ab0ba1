using Traceability.Domain.Common;

namespace Traceability.Domain.Batches;

/// <summary>What a paper of a batch is.</summary>
public enum BatchFileKind { Certificate, Report, Photo, Other }

/// <summary>A paper of a batch besides its certificate: a test report, a photo, a replaced certificate.</summary>
public sealed class BatchFile : Entity
{
    public long BatchId { get; init; }
    public long StoredFileId { get; init; }
    public BatchFileKind Kind { get; init; }
    public long PersonId { get; init; }
    public DateTimeOffset AddedAt { get; init; }
}
