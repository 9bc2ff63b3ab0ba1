using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Traceability.Data.Migrations;

[DbContext(typeof(TraceDbContext)), Migration("0031_operation_helpers")]
public sealed class OperationHelpers() : SqlMigration("0031_operation_helpers.sql");
