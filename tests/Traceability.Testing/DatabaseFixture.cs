using Xunit;

namespace Traceability.Testing;

/// <summary>xunit class fixture: one <see cref="TestDatabase"/> for all tests of a class.</summary>
public class DatabaseFixture : IAsyncLifetime
{
    private TestDatabase? _database;

    /// <summary>The class's database.</summary>
    public TestDatabase Database => _database ?? throw new InvalidOperationException("The fixture has not been initialised.");

    /// <summary>Connection as the owner, who may change the schema and look at everything.</summary>
    public string OwnerConnectionString => Database.OwnerConnectionString;

    /// <summary>Connection as the role the product itself uses.</summary>
    public string AppConnectionString => Database.AppConnectionString;

    /// <inheritdoc />
    public virtual async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
