namespace Traceability.Domain.Common;

/// <summary>A stored record with a bigint identity that is known as soon as the record is added to a context.</summary>
public abstract class Entity
{
    public long Id { get; private set; }
}

/// <summary>
/// A record people edit in a form. <see cref="Version"/> lets a late save of an old copy be refused instead of overwriting.
/// </summary>
public abstract class EditableEntity : Entity
{
    /// <summary>Row version given by the database.</summary>
    public uint Version { get; private set; }
}

/// <summary>Names the record a foreign-key property points to when the property's name does not.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReferencesAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}
