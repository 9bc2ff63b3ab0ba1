using System.Globalization;
using System.Text;

namespace Traceability.Web.Components.Ui;

/// <summary>Reads a day or time as people type it: <c>2026-3-26</c>, <c>20260326</c>, <c>2026/03/26 14:05</c>.</summary>
public static class DateText
{
    private static readonly string[] Patterns =
    [
        "yyyy-M-d H:m", "yyyy-M-d H:m:s", "yyyy-M-d", "yyyyMMdd", "yyyyMMdd HHmm", "yyyyMMddHHmm",
    ];

    public static bool TryRead(string? text, out DateTime moment)
    {
        var plain = (text ?? "").Normalize(NormalizationForm.FormKC).Replace('/', '-').Replace('.', '-')
            .Replace('年', '-').Replace('月', '-').Replace("日", "").Trim();
        return DateTime.TryParseExact(plain, Patterns, CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out moment);
    }
}
