using System.Globalization;
using System.Text;

namespace Traceability.Web.Components.Ui;

/// <summary>Reads a number as people type it: full-width digits of a Chinese keyboard, thousands with comma or space.</summary>
public static class NumberText
{
    /// <summary>True with the number, or with null for an empty text; false when it is no number.</summary>
    public static bool TryRead(string? text, out decimal? number)
    {
        number = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        var plain = text.Normalize(NormalizationForm.FormKC).Replace('。', '.').Replace(" ", "").Replace(Formats.ThinSpace.ToString(), "");
        if (!decimal.TryParse(plain, NumberStyles.Number, CultureInfo.InvariantCulture, out var read)) return false;
        number = read;
        return true;
    }
}
