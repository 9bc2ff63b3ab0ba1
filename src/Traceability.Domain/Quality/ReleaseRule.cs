using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Domain.Quality;

/// <summary>
/// When a batch may be released, and when that happens by itself. Every inspection its material owes must be passed, none may
/// be open or failed, and a required certificate must be filed. Bought and semi-finished batches are then released at once by
/// this rule; a finished batch waits for a person with the right to release, who looks at the whole batch record first.
/// </summary>
public static class ReleaseRule
{
    /// <summary>The kind of inspection a batch owes by its material, or null.</summary>
    public static InspectionKind? Owed(Batch batch, Material material) => batch.Origin switch
    {
        BatchOrigin.Received or BatchOrigin.Returned => material.IncomingInspection ? InspectionKind.Incoming : null,
        BatchOrigin.Produced => material.FinalInspection ? InspectionKind.Final : null,
        // A part or a mixture keeps the status it was made with; a pending one owes what its material owes where it came from.
        _ => batch.WorkOrderId is not null ? (material.FinalInspection ? InspectionKind.Final : null) : material.IncomingInspection ? InspectionKind.Incoming : null,
    };

    /// <summary>What still stands against releasing the batch without an override, or null.</summary>
    public static Error? Obstacle(Batch batch, Material material, IReadOnlyCollection<Inspection> inspections)
    {
        if (inspections.FirstOrDefault(i => i.Status == InspectionStatus.Failed) is { } failed)
            return DecisionErrors.InspectionFailed.With(batch.Code, failed.Code).LinkedTo($"/inspections/{failed.Id}");
        if (inspections.FirstOrDefault(i => i.Status == InspectionStatus.Open) is { } open)
            return DecisionErrors.InspectionOpen.With(batch.Code, open.Code).LinkedTo($"/inspections/{open.Id}");
        if (Owed(batch, material) is { } kind && !inspections.Any(i => i.Kind == kind && i.Status == InspectionStatus.Passed))
            return DecisionErrors.InspectionOwed.With(batch.Code);
        return batch.LacksCertificate(material) ? BatchErrors.CertificateMissing.With(batch.Code) : null;
    }

    /// <summary>Whether passing everything releases the batch without a person's decision.</summary>
    public static bool ReleasesByItself(Batch batch, Material material) =>
        batch.QualityStatus == QualityStatus.Pending && material.Kind != MaterialKind.Finished;
}
