using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Traceability.Domain.Common;

namespace Traceability.Data.Conventions;

/// <summary>An enum kept as its snake_case name, so that a row can be read by people and by SQL.</summary>
public sealed class EnumTextConverter<TEnum>() : ValueConverter<TEnum, string>(v => Naming.Text(v), t => Naming.Value<TEnum>(t)) where TEnum : struct, Enum;

/// <summary>
/// Maps every <see cref="Entity"/> of the domain by rule: table and columns in snake_case, enums as text, ids from the table's
/// sequence (so that an id is known before the insert), foreign keys from property names or <see cref="ReferencesAttribute"/>.
/// </summary>
internal static class ModelConventions
{
    public const string Schema = "trace";

    public static void MapDomain(this ModelBuilder model)
    {
        var types = typeof(Entity).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsSubclassOf(typeof(Entity))).ToList();
        var byName = types.ToDictionary(t => t.Name);
        foreach (var type in types)
        {
            var table = Naming.Snake(type.Name);
            var entity = model.Entity(type);
            entity.ToTable(table, Schema);
            entity.Property(nameof(Entity.Id)).UseHiLo($"{table}_id_seq", Schema);
            if (type.IsSubclassOf(typeof(EditableEntity))) entity.Property(nameof(EditableEntity.Version)).IsRowVersion();
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.PropertyType == typeof(long) || p.PropertyType == typeof(long?)))
            {
                var principal = property.GetCustomAttribute<ReferencesAttribute>()?.Type
                    ?? (property.Name.EndsWith("Id", StringComparison.Ordinal) && property.Name.Length > 2 ? byName.GetValueOrDefault(property.Name[..^2]) : null);
                if (principal is null) continue;
                // Reference only: there are no navigation properties, so nothing can be loaded by accident.
                entity.HasOne(principal).WithMany().HasForeignKey(property.Name).OnDelete(DeleteBehavior.ClientNoAction);
            }
        }
    }

    public static void NameColumns(this ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                // The row version is a system column; a record's own version number is a column like any other.
                if (property.Name == nameof(EditableEntity.Version) && property.IsConcurrencyToken) continue;
                property.SetColumnName(Naming.Snake(property.Name));
            }

            foreach (var index in entity.GetIndexes().ToList()) entity.RemoveIndex(index);
        }
    }

    public static void UseEnumTexts(this ModelConfigurationBuilder configuration)
    {
        var enums = typeof(Entity).Assembly.GetTypes().Where(t => t.IsEnum);
        foreach (var type in enums) configuration.Properties(type).HaveConversion(typeof(EnumTextConverter<>).MakeGenericType(type));
        configuration.Properties<decimal>().HavePrecision(18, 6);
    }
}
