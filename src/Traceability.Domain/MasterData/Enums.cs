namespace Traceability.Domain.MasterData;

/// <summary>What a material is in the chain from supplier to customer.</summary>
public enum MaterialKind { Raw, Packaging, Auxiliary, SemiFinished, Finished }

/// <summary>Whether a material is told apart by batch or by single unit (serial number).</summary>
public enum Tracking { Batch, Serial }

/// <summary>What a unit measures; units of one dimension convert into each other.</summary>
public enum UnitDimension { Mass, Volume, Length, Count, Time, Other }

/// <summary>What a location is for; stock at a line counts as in process, elsewhere as on hand.</summary>
public enum LocationKind { Warehouse, Line, Quarantine, Shipping }

public enum SupplierStatus { Approved, Suspended }

public enum EquipmentStatus { Available, Maintenance, Blocked }

public enum ReasonKind { Scrap, Rework, Hold, Adjust, Return, Reversal, Override, Deviation }
