using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Traceability.Application.Exports;
using Traceability.Domain.Common;
using Xunit;

namespace Traceability.Application.Tests.Exports;

public sealed class TableExporterTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private sealed record Row(string? Text, decimal Quantity, DateTimeOffset At, DateOnly Day);

    private static readonly IReadOnlyList<ExportColumn<Row>> Columns =
    [
        new("text", "批号", r => r.Text), new("quantity", "数量", r => r.Quantity), new("at", "时间", r => r.At), new("day", "日期", r => r.Day),
    ];

    [Fact]
    public async Task Csv_starts_with_a_byte_order_mark_quotes_and_shows_plant_time()
    {
        var bytes = await WriteAsync(ExportFormat.Csv, new Row("a,\"b\"", 1.500000m, new(2026, 3, 14, 1, 0, 0, TimeSpan.Zero), new(2026, 3, 14)));
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        Assert.Equal("批号,数量,时间,日期\r\n\"a,\"\"b\"\"\",1.5,2026-03-14 09:00:00,2026-03-14\r\n", Encoding.UTF8.GetString(bytes[3..]));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    public async Task Csv_text_is_never_a_formula_but_a_negative_number_stays_one(string text)
    {
        var bytes = await WriteAsync(ExportFormat.Csv, new Row(text, -2m, default, default));
        Assert.Contains($"\r\n'{text},-2,", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Xlsx_holds_text_as_text_numbers_as_numbers_and_moments_as_moments()
    {
        var bytes = await WriteAsync(ExportFormat.Xlsx, new Row("=1+1 <&> \u0001 😀", 12.250000m, new(2026, 3, 14, 16, 0, 0, TimeSpan.Zero), new(2026, 3, 14)));
        var cells = Sheet(bytes, 1).Descendants(Main + "row").Last().Elements(Main + "c").ToList();
        Assert.Equal("inlineStr", cells[0].Attribute("t")!.Value);
        Assert.Equal("=1+1 <&> \uFFFD 😀", cells[0].Value);
        Assert.Equal("12.25", cells[1].Value);
        Assert.Equal("46096", cells[2].Value); // 2026-03-15 00:00 in Shanghai
        Assert.Equal("46095", cells[3].Value);
        Assert.Empty(Sheet(bytes, 1).Descendants(Main + "f"));
    }

    [Fact]
    public async Task A_list_longer_than_a_sheet_goes_on_in_the_next_sheet_without_growing_memory()
    {
        const int Count = 1_048_576 + 10;
        var table = ExportTable.Of("长", [new ExportColumn<int>("n", "n", n => n)], Numbers(Count), TimeZoneInfo.Utc);
        var path = Path.GetTempFileName();
        try
        {
            await using (var file = File.Create(path)) await TableExporter.WriteAsync(table, ExportFormat.Xlsx, new AsyncOnlyStream(file), Ct);
            await using var zip = await ZipFile.OpenReadAsync(path, Ct);
            using var second = new StreamReader(await zip.GetEntry("xl/worksheets/sheet2.xml")!.OpenAsync(Ct));
            var rows = XDocument.Parse(await second.ReadToEndAsync(Ct)).Descendants(Main + "row").ToList();
            Assert.Equal(1 + 11, rows.Count); // its head, and what the first sheet had no room for besides its own head
            Assert.Equal($"{Count - 1}", rows[^1].Value);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_in_the_order_of_the_view()
    {
        var asked = new List<PageRequest>();
        var all = Enumerable.Range(0, 1200).ToList();
        var table = await ExportTable.OfListAsync("n", [new ExportColumn<int>("n", "n", n => n)], new PageRequest(3, 25, "x", "code", true), page =>
        {
            asked.Add(page);
            return Task.FromResult(new Paged<int>([.. all.Skip(page.Skip).Take(page.Take)], all.Count));
        }, TimeZoneInfo.Utc);
        using var stream = new MemoryStream();
        await TableExporter.WriteAsync(table.Value, ExportFormat.Csv, stream, Ct);
        Assert.Equal(1201, Encoding.UTF8.GetString(stream.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal([1, 2, 3], asked.Select(p => p.Page));
        Assert.All(asked, p => Assert.Equal(("x", "code", true), (p.Search, p.Sort, p.Descending)));
    }

    [Fact]
    public async Task A_refused_list_is_a_refusal_and_not_a_broken_file()
    {
        var table = await ExportTable.OfListAsync("n", [new ExportColumn<int>("n", "n", n => n)], new PageRequest(),
            _ => Task.FromResult<Result<Paged<int>>>(CommonErrors.Forbidden), TimeZoneInfo.Utc);
        Assert.Equal(CommonErrors.Forbidden, table.Error);
    }

    private static async IAsyncEnumerable<T> Stream<T>(params IEnumerable<T> rows)
    {
        foreach (var row in rows) yield return row;
        await Task.CompletedTask;
    }

    private static IAsyncEnumerable<int> Numbers(int count) => Stream(Enumerable.Range(0, count));

    private static async Task<byte[]> WriteAsync(ExportFormat format, params Row[] rows)
    {
        using var stream = new MemoryStream();
        await TableExporter.WriteAsync(ExportTable.Of("批次", Columns, Stream<Row>(rows), Shanghai), format, new AsyncOnlyStream(stream), Ct);
        return stream.ToArray();
    }

    private static XDocument Sheet(byte[] workbook, int number)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        using var entry = zip.GetEntry($"xl/worksheets/sheet{number}.xml")!.Open();
        return XDocument.Load(entry);
    }

    /// <summary>Refuses synchronous writes, like the body of a web response.</summary>
    private sealed class AsyncOnlyStream(Stream inner) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() => throw new NotSupportedException("Synchronous flush.");
        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Synchronous write.");
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);
        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.WriteAsync(buffer, offset, count, cancellationToken);
    }
}
