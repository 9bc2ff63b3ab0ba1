using System.Net.Mail;
using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.MasterData;

/// <summary>What every kind of master data is entered with.</summary>
public abstract record MasterDataInput
{
    /// <summary>The record to change; null for a new one.</summary>
    public long? Id { get; set; }

    /// <summary>The version the form was opened with; a record changed meanwhile is not overwritten.</summary>
    public uint Version { get; set; }

    /// <summary>Known by this on labels, forms and in files; at most 40 characters without spaces.</summary>
    public string Code { get; set; } = "";
    public string Name { get; set; } = "";
    public string? NameEn { get; set; }

    /// <summary>Offered in forms; a record out of use stays where it was used.</summary>
    public bool IsActive { get; set; } = true;
}

public sealed record MasterDataSaved(long Id);

/// <summary>The one way master data is stored; each kind adds its own fields and rules.</summary>
internal static class MasterDataEditing
{
    private const int CodeMax = 40, NameMax = 120;

    /// <summary>Creates or changes a record: permission, form, current version, the kind's own fields, save.</summary>
    /// <param name="check">The form rules of the kind's own fields.</param>
    /// <param name="create">A new record of the actor's plant.</param>
    /// <param name="apply">Sets the kind's own fields; returns the rules that break against what is stored.</param>
    public static async Task<Result<MasterDataSaved>> SaveMasterDataAsync<T>(this TraceDatabase database, MasterDataInput input, Actor actor, Permission permission, string useCase, CancellationToken ct,
        Check check, Func<T> create, Func<TraceDbContext, T, Task<Check>> apply) where T : EditableEntity, IMasterData
    {
        if (actor.Demand(permission) is { } forbidden) return forbidden;
        check.Text(input.Code, nameof(input.Code), CodeMax).That(IsCode(input.Code), MasterDataErrors.BadCode)
            .Text(input.Name, nameof(input.Name), NameMax).OptionalText(input.NameEn, nameof(input.NameEn), NameMax);
        if (check.Failed) return check.Errors;

        await using var db = await database.BeginAsync(actor, useCase, ct);
        T? record;
        if (input.Id is { } id)
        {
            record = await db.LockAsync<T>(id, ct);
            if (record is null || (record is IBelongsToPlant place && place.PlantId != actor.PlantId)) return CommonErrors.NotFound;
            if (record.Version != input.Version) return CommonErrors.ChangedMeanwhile;
        }
        else
        {
            record = create();
            if (record is IBelongsToPlant { PlantId: 0 }) return CommonErrors.NoPlant;
            await db.AddAsync(record, ct);
        }

        var rules = await apply(db, record);
        if (rules.Failed) return rules.Errors;
        record.Code = input.Code.Trim();
        record.Name = input.Name.Trim();
        record.NameEn = input.NameEn.OrNull();
        if (record is ICanBeInactive active) active.IsActive = input.IsActive;
        return await db.SaveAsync(() => new MasterDataSaved(record.Id), ct);
    }

    /// <summary>A kind whose own fields break no rule against what is stored.</summary>
    public static Task<Check> Fine => Task.FromResult(new Check());

    /// <summary>Contact data of suppliers, customers and people.</summary>
    public static Check Contact(this Check check, string? contact, string? phone, string? email) =>
        check.OptionalText(contact, "Contact", 120).OptionalText(phone, "Phone", 60).OptionalText(email, "Email", 200)
            .That(email.OrNull() is not { } address || MailAddress.TryCreate(address, out _), MasterDataErrors.BadEmail);

    public static Check Enum<TEnum>(this Check check, TEnum value, string field) where TEnum : struct, Enum =>
        check.That(System.Enum.IsDefined(value), CommonErrors.Unknown.On(field));

    /// <summary>The trimmed text, or null when there is none.</summary>
    public static string? OrNull(this string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>No white space, and nothing that has a meaning in an address or a file name.</summary>
    private static bool IsCode(string? code) =>
        code is null || code.Trim().All(c => !char.IsWhiteSpace(c) && !char.IsControl(c) && !"/\\?#%&<>\"'{}|".Contains(c, StringComparison.Ordinal));
}
