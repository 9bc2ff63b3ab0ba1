using System.Globalization;

namespace Traceability.Web.Verbs;

/// <summary>What <c>start</c> was asked for on the command line and in the environment.</summary>
public sealed record StartArguments
{
    /// <summary>Environment variable that decides about demo data where the command line does not: <c>true</c> or <c>false</c>.</summary>
    public const string DemoVariable = "TRACEABILITY_DEMO";

    /// <summary>Environment variable with the folder of this installation's files.</summary>
    public const string DataVariable = "TRACEABILITY_DATA";

    /// <summary>How to call it.</summary>
    public const string Usage = """
        Options:
          --port N              listen on this port (8080)
          --address A           listen on this address (127.0.0.1: this machine only)
          --empty               start without demo data; creates the first administrator
          --demo-today [DATE]   let the demo's story end today (or on DATE, yyyy-MM-dd) instead of on its own dates
          --reset               throw all data away and start over
          --data FOLDER         folder of data and settings (.data)
        Environment:
          TRACEABILITY_DB       connection string (owner or superuser) of a PostgreSQL server to use instead of the embedded one
        """;

    public int Port { get; init; } = 8080;

    public string Address { get; init; } = "127.0.0.1";

    public bool Demo { get; init; } = true;

    public DateOnly? DemoToday { get; init; }

    public bool Reset { get; init; }

    public string DataFolder { get; init; } = ".data";

    /// <summary>The address for a browser on this machine.</summary>
    public string Url => $"http://{(Address is "0.0.0.0" or "127.0.0.1" or "*" ? "localhost" : Address)}:{Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Reads the arguments.</summary>
    /// <param name="today">The current day, for <c>--demo-today</c> without a date.</param>
    /// <returns>The arguments, or what is wrong with them.</returns>
    public static (StartArguments? Arguments, string? Problem) Parse(
        IReadOnlyList<string> args, Func<string, string?> environment, DateOnly today)
    {
        var parsed = new StartArguments();
        if (environment(DataVariable) is { Length: > 0 } folder) parsed = parsed with { DataFolder = folder };
        if (environment(DemoVariable) is { Length: > 0 } demo)
        {
            if (!bool.TryParse(demo, out var wanted)) return (null, $"{DemoVariable} must be true or false, not '{demo}'.");
            parsed = parsed with { Demo = wanted };
        }

        for (var i = 0; i < args.Count; i++)
        {
            var value = i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? args[i + 1] : null;
            switch (args[i])
            {
                case "--empty":
                    parsed = parsed with { Demo = false };
                    continue;
                case "--reset":
                    parsed = parsed with { Reset = true };
                    continue;
                case "--demo-today" when value is null:
                    parsed = parsed with { Demo = true, DemoToday = today };
                    continue;
                case "--demo-today":
                    if (!DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                        return (null, $"--demo-today needs a date like 2026-04-09, not '{value}'.");
                    parsed = parsed with { Demo = true, DemoToday = day };
                    break;
                case "--port":
                    if (!ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
                        return (null, $"--port needs a number from 1 to 65535, not '{value}'.");
                    parsed = parsed with { Port = port };
                    break;
                case "--address" when value is not null:
                    parsed = parsed with { Address = value };
                    break;
                case "--data" when value is not null:
                    parsed = parsed with { DataFolder = value };
                    break;
                case "--address" or "--data":
                    return (null, $"{args[i]} needs a value.");
                default:
                    return (null, $"Unknown option '{args[i]}'.");
            }
            i++; // the value
        }
        return (parsed with { DataFolder = Path.GetFullPath(parsed.DataFolder) }, null);
    }
}
