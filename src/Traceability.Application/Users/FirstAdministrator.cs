using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Traceability.Application.Users;

/// <summary>The account of a new, empty installation, with a password that is good for one sign-in.</summary>
public sealed record FirstAdministrator(string UserName, string OneTimePassword)
{
    /// <summary>No 0/O, 1/l/I: the password is read off a screen and typed.</summary>
    private const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>Creates the administrator, unless the installation has an account already.</summary>
    /// <returns>Null when there was an account; the password is stored as a hash only and cannot be shown again.</returns>
    internal static async Task<FirstAdministrator?> CreateAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        const string userName = "admin";
        var password = RandomNumberGenerator.GetString(Letters, 16) + "-" + RandomNumberGenerator.GetString("23456789", 3);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var create = new NpgsqlCommand("""
            with stamp as materialized (
                select set_config('app.actor_id', '0', true), set_config('app.actor_name', 'system', true),
                       set_config('app.use_case', 'users.create_first_administrator', true)
            ), account as (
                insert into accounts.account (user_name, normalized_user_name, password_hash, security_stamp, concurrency_stamp, display_name, must_change_password)
                select $1, upper($1), $2, $3, $4, 'Administrator', true from stamp
                where not exists (select 1 from accounts.account)
                returning id
            )
            insert into accounts.account_role (account_id, role_id)
            select account.id, role.id from account cross join accounts.role where role.name in ('administrator', 'configurator')
            """, connection, transaction);
        create.Parameters.AddWithValue(userName);
        create.Parameters.AddWithValue(new PasswordHasher<object>().HashPassword(new object(), password));
        create.Parameters.AddWithValue(Guid.NewGuid().ToString("N").ToUpperInvariant());
        create.Parameters.AddWithValue(Guid.NewGuid().ToString());
        var created = await create.ExecuteNonQueryAsync(ct) > 0;
        await transaction.CommitAsync(ct);
        return created ? new FirstAdministrator(userName, password) : null;
    }
}
