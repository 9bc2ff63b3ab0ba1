using Traceability.Data;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;

namespace Traceability.Application.Users;

/// <summary>A person chooses the plant they work in.</summary>
public sealed record ChoosePlant(long PlantId);

public sealed class ChoosePlantHandler(AccountSessions sessions, TraceDatabase database)
{
    /// <summary>Needs no permission: the choice says where one looks, not what one may do.</summary>
    public async Task<Result<Done>> HandleAsync(ChoosePlant input, Actor actor, CancellationToken ct)
    {
        await using var db = database.Read();
        var plant = await db.Of<Plant>().FindAsync([input.PlantId], ct);
        if (plant is not { IsActive: true }) return CommonErrors.Unknown.On(nameof(input.PlantId));
        return await AccountPreference.SaveAsync(sessions, actor, "users.choose_plant", account => account.PlantId = plant.Id, ct);
    }
}

/// <summary>A person chooses the language they work in; it follows them to every browser they sign in on.</summary>
public sealed record ChooseLanguage(string Culture);

public sealed class ChooseLanguageHandler(AccountSessions sessions)
{
    /// <summary>Needs no permission.</summary>
    public async Task<Result<Done>> HandleAsync(ChooseLanguage input, Actor actor, CancellationToken ct) =>
        input.Culture is "zh-CN" or "en"
            ? await AccountPreference.SaveAsync(sessions, actor, "users.choose_language", account => account.Culture = input.Culture, ct)
            : CommonErrors.Unknown.On(nameof(input.Culture));
}

internal static class AccountPreference
{
    public static async Task<Result<Done>> SaveAsync(AccountSessions sessions, Actor actor, string useCase, Action<Data.Accounts.Account> change, CancellationToken ct)
    {
        await using var session = sessions.Open(actor, useCase);
        var account = await session.Db.Users.FindAsync([actor.UserId], ct);
        if (account is null) return AccountErrors.NotFound;
        change(account);
        await session.Db.SaveChangesAsync(ct);
        return Done.Value;
    }
}
