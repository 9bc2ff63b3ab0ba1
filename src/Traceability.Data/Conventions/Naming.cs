using System.Text;

namespace Traceability.Data.Conventions;

/// <summary>The one rule by which names in code become names in the database.</summary>
public static class Naming
{
    /// <summary>WorkOrderStep → work_order_step, LimitBigM → limit_big_m, Sha256 → sha256.</summary>
    public static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary>The stored text of an enum value, e.g. semi_finished.</summary>
    public static string Text<TEnum>(TEnum value) where TEnum : struct, Enum => EnumTexts<TEnum>.ToText[value];

    /// <summary>The enum value of a stored text; throws on a text no value has.</summary>
    public static TEnum Value<TEnum>(string text) where TEnum : struct, Enum => EnumTexts<TEnum>.FromText[text];

    private static class EnumTexts<TEnum> where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> ToText = Enum.GetValues<TEnum>().ToDictionary(v => v, v => Snake(v.ToString()));
        public static readonly Dictionary<string, TEnum> FromText = ToText.ToDictionary(p => p.Value, p => p.Key);
    }
}
