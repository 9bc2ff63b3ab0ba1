using Traceability.Application.Dossiers;

namespace Traceability.Documents.Texts;

/// <summary>
/// Every word a dossier prints that is not a fact, once per language. Required members make the compiler refuse a language
/// that lacks a text. Numbers in braces are filled in by <see cref="string.Format(IFormatProvider, string, object[])"/>.
/// </summary>
internal sealed partial record DossierTexts
{
    /// <summary>Language tag inside the file.</summary>
    public required string LanguageTag { get; init; }

    // Cover
    public required string Dossier { get; init; }
    public required string PageOf { get; init; }
    public required string ScanToVerify { get; init; }
    public required string QrAlternative { get; init; }
    public required string DigestNote { get; init; }
    public required string CreatedBy { get; init; }
    public required string CreatedAt { get; init; }
    public required string AsOf { get; init; }
    public required string TimesIn { get; init; }
    public required string Material { get; init; }
    public required string MaterialCode { get; init; }
    public required string Specification { get; init; }
    public required string Quantity { get; init; }
    public required string Batch { get; init; }
    public required string SupplierBatch { get; init; }
    public required string Supplier { get; init; }
    public required string WorkOrder { get; init; }
    public required string RoutingVersion { get; init; }
    public required string BomVersion { get; init; }
    public required string ReceivedAt { get; init; }
    public required string ProducedAt { get; init; }
    public required string ReleasedAt { get; init; }
    public required string ExpiresOn { get; init; }
    public required string TraceComplete { get; init; }
    public required string TraceIncomplete { get; init; }
    public required string Contents { get; init; }
    public required string Section { get; init; }
    public required string Entries { get; init; }
    public required string Findings { get; init; }
    public required string OutOfLimits { get; init; }
    public required string FailedInspections { get; init; }
    public required string HoldsInForce { get; init; }
    public required string NoFindings { get; init; }
    public required string AttachmentDescription { get; init; }
    public required string AttachmentNote { get; init; }

    // Sections
    public required string Decisions { get; init; }
    public required string Sources { get; init; }
    public required string Certificates { get; init; }
    public required string Operations { get; init; }
    public required string Parameters { get; init; }
    public required string ConsumedBatches { get; init; }
    public required string Inspections { get; init; }
    public required string Moves { get; init; }
    public required string Shipments { get; init; }
    public required string Backward { get; init; }
    public required string Forward { get; init; }
    public required string Holds { get; init; }
    public required string Gaps { get; init; }
    public required string Audit { get; init; }
    public required string NothingRecorded { get; init; }
    public required string NoGaps { get; init; }
    public required string AuditExcerpt { get; init; }

    // Columns
    public required string Time { get; init; }
    public required string Step { get; init; }
    public required string Start { get; init; }
    public required string Finish { get; init; }
    public required string StillRunning { get; init; }
    public required string Operator { get; init; }
    public required string Equipment { get; init; }
    public required string Good { get; init; }
    public required string Scrap { get; init; }
    public required string Rework { get; init; }
    public required string Parameter { get; init; }
    public required string Limits { get; init; }
    public required string Value { get; init; }
    public required string Result { get; init; }
    public required string Characteristic { get; init; }
    public required string Method { get; init; }
    public required string Inspector { get; init; }
    public required string Second { get; init; }
    public required string SampleSize { get; init; }
    public required string From { get; init; }
    public required string To { get; init; }
    public required string Document { get; init; }
    public required string Person { get; init; }
    public required string ConfirmedBy { get; init; }
    public required string Customer { get; init; }
    public required string Shipment { get; init; }
    public required string DeliveryNote { get; init; }
    public required string Carrier { get; init; }
    public required string Returned { get; init; }
    public required string Level { get; init; }
    public required string Through { get; init; }
    public required string RunAndOrder { get; init; }
    public required string Partner { get; init; }
    public required string Status { get; init; }
    public required string Decision { get; init; }
    public required string DecidedBy { get; init; }
    public required string Reason { get; init; }
    public required string Receipt { get; init; }
    public required string CertificateKind { get; init; }
    public required string File { get; init; }
    public required string Number { get; init; }
    public required string Scope { get; init; }
    public required string Placed { get; init; }
    public required string Lifted { get; init; }
    public required string InForce { get; init; }
    public required string Kind { get; init; }
    public required string Where { get; init; }
    public required string Why { get; init; }
    public required string Action { get; init; }
    public required string Record { get; init; }
    public required string Change { get; init; }
    public required string Critical { get; init; }

    // Verdicts and statuses
    public required string Pass { get; init; }
    public required string Fail { get; init; }
    public required string Below { get; init; }
    public required string Above { get; init; }
    public required string Pending { get; init; }
    public required string Released { get; init; }
    public required string Concession { get; init; }
    public required string OnHold { get; init; }
    public required string Rejected { get; init; }
    public required string Consumed { get; init; }
    public required string Shipped { get; init; }
    public required string Migrated { get; init; }

    // Labels
    public required string Labels { get; init; }
    public required string LabelProduced { get; init; }
    public required string LabelReceived { get; init; }
    public required string LabelExpires { get; init; }

    /// <summary>The texts of a language.</summary>
    public static DossierTexts In(DocumentLanguage language) => language == DocumentLanguage.Chinese ? Chinese : English;

    /// <summary>The word for a status.</summary>
    public string Word(DossierStatus status) => status switch
    {
        DossierStatus.Pending => Pending,
        DossierStatus.Released => Released,
        DossierStatus.Concession => Concession,
        DossierStatus.OnHold => OnHold,
        DossierStatus.Rejected => Rejected,
        DossierStatus.Consumed => Consumed,
        DossierStatus.Shipped => Shipped,
        DossierStatus.Migrated => Migrated,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
