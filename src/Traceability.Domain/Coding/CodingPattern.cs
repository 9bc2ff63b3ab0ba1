using System.Globalization;
using System.Text;
using Traceability.Domain.Common;

namespace Traceability.Domain.Coding;

/// <summary>What the tokens of a pattern stand for in one code.</summary>
/// <param name="Day">The day of the record, in the plant's zone.</param>
public sealed record CodingValues(DateOnly Day, string? Type = null, string? Item = null, string? Line = null, string? Plant = null, string? Parent = null);

/// <summary>
/// A parsed coding rule. Tokens: {T} record type, {ITEM} (also {SKU}) the material's short code, {yyMMdd} {yyyyMMdd} {yyMM}
/// {yy} the day, {L} line, {P} plant, {PARENT} code of the batch split from, {n} or {n2}…{n9} running number (padded to that
/// many digits), {C} check character (ISO 7064 MOD 37-2). Everything else is literal.
/// The running number starts again for every value of the rest of the code.
/// </summary>
public sealed class CodingPattern
{
    private const string CheckAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";
    private static readonly string[] DayTokens = ["yyMMdd", "yyyyMMdd", "yyMM", "yy"];
    private readonly List<(bool IsToken, string Text)> parts;

    private CodingPattern(List<(bool, string)> parts) => this.parts = parts;

    /// <summary>The pattern has a running number, so the same record can be made any number of times.</summary>
    public bool HasSequence => parts.Any(p => p.IsToken && IsSequence(p.Text));

    /// <summary>The tokens in the order they stand, without braces.</summary>
    public IReadOnlyList<string> Tokens => [.. parts.Where(p => p.IsToken).Select(p => p.Text)];

    /// <summary>Reads a pattern; refuses unknown tokens, lone braces, and one that could not tell two records apart.</summary>
    public static Result<CodingPattern> Parse(string? pattern)
    {
        if (string.IsNullOrWhiteSpace(pattern)) return CodingErrors.BadPattern.With(pattern);
        if (pattern.Length > 80) return CodingErrors.TooLong.With(80);
        var parts = new List<(bool, string)>();
        var position = 0;
        while (position < pattern.Length)
        {
            if (pattern[position] == '}') return CodingErrors.BadPattern.With(pattern);
            if (pattern[position] == '{')
            {
                var end = pattern.IndexOf('}', position);
                if (end < 0) return CodingErrors.BadPattern.With(pattern);
                var token = pattern[(position + 1)..end];
                if (token is not ("T" or "ITEM" or "SKU" or "L" or "P" or "PARENT" or "C") && !DayTokens.Contains(token) && !IsSequence(token))
                    return CodingErrors.UnknownToken.With("{" + token + "}");
                parts.Add((true, token));
                position = end + 1;
                continue;
            }

            var next = pattern.AsSpan(position).IndexOfAny('{', '}');
            var literal = next < 0 ? pattern[position..] : pattern.Substring(position, next);
            if (literal.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '/' or '\\' or '?' or '#' or '%')) return CodingErrors.BadPattern.With(pattern);
            parts.Add((false, literal));
            position += literal.Length;
        }

        var result = new CodingPattern(parts);
        return result.HasSequence || parts.Any(p => p is (true, "L")) ? result : CodingErrors.NoDistinction;
    }

    /// <summary>What the running number counts within: the code with the number left out.</summary>
    public Result<string> Scope(CodingValues values) => Render(values, null);

    /// <summary>The code with this running number.</summary>
    public Result<string> Format(CodingValues values, long sequence) => Render(values, sequence);

    private Result<string> Render(CodingValues values, long? sequence)
    {
        var code = new StringBuilder();
        foreach (var (isToken, text) in parts)
        {
            if (!isToken)
            {
                code.Append(text);
                continue;
            }

            var value = text switch
            {
                "T" => values.Type,
                "ITEM" or "SKU" => values.Item,
                "L" => values.Line,
                "P" => values.Plant,
                "PARENT" => values.Parent,
                "C" => sequence is null ? "" : CheckCharacter(code.ToString()).ToString(),
                _ when IsSequence(text) => sequence is null ? "#" : Number(text, sequence.Value),
                _ => values.Day.ToString(text, CultureInfo.InvariantCulture),
            };
            if (value is null) return text == "L" || text == "ITEM" || text == "SKU" || text == "PARENT" || text == "P" || text == "T"
                    ? CodingErrors.MissingValue.With("{" + text + "}")
                    : CodingErrors.SequenceExhausted.With("{" + text + "}");
            code.Append(value);
        }

        return code.ToString().ToUpperInvariant();
    }

    /// <summary>ISO 7064 MOD 37-2 over letters and digits (other characters are skipped).</summary>
    public static char CheckCharacter(string text)
    {
        var sum = 0;
        foreach (var c in text.ToUpperInvariant())
        {
            var value = CheckAlphabet.IndexOf(c, StringComparison.Ordinal);
            if (value is < 0 or > 35) continue;
            sum = (sum + value) * 2 % 37;
        }

        return CheckAlphabet[(38 - sum) % 37];
    }

    private static bool IsSequence(string token) => token is ['n'] or ['n', >= '1' and <= '9'];

    private static string? Number(string token, long value)
    {
        if (token.Length == 1) return value.ToString(CultureInfo.InvariantCulture);
        var text = value.ToString("D" + token[1], CultureInfo.InvariantCulture);
        return text.Length > token[1] - '0' ? null : text;
    }
}
