namespace Traceability.Application.Demo;

/// <summary>Fills a new installation with a demo factory. Called once, on an empty, migrated database.</summary>
public interface IDemoFactory
{
    /// <summary>Writes the demo factory. An interrupted call is repeated from the beginning on an emptied database.</summary>
    Task SeedAsync(DemoRequest request, IProgress<DemoProgress> progress, CancellationToken ct);

    /// <summary>Who can sign in to the demo, as told to the person who starts it; empty when the database holds no demo.</summary>
    Task<IReadOnlyList<DemoSignIn>> SignInsAsync(CancellationToken ct);

    /// <summary>Writes the file that tells scripts how to reach the demo: address, a manager's API key, sign-ins.</summary>
    /// <param name="dataFolder">Folder of this installation's files.</param>
    /// <param name="url">Where it can be reached now.</param>
    /// <returns>The file's path; null when the database holds no demo.</returns>
    Task<string?> WriteAccessAsync(string dataFolder, string url, CancellationToken ct);
}

/// <summary>What the demo should be like.</summary>
/// <param name="Today">The day on which the demo's story ends: its dates are moved there. Null keeps the dates of the story.</param>
/// <param name="DataFolder">Folder of this installation's files; null where there is none (a server of its own is used).</param>
public sealed record DemoRequest(DateOnly? Today, string? DataFolder);

/// <summary>How far seeding is.</summary>
/// <param name="Done">Share that is done, 0 to 1.</param>
/// <param name="Step">What is being written, in a few words.</param>
public sealed record DemoProgress(double Done, string Step);

/// <summary>One account of the demo.</summary>
public sealed record DemoSignIn(string UserName, string Password, string Role);
