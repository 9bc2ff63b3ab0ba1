namespace Traceability.Data.Embedded;

/// <summary>How the product's own PostgreSQL server is to be run.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>
    /// Folder of this server's data, password and logs; created when missing. When the current user is root and the unprivileged
    /// user cannot reach it (a folder above it is closed), the data live under <c>/var/lib/traceability</c> instead:
    /// <see cref="EmbeddedPostgres.DataFolder"/> says where.
    /// </summary>
    public required string DataFolder { get; init; }

    /// <summary>The TCP port to insist on; by default a free one is chosen once and kept for as long as it stays free.</summary>
    public int? Port { get; init; }

    /// <summary>
    /// Trades durability for speed (fsync, synchronous commit and full-page writes off). For throw-away test data only: a power
    /// cut may destroy the whole cluster.
    /// </summary>
    public bool Fast { get; init; }

    /// <summary>Folder with PostgreSQL's <c>bin</c>, <c>lib</c> and <c>share</c>; by default the npm package of this machine's platform is looked up.</summary>
    public string? ProgramsFolder { get; init; }

    /// <summary>The longest a start may take, crash recovery included.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Receives one line of plain text about each thing worth knowing (start, recovery, restart, stop).</summary>
    public Action<string> Log { get; init; } = static _ => { };
}

/// <summary>The product's own PostgreSQL server could not be started, reached or stopped; the message says why and what to do.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? inner = null) : Exception(message, inner);
