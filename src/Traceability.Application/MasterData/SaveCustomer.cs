using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.MasterData;

/// <summary>Enters a customer, or changes what is known of one.</summary>
public sealed record SaveCustomer : MasterDataInput
{
    public string? Contact { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }
    public string? Address { get; set; }
}

public sealed class SaveCustomerHandler(TraceDatabase database)
{
    public Task<Result<MasterDataSaved>> HandleAsync(SaveCustomer input, Actor actor, CancellationToken ct) =>
        database.SaveMasterDataAsync(input, actor, Permission.EditMasterData, "master_data.save_customer", ct, new Check().Contact(input.Contact, input.Phone, input.Email).OptionalText(input.Address, nameof(input.Address), 300),
            () => new Customer { Code = "", Name = "" },
            (_, customer) =>
            {
                customer.Contact = input.Contact.OrNull();
                customer.Phone = input.Phone.OrNull();
                customer.Email = input.Email.OrNull();
                customer.Address = input.Address.OrNull();
                return MasterDataEditing.Fine;
            });
}
