using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.MasterData;

/// <summary>Enters a supplier, or changes what is known of one; nothing is received from a suspended supplier.</summary>
public sealed record SaveSupplier : MasterDataInput
{
    public string? Contact { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }
    public SupplierStatus Status { get; set; }

    /// <summary>Why the status changes; required when it does, kept in the audit trail.</summary>
    public string? Reason { get; set; }
}

public sealed class SaveSupplierHandler(TraceDatabase database)
{
    public Task<Result<MasterDataSaved>> HandleAsync(SaveSupplier input, Actor actor, CancellationToken ct) =>
        database.SaveMasterDataAsync(input, actor, Permission.EditMasterData, "master_data.save_supplier", ct, new Check().Contact(input.Contact, input.Phone, input.Email)
                .Enum(input.Status, nameof(input.Status)).OptionalText(input.Reason, nameof(input.Reason), 500),
            () => new Supplier { Code = "", Name = "" },
            async (db, supplier) =>
            {
                var check = new Check();
                if (input.Id is not null && supplier.Status != input.Status) check.Reason(input.Reason);
                if (input.Reason.OrNull() is { } reason) await db.SetReasonAsync(reason, ct);
                supplier.Contact = input.Contact.OrNull();
                supplier.Phone = input.Phone.OrNull();
                supplier.Email = input.Email.OrNull();
                supplier.Status = input.Status;
                return check;
            });
}
