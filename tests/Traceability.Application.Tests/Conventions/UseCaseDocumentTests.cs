using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Traceability.Domain.Common;
using Xunit;

namespace Traceability.Application.Tests.Conventions;

/// <summary>
/// docs/use-cases.md lists every use case with its permission, its audit action and its refusals, and stays true: it is derived from
/// the sources and compared. With <c>TRACEABILITY_WRITE_DOCS=1</c> it is written instead.
/// </summary>
public sealed partial class UseCaseDocumentTests
{
    [Fact]
    public void The_document_says_what_the_use_cases_do()
    {
        var root = Root();
        var file = Path.Combine(root, "docs", "use-cases.md");
        var derived = Derive(Path.Combine(root, "src", "Traceability.Application"));
        if (Environment.GetEnvironmentVariable("TRACEABILITY_WRITE_DOCS") == "1") File.WriteAllText(file, derived);
        Assert.Equal(derived, File.ReadAllText(file));
    }

    [Fact]
    public void Every_use_case_demands_a_permission_and_names_itself()
    {
        var incomplete = UseCases(Path.Combine(Root(), "src", "Traceability.Application"))
            // Signing in, proving who one is and changing one's own password need no permission.
            .Where(u => u.Feature != "Users" || u.Permissions.Count > 0)
            .Where(u => u.Permissions.Count == 0 || u.Actions.Count == 0).Select(u => u.Name);
        Assert.Empty(incomplete);
    }

    private static string Derive(string application)
    {
        var codes = Codes();
        var text = new StringBuilder("# Use cases\n\nDerived from the sources; a test keeps it true. Each use case is one class, `<Name>Handler`, in `Application/<feature>`.\nBesides its own refusals a use case can answer with those of the material ledger (`ledger.*`, `batch.*`) and of the coding rules (`coding.*`).\n");
        foreach (var feature in UseCases(application).GroupBy(u => u.Feature))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {feature.Key}\n\n| use case | what it does | permission | audit action | refusals |\n|---|---|---|---|---|\n");
            foreach (var useCase in feature)
            {
                var refusals = useCase.Errors.Select(e => codes.TryGetValue(e, out var code) ? $"`{code}`" : null).OfType<string>().Distinct().Order(StringComparer.Ordinal);
                text.Append(CultureInfo.InvariantCulture, $"| {useCase.Name} | {useCase.Summary} | {string.Join(", ", useCase.Permissions)} | {string.Join(", ", useCase.Actions.Select(a => $"`{a}`"))} | {string.Join(" ", refusals)} |\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<UseCase> UseCases(string application) =>
        from file in Directory.EnumerateFiles(application, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let path = Path.GetRelativePath(application, file).Replace('\\', '/')
        where !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal)
        let source = File.ReadAllText(file)
        from Match match in HandlerPattern().Matches(source)
        let name = match.Groups[1].Value
        let next = HandlerPattern().Match(source, match.Index + match.Length)
        let end = source.IndexOf("\npublic static class ", match.Index, StringComparison.Ordinal)
        let body = source[match.Index..Math.Min(next.Success ? next.Index : source.Length, end < 0 ? source.Length : end)]
        where body.Contains("HandleAsync(", StringComparison.Ordinal)
        orderby path.Split('/')[0], name
        select new UseCase(path.Split('/')[0], name, SummaryOf(source, name),
            // The forms of master data share one way of saving, which demands the permission.
            [.. PermissionPattern().Matches(body).Select(m => m.Groups[1].Value).Concat(body.Contains("SaveMasterDataAsync(", StringComparison.Ordinal) ? [nameof(Permission.EditMasterData)] : []).Distinct()],
            [.. ActionPattern().Matches(body).Select(m => m.Groups[1].Value).Distinct()],
            [.. ErrorPattern().Matches(body).Select(m => m.Value).Distinct()]);

    private static string SummaryOf(string source, string name)
    {
        var match = Regex.Match(source, $@"/// <summary>\s*((?:(?!</summary>).)*?)\s*</summary>[^\n]*\n(?:\s*(?:///|\[)[^\n]*\n)*\s*public [a-z ]*record {name}\b", RegexOptions.Singleline);
        if (!match.Success) return "";
        var plain = Regex.Replace(match.Groups[1].Value, @"\s*///\s*", " ");
        return Regex.Replace(plain, "<[^>]*\"([^\"]*)\"[^>]*/>", "`$1`").Replace("<c>", "`", StringComparison.Ordinal).Replace("</c>", "`", StringComparison.Ordinal).Replace("|", "/", StringComparison.Ordinal).Trim();
    }

    private static Dictionary<string, string> Codes() =>
        new[] { typeof(Error).Assembly, typeof(Application.Setup.ApplicationSetup).Assembly }.SelectMany(a => a.GetTypes())
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)).Where(f => f.FieldType == typeof(Error))
            .ToDictionary(f => $"{f.DeclaringType!.Name}.{f.Name}", f => ((Error)f.GetValue(null)!).Code);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Traceability.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The sources are not here.");
        return folder;
    }

    private sealed record UseCase(string Feature, string Name, string Summary, IReadOnlyList<string> Permissions, IReadOnlyList<string> Actions, IReadOnlyList<string> Errors);

    [GeneratedRegex(@"public sealed class (\w+)Handler\b")]
    private static partial Regex HandlerPattern();

    [GeneratedRegex(@"\bPermission\.(\w+)")]
    private static partial Regex PermissionPattern();

    [GeneratedRegex(@"(?<=\([^()]*|,\s*)""([a-z_]+\.[a-z_]+)""(?=[,)])")]
    private static partial Regex ActionPattern();

    [GeneratedRegex(@"\b\w+Errors\.\w+")]
    private static partial Regex ErrorPattern();
}
