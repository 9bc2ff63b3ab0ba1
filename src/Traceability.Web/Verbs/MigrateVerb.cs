using Traceability.Application.Setup;

namespace Traceability.Web.Verbs;

/// <summary><c>migrate</c>: brings the database to the current schema and ends; for deployments that do this in a step of its own.</summary>
internal static class MigrateVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (Verb.Read(args) is not { } arguments) return 2;
        using var interrupted = new Interruption();
        await using var database = await ProductDatabase.OpenAsync(Verb.DatabaseOptions(arguments), interrupted.Token);
        Console.WriteLine(database.Migrated.Count == 0 ? "The database is up to date." : $"Migrated: {string.Join(", ", database.Migrated)}");
        return 0;
    }
}
