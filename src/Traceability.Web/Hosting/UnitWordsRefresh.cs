using System.Data.Common;
using Traceability.Application.MasterData;
using Traceability.Web.Components.Ui;

namespace Traceability.Web.Hosting;

/// <summary>Reads the words of counting units at start and once a minute, so that every quantity can be shown without a query.</summary>
public sealed class UnitWordsRefresh(UnitNameQueries units, ILogger<UnitWordsRefresh> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do
            {
                await RefreshAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    private async Task RefreshAsync(CancellationToken ct)
    {
        try
        {
            var spoken = await units.SpokenAsync(ct);
            UnitWords.Use(spoken.ToDictionary(u => u.Code, u => (u.Name, u.NameEn ?? u.Code), StringComparer.Ordinal));
        }
        catch (DbException exception)
        {
            log.LogWarning(exception, "The words of units could not be read; the last ones stay");
        }
    }
}
