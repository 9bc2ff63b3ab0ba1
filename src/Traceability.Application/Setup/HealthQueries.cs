using Npgsql;

namespace Traceability.Application.Setup;

/// <summary>Whether the product can do its work.</summary>
public sealed class HealthQueries(NpgsqlDataSource source)
{
    /// <summary>Asks the database, for five seconds at most.</summary>
    /// <returns>Null when it answers, else what went wrong.</returns>
    public async Task<string?> DatabaseTroubleAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            await using var command = source.CreateCommand("select count(*) from trace.unit");
            await command.ExecuteScalarAsync(limit.Token);
            return null;
        }
        catch (NpgsqlException trouble)
        {
            return trouble.Message;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return "The database did not answer within 5 seconds.";
        }
    }
}
