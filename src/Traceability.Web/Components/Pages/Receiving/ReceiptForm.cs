using Microsoft.AspNetCore.Components.Forms;
using Traceability.Application.MasterData;
using Traceability.Application.Receiving;

namespace Traceability.Web.Components.Pages.Receiving;

/// <summary>What has been typed into one line of the receipt form; kept until it is posted.</summary>
internal sealed class ReceiptLineForm
{
    public long? Material { get; set; }
    public string? SupplierBatch { get; set; }
    public decimal? Quantity { get; set; }
    public IReadOnlyList<UnitChoice> Units { get; set; } = [];
    public string? Unit { get; set; }
    public DateOnly? ProducedOn { get; set; }
    public DateOnly? ExpiresOn { get; set; }
    public string? CertificateNumber { get; set; }
    public IReadOnlyList<IBrowserFile>? Certificate { get; set; }
    public long? Location { get; set; }

    /// <summary>Words of the location the line opens with: the one of the line before.</summary>
    public string? LocationText { get; set; }

    /// <summary>The batch received before under this supplier batch number; null when there is none.</summary>
    public KnownSupplierBatch? Duplicate { get; set; }

    /// <summary>The person has seen the duplicate and means it.</summary>
    public bool AcceptDuplicate { get; set; }

    public async Task<ReceiptLineInput> ReadAsync(CancellationToken ct) => new(Material ?? 0, SupplierBatch ?? "", Quantity ?? 0, Location ?? 0,
        Units.FirstOrDefault(u => u.Code == Unit)?.Id, ProducedOn, ExpiresOn, CertificateNumber, Certificate is [var file, ..] ? await file.ReadAsync(ct) : null, AcceptDuplicate);
}
