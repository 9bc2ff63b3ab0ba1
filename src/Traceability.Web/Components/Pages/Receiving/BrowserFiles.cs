using Microsoft.AspNetCore.Components.Forms;
using Traceability.Application.Receiving;
using Traceability.Domain.Files;

namespace Traceability.Web.Components.Pages.Receiving;

/// <summary>Reads files a person has chosen.</summary>
internal static class BrowserFiles
{
    /// <summary>The whole file in memory; the input has refused what is too large.</summary>
    public static async Task<FileInput> ReadAsync(this IBrowserFile file, CancellationToken ct)
    {
        await using var stream = file.OpenReadStream(StoredFile.MaxSize, ct);
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, ct);
        return new FileInput(file.Name, file.ContentType, content.ToArray());
    }
}
