using Traceability.Domain.Batches;

namespace Traceability.Web.Components;

public static partial class Links
{
    public const string NewReceipt = "/receipts/new";
    public const string NewHold = "/holds/new";
    public const string InspectionPlans = "/settings/inspection-plans";

    public static string Receipt(long id) => $"{Receiving}/{id}";

    public static string InspectionPlan(long id) => $"{InspectionPlans}/{id}";

    /// <summary>The form that writes a draft; with a plan given, of a new version of it or of that draft.</summary>
    public static string EditInspectionPlan(long? from = null) => With($"{InspectionPlans}/edit", ("from", from?.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public static string NewHoldOf(IEnumerable<long> batchIds) => With(NewHold, ("batches", string.Join(',', batchIds)));

    /// <summary>The list of batches in one status.</summary>
    public static string BatchesIn(QualityStatus status) => With(Batches, ("status", status.ToString().ToLowerInvariant()));

    public static string File(long id) => $"/api/v1/files/{id}";

    /// <summary>Labels of batches as a PDF the browser shows.</summary>
    public static string Labels(IEnumerable<long> batchIds, string size = "large", int copies = 1) =>
        $"/api/v1/batches/labels?{string.Join('&', batchIds.Select(id => $"ids={id}"))}&size={size}&copies={copies}";
}
