using Npgsql;
using Traceability.Application.Batches;
using Traceability.Application.Quality;
using Traceability.Application.Receiving;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.Quality;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Quality;

public sealed class InspectionTests(DairyPlant plant) : IClassFixture<DairyPlant>
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    public async Task A_received_batch_waits_for_its_inspection_and_passing_it_releases_it_at_once()
    {
        var batch = await plant.ReceivedAsync(await plant.InspectedMaterialAsync());
        Assert.Equal(QualityStatus.Pending, batch.Status);
        Assert.Equal(BatchErrors.Pending.Code, (await plant.TakeAsync(batch.Id, ActivityKind.Issue)).Error.Code);

        var recorded = await plant.EnterAsync(batch.InspectionId!.Value, plant.Everyone, 12, 10, 5000, 30);
        Assert.Null(recorded.Value.HoldId);
        var concluded = await plant.ConcludeAsync(batch.InspectionId.Value);

        Assert.Equal(InspectionStatus.Passed, concluded.Value.Status);
        Assert.True(concluded.Value.BatchReleased);
        Assert.True((await plant.TakeAsync(batch.Id, ActivityKind.Issue)).IsSuccess);
        var quality = await plant.Get<BatchQueries>().QualityAsync(batch.Id, plant.Everyone, Ct);
        var decision = Assert.Single(quality.Decisions);
        Assert.True(decision.ByRule);
        Assert.Equal(batch.InspectionId, decision.InspectionId);
    }

    [Fact]
    public async Task A_batch_without_its_certificate_is_released_when_the_certificate_comes()
    {
        var batch = await plant.ReceivedAsync(await plant.InspectedMaterialAsync(certificateRequired: true));
        Assert.False((await plant.PassAsync(batch.InspectionId!.Value)).Value.BatchReleased);
        var before = await plant.Get<BatchQueries>().FindAsync(batch.Id, plant.Everyone, Ct);
        Assert.Equal(BatchErrors.CertificateMissing.Code, before!.Obstacle!.Code);

        var filed = await plant.Get<FileCertificateHandler>().HandleAsync(new FileCertificate(batch.Id, "COA-77", QualityFlow.Paper), plant.Everyone, Ct);

        Assert.True(filed.Value.BatchReleased);
        Assert.Equal("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81", filed.Value.Sha256);
        Assert.Equal(BatchErrors.CertificateFiled.Code, (await plant.Get<FileCertificateHandler>().HandleAsync(new FileCertificate(batch.Id, "COA-78", QualityFlow.Paper), plant.Everyone, Ct)).Error.Code);
    }

    [Fact]
    public async Task An_out_of_limit_result_puts_the_batch_on_hold_when_it_is_saved()
    {
        var batch = await plant.ReceivedAsync(await plant.InspectedMaterialAsync());

        var recorded = await plant.EnterAsync(batch.InspectionId!.Value, plant.Everyone, 10.9m);
        Assert.NotNull(recorded.Value.HoldId);
        Assert.True((await plant.BatchAsync(batch.Id)).IsOnHold);
        Assert.Equal(BatchErrors.OnHold.Code, (await plant.TakeAsync(batch.Id, ActivityKind.Issue)).Error.Code);

        // A second bad value and the conclusion stand under the same hold.
        Assert.Null((await plant.EnterAsync(batch.InspectionId.Value, plant.Everyone, 10.8m)).Value.HoldId);
        var concluded = await plant.ConcludeAsync(batch.InspectionId.Value);
        Assert.Equal(InspectionStatus.Failed, concluded.Value.Status);
        Assert.Equal(1, (await plant.BatchAsync(batch.Id)).HoldCount);
    }

    [Fact]
    public async Task Only_the_author_changes_a_result_and_nobody_once_it_is_concluded()
    {
        var batch = await plant.ReceivedAsync(await plant.InspectedMaterialAsync());
        var id = batch.InspectionId!.Value;
        await plant.EnterAsync(id, plant.Everyone, 12);

        Assert.Equal(InspectionErrors.NotAuthor.Code, (await plant.EnterAsync(id, plant.SecondPerson, 13)).Error.Code);
        Assert.True((await plant.EnterAsync(id, plant.SecondPerson, 12, 1, 2, 3)).IsSuccess);
        Assert.True((await plant.EnterAsync(id, plant.Everyone, 13)).IsSuccess);
        Assert.True((await plant.ConcludeAsync(id)).IsSuccess);

        Assert.Equal(InspectionErrors.Concluded.Code, (await plant.EnterAsync(id, plant.Everyone, 12)).Error.Code);
        Assert.Equal(InspectionErrors.Concluded.Code, (await plant.ConcludeAsync(id)).Error.Code);
        await using var owner = NpgsqlDataSource.Create(plant.OwnerConnectionString);
        await using var bypass = owner.CreateCommand($"update trace.inspection_result set value = 99 where inspection_id = {id}");
        Assert.Equal("TR003", (await Assert.ThrowsAsync<PostgresException>(() => bypass.ExecuteNonQueryAsync(Ct))).SqlState);
    }

    [Fact]
    public async Task It_cannot_be_concluded_while_a_required_result_is_missing()
    {
        var batch = await plant.ReceivedAsync(await plant.InspectedMaterialAsync());
        await plant.EnterAsync(batch.InspectionId!.Value, plant.Everyone, 12, 10, 20);
        var refused = await plant.ConcludeAsync(batch.InspectionId.Value);
        Assert.Equal(InspectionErrors.Incomplete.Code, refused.Error.Code);
        Assert.Equal("菌落总数", refused.Error.Args[0]);
    }

    [Fact]
    public async Task A_result_of_the_wrong_form_is_refused()
    {
        var batch = await plant.ReceivedAsync(await plant.InspectedMaterialAsync());
        var lines = (await plant.ViewAsync(batch.InspectionId!.Value))!.Lines;
        long Of(string code) => lines.Single(l => l.Characteristic.Code == code).Characteristic.Id;

        var refused = await plant.Get<RecordResultsHandler>().HandleAsync(new RecordResults(batch.InspectionId.Value,
        [
            new(Of("PRO"), 2, 12, null), new(Of("PRO"), 1, null, true), new(Of("LOOK"), 1, 3, null), new(Of("TPC"), 1, 3, null, null, plant.Clock.Now.AddHours(1)),
        ]), plant.Everyone, Ct);

        Assert.Equal([InspectionErrors.NoSuchSample.Code, InspectionErrors.ValueExpected.Code, InspectionErrors.JudgementExpected.Code, InspectionErrors.InTheFuture.Code], refused.Errors.Select(e => e.Code));
    }

    [Fact]
    public async Task By_hand_one_inspection_of_a_kind_is_opened_at_a_time_and_only_with_a_plan()
    {
        var batch = await plant.ReceivedAsync(await plant.InspectedMaterialAsync());
        var open = plant.Get<OpenInspectionHandler>();

        Assert.Equal(InspectionErrors.AlreadyOpen.Code, (await open.HandleAsync(new OpenInspection(batch.Id, InspectionKind.Incoming), plant.Everyone, Ct)).Error.Code);
        Assert.Equal(InspectionErrors.NoActivePlan.Code, (await open.HandleAsync(new OpenInspection(batch.Id, InspectionKind.Final), plant.Everyone, Ct)).Error.Code);
        Assert.Equal(BatchErrors.NotFound.Code, (await open.HandleAsync(new OpenInspection(987654, InspectionKind.Final), plant.Everyone, Ct)).Error.Code);
        await plant.PassAsync(batch.InspectionId!.Value);
        Assert.True((await open.HandleAsync(new OpenInspection(batch.Id, InspectionKind.Incoming), plant.Everyone, Ct)).IsSuccess);
    }

    [Fact]
    public async Task Values_of_one_characteristic_are_compared_over_batches()
    {
        var material = await plant.InspectedMaterialAsync();
        foreach (var value in new[] { 11.5m, 12m, 12.5m }) await plant.EnterAsync((await plant.ReceivedAsync(material)).InspectionId!.Value, plant.Everyone, value);
        var points = await plant.Get<InspectionQueries>().CompareAsync(material.Id, InspectionKind.Incoming, "PRO", plant.Everyone, Ct);
        Assert.Equal([11.5m, 12m, 12.5m], points.Select(p => p.Value));
        var mine = await plant.Get<InspectionQueries>().ListAsync(new InspectionFilter(InspectionStatus.Open, Mine: true, MaterialId: material.Id), new PageRequest(Sort: "entered"), plant.Everyone, Ct);
        Assert.Equal(3, mine.Total);
        Assert.Equal(1, mine.Items[0].Entered);
    }

    [Fact]
    public async Task Without_the_permission_nothing_is_inspected()
    {
        Assert.Equal(CommonErrors.Forbidden.Code, (await plant.Get<RecordResultsHandler>().HandleAsync(new RecordResults(1, []), plant.Nobody, Ct)).Error.Code);
        Assert.Equal(CommonErrors.Forbidden.Code, (await plant.ConcludeAsync(1, plant.Nobody)).Error.Code);
        Assert.Equal(InspectionErrors.NotFound.Code, (await plant.ConcludeAsync(987654)).Error.Code);
    }
}
