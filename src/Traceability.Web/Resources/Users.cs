namespace Traceability.Web.Resources;

/// <summary>Marker of the texts of accounts, roles and keys.</summary>
public sealed class Users;
