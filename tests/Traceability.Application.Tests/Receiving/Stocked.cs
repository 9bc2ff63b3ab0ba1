using Microsoft.Extensions.Logging.Abstractions;
using Traceability.Application.Receiving;
using Traceability.Domain.MasterData;
using Traceability.Testing;

namespace Traceability.Application.Tests.Receiving;

/// <summary>Stock for tests, taken in as it always is: by a receipt.</summary>
internal static class Stocked
{
    private static int deliveries;

    public static async Task<ReceivedBatch> ReceiveAsync(TestPlant plant, Material material, decimal quantity, long locationId)
    {
        var line = new ReceiptLineInput(material.Id, $"SB-{Interlocked.Increment(ref deliveries)}", quantity, locationId);
        var received = await new ReceiveMaterialHandler(plant.Database, plant.Clock, NullLogger<ReceiveMaterialHandler>.Instance)
            .HandleAsync(new ReceiveMaterial(plant.Supplier.Id, null, null, null, [line]), plant.Actor, CancellationToken.None);
        return received.Value.Batches[0];
    }
}
