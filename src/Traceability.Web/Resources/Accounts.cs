namespace Traceability.Web.Resources;

/// <summary>Texts of signing in and of one's own account.</summary>
public sealed class Accounts;
