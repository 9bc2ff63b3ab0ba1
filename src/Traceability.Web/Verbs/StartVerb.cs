using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Traceability.Application.Demo;
using Traceability.Application.Setup;
using Traceability.Application.Users;
using Traceability.Web.Hosting;

namespace Traceability.Web.Verbs;

/// <summary>
/// <c>start</c>: database, migrations, demo data or first administrator, then the web server, until it is told to stop.
/// </summary>
internal static class StartVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (Verb.Read(args) is not { } arguments) return 2;
        using var interrupted = new Interruption();
        var watch = Stopwatch.StartNew();
        if (PortProblem(arguments) is { } taken)
        {
            await Console.Error.WriteLineAsync(taken);
            return 1;
        }

        try
        {
            // What the thrown-away demo told about itself must not outlive it.
            if (arguments.Reset) File.Delete(Path.Combine(arguments.DataFolder, "demo.json"));
            await using var database = await ProductDatabase.OpenAsync(Verb.DatabaseOptions(arguments), interrupted.Token);
            await using var app = ProductHost.BuildForStart(arguments, database.ApplicationConnectionString);
            var demo = app.Services.GetService<IDemoFactory>();
            var administrator = await FirstStartAsync(arguments, database, demo, interrupted.Token);
            await app.StartAsync(interrupted.Token);
            await AnnounceAsync(arguments, demo, administrator, watch.Elapsed, interrupted.Token);
            await app.WaitForShutdownAsync(interrupted.Token);
            return 0;
        }
        catch (OperationCanceledException) when (interrupted.Token.IsCancellationRequested)
        {
            return 130; // stopped before it was up; everything that had been started is stopped in order
        }
        finally
        {
            Console.WriteLine("Stopped.");
        }
    }

    private static async Task<FirstAdministrator?> FirstStartAsync(
        StartArguments arguments, ProductDatabase database, IDemoFactory? demo, CancellationToken ct)
    {
        if (!await database.IsNewAsync(ct)) return null;
        if (arguments.Demo && demo is not null)
        {
            Console.WriteLine("First start: building the demo factory");
            using var line = new ProgressLine(Console.Out, redraw: !Console.IsOutputRedirected);
            await database.FillAsync(token => demo.SeedAsync(new DemoRequest(arguments.DemoToday, arguments.DataFolder), line, token), ct);
            return null;
        }
        if (arguments.Demo) Console.WriteLine("This build carries no demo factory; starting empty.");
        return await database.CreateFirstAdministratorAsync(ct);
    }

    private static async Task AnnounceAsync(
        StartArguments arguments, IDemoFactory? demo, FirstAdministrator? administrator, TimeSpan took, CancellationToken ct)
    {
        // Before a script that waits for the line below can ask for it.
        var access = demo is null ? null : await demo.WriteAccessAsync(arguments.DataFolder, arguments.Url, ct);
        Console.WriteLine();
        Console.WriteLine($"  Traceability is ready at {arguments.Url}  ({took.TotalSeconds:0.0} s)");
        if (administrator is not null)
        {
            Console.WriteLine($"  First administrator: {administrator.UserName}   one-time password: {administrator.OneTimePassword}");
            Console.WriteLine("  The password is shown this once and has to be changed at the first sign-in.");
        }
        if (demo is not null)
        {
            var signIns = await demo.SignInsAsync(ct);
            if (signIns.Count > 0) Console.WriteLine("  Demo sign-ins:");
            foreach (var signIn in signIns) Console.WriteLine($"    {signIn.UserName,-12} {signIn.Password,-20} {signIn.Role}");
            if (access is not null) Console.WriteLine($"  For scripts: {access}");
        }
        Console.WriteLine("  Ctrl-C stops it.");
        Console.WriteLine();
    }

    /// <summary>Asked before anything is started: a second start on a taken port should say so at once, and leave no trace.</summary>
    private static string? PortProblem(StartArguments arguments)
    {
        if (!IPAddress.TryParse(arguments.Address, out var address)) return $"--address needs an IP address, not '{arguments.Address}'.";
        using var probe = new TcpListener(address, arguments.Port);
        try
        {
            probe.Start();
            return null;
        }
        catch (SocketException refused)
        {
            return $"Port {arguments.Port} cannot be used ({refused.Message}). Is the product running already? Another port: --port N";
        }
    }
}
