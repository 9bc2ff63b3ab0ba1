using System.Security.Cryptography;
using Microsoft.AspNetCore.Components.Web;

namespace Traceability.Web.Components.Layout;

/// <summary>Catches what no page expected, writes it to the log and gives the person a number to name when asking for help.</summary>
public sealed partial class PageBoundary(ILogger<PageBoundary> log) : ErrorBoundary
{
    /// <summary>Number under which the last exception stands in the log.</summary>
    public string Reference { get; private set; } = "";

    protected override Task OnErrorAsync(Exception exception)
    {
        Reference = RandomNumberGenerator.GetHexString(8);
        Unexpected(log, Reference, exception);
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Error, "Unexpected error {Reference} on a page")]
    private static partial void Unexpected(ILogger log, string reference, Exception exception);
}
