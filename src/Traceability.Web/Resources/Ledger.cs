namespace Traceability.Web.Resources;

/// <summary>Texts of refusals by the material ledger, of codes and of files.</summary>
public sealed class Ledger;
