namespace Traceability.Application.Setup;

/// <summary>Which database the product uses.</summary>
public sealed record ProductDatabaseOptions
{
    /// <summary>Names the connection string of the owner (or a superuser) of a database on a server of one's own.</summary>
    public const string OwnerVariable = "TRACEABILITY_DB";

    /// <summary>Names the password of the product's own role on such a server; by default it is derived from the owner's.</summary>
    public const string ApplicationPasswordVariable = "TRACEABILITY_APP_PASSWORD";

    /// <summary>Connection string of a server of one's own; null for the embedded one.</summary>
    public string? Owner { get; init; }

    /// <summary>Password of the product's role; null to derive it.</summary>
    public string? ApplicationPassword { get; init; }

    /// <summary>Folder of this installation's files.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Throw everything away first. Only possible with the embedded server.</summary>
    public bool Reset { get; init; }

    /// <summary>Receives a line of plain text about each thing worth knowing.</summary>
    public Action<string> Log { get; init; } = static _ => { };
}

/// <summary>The database cannot be used the way it was asked for; the message says why and what to do.</summary>
public sealed class ProductDatabaseException(string message, Exception? inner = null) : Exception(message, inner);
