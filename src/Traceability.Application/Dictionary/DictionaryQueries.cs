using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Traceability.Data;
using Traceability.Data.Conventions;
using Traceability.Domain.Common;

namespace Traceability.Application.Dictionary;

/// <summary>How the values of a field look.</summary>
public enum FieldFormat { Text, WholeNumber, Quantity, YesNo, Day, Moment, Choice, Reference, File }

/// <summary>The department that answers for a record's meaning.</summary>
public enum FieldOwner { Purchasing, Warehouse, Production, Quality, Sales, Administration }

/// <summary>One field of one record, as the whole factory understands it.</summary>
/// <param name="Record">Table, e.g. <c>batch</c>.</param>
/// <param name="Field">Column; record and field together exist once, the database sees to that.</param>
/// <param name="Choices">The values a choice can have, as stored.</param>
/// <param name="References">The record a reference points to.</param>
public sealed record FieldView(string Record, string Field, FieldFormat Format, bool Required, int? Decimals, IReadOnlyList<string> Choices, string? References, FieldOwner Owner);

/// <summary>The data dictionary: generated from the model the program runs on, so it cannot differ from it.</summary>
public sealed class DictionaryQueries(TraceDatabase database)
{
    private static readonly Dictionary<string, FieldOwner> Owners = new(StringComparer.Ordinal)
    {
        ["Receiving"] = FieldOwner.Purchasing, ["Batches"] = FieldOwner.Warehouse, ["Ledger"] = FieldOwner.Warehouse, ["Inventory"] = FieldOwner.Warehouse, ["Files"] = FieldOwner.Quality,
        ["WorkOrders"] = FieldOwner.Production, ["Operations"] = FieldOwner.Production, ["Boms"] = FieldOwner.Production, ["Routings"] = FieldOwner.Production,
        ["Engineering"] = FieldOwner.Production, ["Quality"] = FieldOwner.Quality, ["Holds"] = FieldOwner.Quality, ["Dossiers"] = FieldOwner.Quality, ["Shipments"] = FieldOwner.Sales,
    };

    /// <summary>Every field of every record, in the order of the tables and columns.</summary>
    public Result<IReadOnlyList<FieldView>> Fields(Actor actor)
    {
        if (actor.Demand(Permission.ViewMasterData) is { } forbidden) return forbidden;
        using var db = database.Read();
        return db.Model.GetEntityTypes().OrderBy(e => e.GetTableName(), StringComparer.Ordinal).SelectMany(FieldsOf).ToList();
    }

    private static IEnumerable<FieldView> FieldsOf(IEntityType entity)
    {
        var owner = Owners.GetValueOrDefault(entity.ClrType.Namespace!.Split('.')[^1], FieldOwner.Administration);
        // The row version and the transaction id are the database's own business.
        return entity.GetProperties().Where(p => p.Name is not (nameof(EditableEntity.Version) or "Xid") || (p.Name == nameof(EditableEntity.Version) && p.ClrType == typeof(int)))
            .Select(p => new FieldView(entity.GetTableName()!, p.GetColumnName(), FormatOf(p), !p.IsNullable, DecimalsOf(p), ChoicesOf(p), p.GetContainingForeignKeys().FirstOrDefault()?.PrincipalEntityType.GetTableName(), owner));
    }

    private static FieldFormat FormatOf(IProperty property)
    {
        var type = Bare(property);
        return property.IsForeignKey() ? FieldFormat.Reference
            : type.IsEnum ? FieldFormat.Choice
            : type == typeof(bool) ? FieldFormat.YesNo
            : type == typeof(decimal) || type == typeof(double) ? FieldFormat.Quantity
            : type == typeof(int) || type == typeof(long) ? FieldFormat.WholeNumber
            : type == typeof(DateOnly) ? FieldFormat.Day
            : type == typeof(DateTimeOffset) ? FieldFormat.Moment
            : type == typeof(byte[]) ? FieldFormat.File
            : FieldFormat.Text;
    }

    private static Type Bare(IProperty property) => Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;

    private static int? DecimalsOf(IProperty property) => Bare(property) == typeof(decimal) ? property.GetScale() ?? Check.QuantityScale : null;

    private static IReadOnlyList<string> ChoicesOf(IProperty property) => Bare(property) is { IsEnum: true } type ? [.. Enum.GetNames(type).Select(Naming.Snake)] : [];
}
