namespace Traceability.Web.Setup;

/// <summary>The address under which people outside reach this installation: it is printed in documents as a QR code.</summary>
public sealed class PublicAddress(IConfiguration configuration)
{
    /// <summary>Name of the setting; without it the address the caller used is taken.</summary>
    public const string Setting = "Traceability:PublicUrl";

    /// <param name="own">The address the caller used.</param>
    public Uri Of(string own) => Uri.TryCreate(configuration[Setting], UriKind.Absolute, out var set) && set.Scheme is "http" or "https" ? set : new Uri(own);

    public Uri Of(HttpRequest request) => Of($"{request.Scheme}://{request.Host}/");
}
