using System.Globalization;
using System.Resources;
using Traceability.Application.Dictionary;
using Traceability.Data;
using Traceability.Domain.Coding;
using Traceability.Domain.Common;
using Traceability.Domain.MasterData;
using Traceability.Testing;
using Traceability.Web.Resources;
using Xunit;

namespace Traceability.Web.Tests.Resources;

/// <summary>The data dictionary names every field in both languages, and enums of the settings pages have words.</summary>
public sealed class FieldNamesTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static readonly CultureInfo[] Languages = [CultureInfo.GetCultureInfo("zh-CN"), CultureInfo.InvariantCulture];

    [Fact]
    public async Task Every_field_of_every_record_has_a_name_in_both_languages()
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(fixture.AppConnectionString);
        var fields = new DictionaryQueries(new TraceDatabase(source, TimeProvider.System)).Fields(Actor.System("test")).Value;
        List<string> nameless = [.. Languages.SelectMany(language => fields
            .Where(f => Text<Fields>(f.Field, language) is null && Text<Fields>($"{f.Record}.{f.Field}", language) is null).Select(f => $"{f.Record}.{f.Field}")
            .Concat(fields.Select(f => $"record.{f.Record}").Where(key => Text<Fields>(key, language) is null))).Distinct()];
        Assert.Empty(nameless);
    }

    [Theory]
    [InlineData(typeof(Users), typeof(Permission))]
    [InlineData(typeof(Coding), typeof(CodedRecord))]
    [InlineData(typeof(Coding), typeof(MaterialKind))]
    [InlineData(typeof(MasterData), typeof(MaterialKind))]
    [InlineData(typeof(MasterData), typeof(Tracking))]
    [InlineData(typeof(MasterData), typeof(UnitDimension))]
    [InlineData(typeof(MasterData), typeof(SupplierStatus))]
    [InlineData(typeof(MasterData), typeof(LocationKind))]
    [InlineData(typeof(MasterData), typeof(EquipmentStatus))]
    [InlineData(typeof(MasterData), typeof(ReasonKind))]
    [InlineData(typeof(Dictionary), typeof(FieldFormat))]
    [InlineData(typeof(Dictionary), typeof(FieldOwner))]
    public void Every_value_of_an_enum_has_a_word_in_both_languages(Type texts, Type values) =>
        Assert.Equal([], Languages.SelectMany(language => Enum.GetNames(values).Select(name => $"{values.Name}.{name}").Where(key => Text(texts, key, language) is null)));

    private static string? Text<T>(string key, CultureInfo language) => Text(typeof(T), key, language);

    // Without falling back to the other language.
    private static string? Text(Type texts, string key, CultureInfo language) =>
        new ResourceManager(texts).GetResourceSet(language, createIfNotExists: true, tryParents: false)?.GetString(key);
}
