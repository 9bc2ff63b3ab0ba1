using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Traceability.Application.Exports;

/// <summary>
/// An Excel workbook (Office Open XML) written row by row: a library that builds the workbook in
/// memory first could not export a year of moves. Text cells are inline strings, so nothing in them is ever run as a formula.
/// A list longer than a sheet goes on in the next sheet.
/// </summary>
internal static class XlsxTableWriter
{
    private const int RowsPerSheet = 1_048_576;
    private const int CellMax = 32_767;
    private const int HeadStyle = 1, DayStyle = 2, MomentStyle = 3;
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string OfficeRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static readonly DateTime DayZero = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    public static async Task WriteAsync(ExportTable table, Stream stream, CancellationToken ct)
    {
        // A ZIP also writes synchronously, which the body of a web response refuses: it goes through a file of its own first.
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await using (file)
        {
            await using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            {
                var sheets = await WriteSheetsAsync(zip, table, ct);
                await WritePartAsync(zip, "xl/styles.xml", Styles, ct);
                await WritePartAsync(zip, "xl/workbook.xml", Workbook(table.Name, sheets), ct);
                await WritePartAsync(zip, "xl/_rels/workbook.xml.rels", WorkbookRelations(sheets), ct);
                await WritePartAsync(zip, "_rels/.rels",
                    $"""<Relationships xmlns="{Relations}"><Relationship Id="rId1" Type="{OfficeRelations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""", ct);
                await WritePartAsync(zip, "[Content_Types].xml", ContentTypes(sheets), ct);
            }

            file.Position = 0;
            await file.CopyToAsync(stream, ct);
        }
    }

    private static async Task<int> WriteSheetsAsync(ZipArchive zip, ExportTable table, CancellationToken ct)
    {
        await using var rows = table.Rows.GetAsyncEnumerator(ct);
        var more = await rows.MoveNextAsync();
        var sheet = 0;
        do
        {
            sheet++;
            await using var entry = await zip.CreateEntry($"xl/worksheets/sheet{sheet}.xml", CompressionLevel.Fastest).OpenAsync(ct);
            await using var writer = new StreamWriter(entry, new UTF8Encoding(false), 16 * 1024);
            await writer.WriteAsync(SheetHead(table.Titles.Count));
            var line = new StringBuilder();
            var number = 1;
            await WriteRowAsync([.. table.Titles], HeadStyle);
            for (; more && number <= RowsPerSheet; more = await rows.MoveNextAsync()) await WriteRowAsync(rows.Current, 0);
            await writer.WriteAsync($"</sheetData><autoFilter ref=\"A1:{Column(table.Titles.Count - 1)}{number - 1}\"/></worksheet>");

            async Task WriteRowAsync(object?[] cells, int style)
            {
                line.Clear().Append(CultureInfo.InvariantCulture, $"<row r=\"{number}\">");
                for (var i = 0; i < cells.Length; i++) AppendCell(line, $"{Column(i)}{number}", cells[i], style, table.Zone);
                number++;
                await writer.WriteAsync(line.Append("</row>"), ct);
            }
        }
        while (more);
        return sheet;
    }

    private static void AppendCell(StringBuilder line, string at, object? value, int style, TimeZoneInfo zone)
    {
        switch (value)
        {
            case null:
                return;
            case string text:
                line.Append(CultureInfo.InvariantCulture, $"<c r=\"{at}\" t=\"inlineStr\" s=\"{style}\"><is><t xml:space=\"preserve\">").Append(Text(text)).Append("</t></is></c>");
                return;
            case bool yes:
                line.Append(CultureInfo.InvariantCulture, $"<c r=\"{at}\" t=\"b\"><v>{(yes ? 1 : 0)}</v></c>");
                return;
            case DateOnly day:
                line.Append(CultureInfo.InvariantCulture, $"<c r=\"{at}\" s=\"{DayStyle}\"><v>{(day.ToDateTime(TimeOnly.MinValue) - DayZero).Days}</v></c>");
                return;
            case DateTimeOffset moment:
                var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
                line.Append(CultureInfo.InvariantCulture, $"<c r=\"{at}\" s=\"{MomentStyle}\"><v>{(local - DayZero).TotalDays:R}</v></c>");
                return;
            default:
                var number = TableExporter.Number(value) ?? throw new ArgumentException($"A cell cannot hold a {value.GetType().Name}.", nameof(value));
                line.Append(CultureInfo.InvariantCulture, $"<c r=\"{at}\"><v>{number}</v></c>");
                return;
        }
    }

    /// <summary>Escaped, without characters XML cannot hold; longer than a cell may be, it ends in an ellipsis.</summary>
    private static string Text(string text)
    {
        if (text.Length > CellMax) text = string.Concat(text.AsSpan(0, CellMax - 1), "…");
        var clean = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) clean.Append(c).Append(text[++i]);
            else if (c == '&') clean.Append("&amp;");
            else if (c == '<') clean.Append("&lt;");
            else if (c == '>') clean.Append("&gt;");
            else clean.Append(XmlConvert.IsXmlChar(c) ? c : '\uFFFD');
        }

        return clean.ToString();
    }

    /// <summary>0 → A, 25 → Z, 26 → AA.</summary>
    private static string Column(int index) => index < 26 ? ((char)('A' + index)).ToString() : Column(index / 26 - 1) + Column(index % 26);

    private static async Task WritePartAsync(ZipArchive zip, string path, string xml, CancellationToken ct)
    {
        await using var entry = await zip.CreateEntry(path, CompressionLevel.Fastest).OpenAsync(ct);
        await entry.WriteAsync(Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + "\n" + xml), ct);
    }

    private static string SheetHead(int columns) =>
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <worksheet xmlns="{Main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="{columns}" width="20" customWidth="1"/></cols><sheetData>
        """;

    /// <summary>Sheet names: at most 31 characters, without those Excel forbids.</summary>
    private static string Workbook(string name, int sheets)
    {
        var allowed = string.Concat(name.Where(c => !"[]:*?/\\'".Contains(c, StringComparison.Ordinal)));
        var bare = allowed.Length > 25 ? allowed[..25] : allowed;
        var list = string.Concat(Enumerable.Range(1, sheets).Select(n => $"""<sheet name="{Text(sheets == 1 ? bare : $"{bare} {n}").Replace("\"", "&quot;", StringComparison.Ordinal)}" sheetId="{n}" r:id="rId{n}"/>"""));
        return $"""<workbook xmlns="{Main}" xmlns:r="{OfficeRelations}"><sheets>{list}</sheets></workbook>""";
    }

    private static string WorkbookRelations(int sheets)
    {
        var list = string.Concat(Enumerable.Range(1, sheets).Select(n => $"""<Relationship Id="rId{n}" Type="{OfficeRelations}/worksheet" Target="worksheets/sheet{n}.xml"/>"""));
        return $"""<Relationships xmlns="{Relations}">{list}<Relationship Id="rId{sheets + 1}" Type="{OfficeRelations}/styles" Target="styles.xml"/></Relationships>""";
    }

    private static string ContentTypes(int sheets)
    {
        const string Part = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        var list = string.Concat(Enumerable.Range(1, sheets).Select(n => $"""<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{Part}.worksheet+xml"/>"""));
        return $"""
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{Part}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Part}.styles+xml"/>{list}</Types>
            """;
    }

    private const string Styles =
        $"""
        <styleSheet xmlns="{Main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>
        """;
}
