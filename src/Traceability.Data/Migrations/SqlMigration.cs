using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Traceability.Data.Migrations;

/// <summary>A migration whose whole body is one SQL file: what runs is what is read in review.</summary>
public abstract class SqlMigration(string file) : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Read(file));

    /// <summary>The text of an embedded migration file.</summary>
    public static string Read(string file)
    {
        using var stream = typeof(SqlMigration).Assembly.GetManifestResourceStream($"Migrations.{file}")
            ?? throw new InvalidOperationException($"The migration file {file} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>All migration files in order, for a fingerprint of the schema.</summary>
    public static IReadOnlyList<string> Files => [.. typeof(SqlMigration).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith("Migrations.", StringComparison.Ordinal)).Select(n => n["Migrations.".Length..]).Order(StringComparer.Ordinal)];
}

[DbContext(typeof(TraceDbContext)), Migration("0001_foundations")]
public sealed class Foundations() : SqlMigration("0001_foundations.sql");

[DbContext(typeof(TraceDbContext)), Migration("0002_master_data")]
public sealed class MasterData() : SqlMigration("0002_master_data.sql");

[DbContext(typeof(TraceDbContext)), Migration("0003_accounts")]
public sealed class AccountsSchema() : SqlMigration("0003_accounts.sql");

[DbContext(typeof(TraceDbContext)), Migration("0004_batches_and_ledger")]
public sealed class BatchesAndLedger() : SqlMigration("0004_batches_and_ledger.sql");

[DbContext(typeof(TraceDbContext)), Migration("0005_production")]
public sealed class Production() : SqlMigration("0005_production.sql");

[DbContext(typeof(TraceDbContext)), Migration("0006_quality")]
public sealed class Quality() : SqlMigration("0006_quality.sql");

[DbContext(typeof(TraceDbContext)), Migration("0007_shipments_and_dossiers")]
public sealed class ShipmentsAndDossiers() : SqlMigration("0007_shipments_and_dossiers.sql");

[DbContext(typeof(TraceDbContext)), Migration("0008_defaults")]
public sealed class Defaults() : SqlMigration("0008_defaults.sql");

[DbContext(typeof(TraceDbContext)), Migration("0009_request_per_effect")]
public sealed class RequestPerEffect() : SqlMigration("0009_request_per_effect.sql");

[DbContext(typeof(TraceDbContext)), Migration("0021_quality_guards")]
public sealed class QualityGuards() : SqlMigration("0021_quality_guards.sql");

[DbContext(typeof(TraceDbContext)), Migration("0041_code_lookup")]
public sealed class CodeLookup() : SqlMigration("0041_code_lookup.sql");

[DbContext(typeof(TraceDbContext)), Migration("0042_shipment_feedback")]
public sealed class ShipmentFeedbackSchema() : SqlMigration("0042_shipment_feedback.sql");
