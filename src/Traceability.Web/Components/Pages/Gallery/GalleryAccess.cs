using Traceability.Domain.Common;

namespace Traceability.Web.Components.Pages.Gallery;

/// <summary>Who may see the gallery: everybody while developing, else administrators.</summary>
internal static class GalleryAccess
{
    public static bool Allowed(IHostEnvironment environment, Visitor visitor) =>
        environment.IsDevelopment() || visitor.Can(Permission.ManageUsers);
}
