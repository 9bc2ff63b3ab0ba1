using Traceability.Application.Setup;

namespace Traceability.Web.Verbs;

/// <summary>
/// The program's verbs: <c>start</c> (everything needed to use the product), <c>migrate</c> (bring the database up to date and end).
/// Without a verb it serves only, on the database the configuration names.
/// </summary>
public static class Verb
{
    /// <summary>Runs what the arguments ask for.</summary>
    /// <returns>The process's exit code: 0 done, 1 failed, 2 called wrongly.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            switch (args)
            {
                case ["start", .. var rest]:
                    return await StartVerb.RunAsync(rest);
                case ["migrate", .. var rest]:
                    return await MigrateVerb.RunAsync(rest);
                case ["help" or "--help" or "-h", ..]:
                    Console.WriteLine($"Verbs: start, migrate\n{StartArguments.Usage}");
                    return 0;
                case [['a' or > 'a' and <= 'z', ..] unknown, ..]:
                    await Console.Error.WriteLineAsync($"Unknown verb '{unknown}'. Verbs: start, migrate");
                    return 2;
                default:
                    await using (var app = Hosting.ProductHost.Build(args)) await app.RunAsync();
                    return 0;
            }
        }
        catch (ProductDatabaseException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }

    /// <summary>The database named by the environment, else the embedded one in the data folder.</summary>
    internal static ProductDatabaseOptions DatabaseOptions(StartArguments arguments) => new()
    {
        Owner = Environment.GetEnvironmentVariable(ProductDatabaseOptions.OwnerVariable) is { Length: > 0 } owner ? owner : null,
        ApplicationPassword = Environment.GetEnvironmentVariable(ProductDatabaseOptions.ApplicationPasswordVariable),
        DataFolder = arguments.DataFolder,
        Reset = arguments.Reset,
        Log = line => Console.WriteLine($"database: {line}"),
    };

    /// <summary>Reads the arguments of a verb; says what is wrong with them.</summary>
    internal static StartArguments? Read(string[] args)
    {
        var (arguments, problem) = StartArguments.Parse(
            args, Environment.GetEnvironmentVariable, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().Date));
        if (problem is not null) Console.Error.WriteLine($"{problem}\n{StartArguments.Usage}");
        return arguments;
    }
}
