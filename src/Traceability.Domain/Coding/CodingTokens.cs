using Traceability.Domain.MasterData;

namespace Traceability.Domain.Coding;

/// <summary>Which tokens stand for something in which kind of record.</summary>
public static class CodingTokens
{
    private static readonly string[] Everywhere = ["yyMMdd", "yyyyMMdd", "yyMM", "yy", "n", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9", "P", "C"];

    /// <summary>The tokens a rule may use, without braces; the day, the running number, the plant and the check character always.</summary>
    /// <param name="kind">The kind of material a batch rule is narrowed to.</param>
    public static IReadOnlyList<string> For(CodedRecord record, MaterialKind? kind = null) => record switch
    {
        // Only what is produced comes from a line.
        CodedRecord.Batch when kind is MaterialKind.SemiFinished or MaterialKind.Finished => [.. Everywhere, "T", "ITEM", "SKU", "L"],
        CodedRecord.Batch => [.. Everywhere, "T", "ITEM", "SKU"],
        CodedRecord.BatchPart => [.. Everywhere, "PARENT"],
        CodedRecord.WorkOrder => [.. Everywhere, "T", "ITEM", "SKU", "L"],
        CodedRecord.Deviation => [.. Everywhere, "T"],
        _ => Everywhere,
    };
}
