using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Traceability.EndToEnd.Tests;

/// <summary>The real product as a process of its own, as <c>./run</c> starts it.</summary>
internal sealed class ProductProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private bool disposed;

    private ProductProcess(Process process, int port)
    {
        this.process = process;
        Url = $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
    }

    public string Url { get; }

    /// <summary>Everything it has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    /// <summary>Starts it on a data folder and waits until it says it is ready.</summary>
    public static async Task<ProductProcess> StartAsync(string dataFolder, params string[] arguments)
    {
        var port = FreePort();
        var program = Path.Combine(AppContext.BaseDirectory, "Traceability.Web.dll");
        var start = new ProcessStartInfo("dotnet", [program, "start", "--data", dataFolder, "--port", port.ToString(CultureInfo.InvariantCulture), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("TRACEABILITY_DB");
        var product = new ProductProcess(Process.Start(start)!, port);
        product.process.OutputDataReceived += (_, e) => product.Keep(e.Data);
        product.process.ErrorDataReceived += (_, e) => product.Keep(e.Data);
        product.process.BeginOutputReadLine();
        product.process.BeginErrorReadLine();
        using var client = new HttpClient();
        for (var i = 0; i < 600 && !product.process.HasExited; i++)
        {
            try
            {
                if ((await client.GetAsync($"{product.Url}/health/ready")).IsSuccessStatusCode) return product;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(200);
        }

        var printed = product.Output;
        await product.DisposeAsync();
        throw new InvalidOperationException($"The product did not become ready:\n{printed}");
    }

    /// <summary>kill -9: no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Ends it in order where it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        if (!process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await terminate.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }
        }

        process.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private void Keep(string? line)
    {
        lock (output) output.AppendLine(line);
    }
}
