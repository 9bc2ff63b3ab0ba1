using System.Diagnostics.CodeAnalysis;

namespace Traceability.Application.Dossiers;

/// <summary>
/// Everything one trace dossier says: stored facts only, gathered before rendering, free of any language. Rendering the same
/// model again gives the same file, byte for byte; that is what makes its stored SHA-256 worth something.
/// </summary>
public sealed record DossierModel
{
    /// <summary>The dossier's number, on every page; never used twice.</summary>
    public required string Number { get; init; }

    /// <summary>When the facts were gathered. Also the creation date inside the file.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public required DossierPerson CreatedBy { get; init; }

    /// <summary>Set when the trace was asked as of an earlier moment.</summary>
    public DateTimeOffset? AsOf { get; init; }

    public required BilingualText Company { get; init; }

    public required BilingualText Plant { get; init; }

    /// <summary>IANA zone of the plant, e.g. <c>Asia/Shanghai</c>; every time in the file is shown in it.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Page that shows the stored SHA-256 of the file; it is also in the cover's QR code.</summary>
    public required string VerificationUrl { get; init; }

    public required DossierBatch Batch { get; init; }

    public IReadOnlyList<DossierDecision> Decisions { get; init; } = [];

    public IReadOnlyList<DossierSource> Sources { get; init; } = [];

    public IReadOnlyList<DossierOperation> Operations { get; init; } = [];

    public IReadOnlyList<DossierInspection> Inspections { get; init; } = [];

    public IReadOnlyList<DossierMove> Moves { get; init; } = [];

    public IReadOnlyList<DossierShipment> Shipments { get; init; } = [];

    public IReadOnlyList<DossierGenealogyRow> Backward { get; init; } = [];

    public IReadOnlyList<DossierGenealogyRow> Forward { get; init; } = [];

    public IReadOnlyList<DossierHold> Holds { get; init; } = [];

    /// <summary>Why the trace is not complete. Empty means complete: a gap is never left out.</summary>
    public IReadOnlyList<DossierGap> Gaps { get; init; } = [];

    public IReadOnlyList<DossierAuditEntry> Audit { get; init; } = [];

    /// <summary>How many audit entries there are in all, of which <see cref="Audit"/> is an excerpt.</summary>
    public int AuditTotal { get; init; }
}

/// <summary>A name as it stood when the fact was recorded, in the languages it was kept in.</summary>
public sealed record BilingualText(string? Zh, string? En = null)
{
    /// <summary>The text in that language, else in the other one: a fact is never hidden for want of a translation.</summary>
    public string In(DocumentLanguage language) => language switch
    {
        DocumentLanguage.Chinese => FirstWritten(Zh, En),
        _ => FirstWritten(En, Zh),
    };

    private static string FirstWritten(string? wanted, string? other) =>
        !string.IsNullOrWhiteSpace(wanted) ? wanted : other ?? string.Empty;

    [return: NotNullIfNotNull(nameof(both))]
    public static implicit operator BilingualText?(string? both) => both is null ? null : new(both, both);
}

/// <summary>A person as on the record: staff code and name.</summary>
public sealed record DossierPerson(string Code, BilingualText Name);

/// <summary>A quantity in the material's stock unit.</summary>
public sealed record DossierQuantity(decimal Value, BilingualText Unit);

/// <summary>State of a batch as the dossier shows it: quality status, or what became of it.</summary>
public enum DossierStatus
{
    Pending,
    Released,
    Concession,
    OnHold,
    Rejected,
    Consumed,
    Shipped,
    Migrated,
}

/// <summary>How a value stood against its limits when it was judged. Stored, never judged again here.</summary>
public enum DossierVerdict
{
    /// <summary>Recorded without limits.</summary>
    NotJudged,
    Pass,
    Fail,

    /// <summary>Under the lower limit; a kind of <see cref="Fail"/>.</summary>
    BelowLimit,

    /// <summary>Over the upper limit; a kind of <see cref="Fail"/>.</summary>
    AboveLimit,
}

/// <summary>The batch the dossier is about.</summary>
public sealed record DossierBatch
{
    public required string Code { get; init; }

    public required string MaterialCode { get; init; }

    public required BilingualText MaterialName { get; init; }

    public string? Specification { get; init; }

    public required DossierQuantity Quantity { get; init; }

    public required DossierStatus Status { get; init; }

    /// <summary>Order that made it; null for a bought batch.</summary>
    public string? WorkOrder { get; init; }

    public BilingualText? Supplier { get; init; }

    public string? SupplierBatchCode { get; init; }

    /// <summary>Version of the routing and of the bill of materials frozen on the order.</summary>
    public string? RoutingVersion { get; init; }

    public string? BomVersion { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }

    public DateTimeOffset? ProducedAt { get; init; }

    public DateTimeOffset? ReleasedAt { get; init; }

    public DateOnly? ExpiresOn { get; init; }
}

/// <summary>A limit as frozen on the order or plan: numbers with a unit, or words.</summary>
public sealed record DossierLimits
{
    public decimal? Lower { get; init; }

    public decimal? Upper { get; init; }

    public BilingualText? Unit { get; init; }

    /// <summary>The limit in words (a sampling plan, "not detected"); shown instead of the numbers.</summary>
    public BilingualText? Text { get; init; }
}

/// <summary>A recorded value: a number with its unit, or words.</summary>
public sealed record DossierValue
{
    public decimal? Number { get; init; }

    /// <summary>Highest of the recorded values when a range was recorded; <see cref="Number"/> is then the lowest.</summary>
    public decimal? UpTo { get; init; }

    public BilingualText? Unit { get; init; }

    public BilingualText? Text { get; init; }
}
