using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Traceability.Data.Conventions;
using Traceability.Domain.Common;

namespace Traceability.Data.Accounts;

/// <summary>Who writes through an <see cref="AccountsDbContext"/>; set once per scope before the context is used.</summary>
public sealed class AccountScope
{
    public Actor? Actor { get; set; }
    public string? UseCase { get; set; }
}

/// <summary>ASP.NET Core Identity in its own schema. Every save is one transaction stamped with the actor, like everywhere.</summary>
public sealed class AccountsDbContext(DbContextOptions<AccountsDbContext> options, AccountScope scope)
    : IdentityDbContext<Account, Role, long>(options)
{
    public const string Schema = "accounts";

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<RolePermission> RolePermissions => Set<RolePermission>();

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (!ChangeTracker.HasChanges()) return 0;
        if (scope.Actor is not { } actor || scope.UseCase is not { } useCase) throw new InvalidOperationException("A write to the accounts needs an actor and a use case.");
        await using var transaction = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        var id = actor.UserId.ToString(CultureInfo.InvariantCulture);
        await Database.ExecuteSqlAsync($"select set_config('app.actor_id', {id}, true), set_config('app.actor_name', {actor.UserName}, true), set_config('app.use_case', {useCase}, true), set_config('app.device', {actor.Device ?? ""}, true)", cancellationToken);
        var count = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (transaction is not null) await transaction.CommitAsync(cancellationToken);
        return count;
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // Permissions take the place of role claims.
        builder.Ignore<IdentityRoleClaim<long>>();
        builder.Entity<Account>(e =>
        {
            e.ToTable("account", Schema);
            e.Property(a => a.Id).UseHiLo("account_id_seq", Schema);
            foreach (var required in new[] { nameof(Account.UserName), nameof(Account.NormalizedUserName), nameof(Account.SecurityStamp) }) e.Property(required).IsRequired();
        });
        builder.Entity<Role>(e =>
        {
            e.ToTable("role", Schema);
            e.Property(r => r.Id).UseHiLo("role_id_seq", Schema);
            foreach (var required in new[] { nameof(Role.Name), nameof(Role.NormalizedName) }) e.Property(required).IsRequired();
        });
        builder.Entity<IdentityUserRole<long>>().ToTable("account_role", Schema).Property(r => r.UserId).HasColumnName("account_id");
        builder.Entity<IdentityUserClaim<long>>().ToTable("account_claim", Schema).Property(r => r.UserId).HasColumnName("account_id");
        builder.Entity<IdentityUserLogin<long>>().ToTable("account_login", Schema).Property(r => r.UserId).HasColumnName("account_id");
        builder.Entity<IdentityUserToken<long>>().ToTable("account_token", Schema).Property(r => r.UserId).HasColumnName("account_id");
        builder.Entity<RolePermission>(e =>
        {
            e.ToTable("role_permission", Schema);
            e.HasKey(r => new { r.RoleId, r.Permission });
        });
        builder.Entity<ApiKey>(e =>
        {
            e.ToTable("api_key", Schema);
            e.Property(k => k.Id).UseHiLo("api_key_id_seq", Schema);
        });
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties().Where(p => p.GetColumnName() == p.Name)) property.SetColumnName(Naming.Snake(property.Name));
            // Identity would limit lengths by type; here texts are texts and the use cases say how long they may be.
            foreach (var property in entity.GetProperties().Where(p => p.ClrType == typeof(string))) property.SetMaxLength(null);
            foreach (var index in entity.GetIndexes().ToList()) entity.RemoveIndex(index);
        }
    }
}
