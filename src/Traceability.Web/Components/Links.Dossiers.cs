namespace Traceability.Web.Components;

public static partial class Links
{
    /// <summary>Dossiers of one batch.</summary>
    public static string DossiersOf(string batchCode) => With(Dossiers, ("q", batchCode));

    /// <summary>The file of a dossier: shown in the browser, or saved.</summary>
    public static string DossierFile(long id, bool save = false) => With($"/api/v1/dossiers/{id}/pdf", ("download", save ? "true" : null));

    /// <summary>The public page that vouches for a dossier.</summary>
    public static string Verify(string token) => $"/verify/{token}";
}
