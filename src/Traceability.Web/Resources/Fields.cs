namespace Traceability.Web.Resources;

/// <summary>Marker of the names of records and fields: the words of the data dictionary and the audit trail.</summary>
public sealed class Fields;
