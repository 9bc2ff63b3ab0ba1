using Traceability.Application.Batches;
using Traceability.Application.Holds;
using Traceability.Application.Quality;
using Traceability.Application.Users;
using Traceability.Domain.Batches;
using Traceability.Domain.Common;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Quality;

public sealed class DecideBatchTests(DairyPlant plant) : IClassFixture<DairyPlant>
{
    private const string Password = "correct horse 7 battery";
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    public async Task A_failed_batch_is_let_through_by_two_persons_and_its_hold_ends()
    {
        var qa = await AccountAsync("qa_release");
        var batch = await FailedAsync();

        var refused = await DecideAsync(new DecideBatch(batch.Id, DecisionKind.Release));
        Assert.Equal(DecisionErrors.InspectionFailed.Code, refused.Error.Code);
        var decided = await DecideAsync(new DecideBatch(batch.Id, DecisionKind.Override, "复检合格", batch.InspectionId, qa, Password));

        Assert.True(decided.IsSuccess, string.Join(",", decided.Errors));
        Assert.Equal((QualityStatus.Released, 1, false), (decided.Value.Status, decided.Value.HoldsReleased, decided.Value.IsOnHold));
        Assert.True((await plant.TakeAsync(batch.Id, ActivityKind.Issue)).IsSuccess);
        var quality = await plant.Get<BatchQueries>().QualityAsync(batch.Id, plant.Everyone, Ct);
        Assert.True(quality.Decisions[0].IsOverride);
        Assert.NotNull(quality.Decisions[0].SecondPerson);
        Assert.Equal("复检合格", quality.Holds[0].ReleaseReason);
    }

    [Fact]
    public async Task A_concession_is_a_status_of_its_own_and_keeps_other_holds()
    {
        var qa = await AccountAsync("manager");
        var batch = await FailedAsync();
        await plant.Get<PlaceHoldHandler>().HandleAsync(new PlaceHold([batch.Id], null, "客户投诉"), plant.Everyone, Ct);

        var decided = await DecideAsync(new DecideBatch(batch.Id, DecisionKind.Concession, "让步用于饲料", null, qa, Password));

        Assert.Equal((QualityStatus.Concession, true), (decided.Value.Status, decided.Value.IsOnHold));
        Assert.Equal(BatchErrors.OnHold.Code, (await plant.TakeAsync(batch.Id, ActivityKind.Issue)).Error.Code);
    }

    [Fact]
    public async Task A_rejected_batch_is_refused_everywhere()
    {
        var batch = await FailedAsync();
        Assert.True((await DecideAsync(new DecideBatch(batch.Id, DecisionKind.Reject, "蛋白质不足"))).IsSuccess);

        foreach (var kind in new[] { ActivityKind.Issue, ActivityKind.Produce, ActivityKind.Ship })
            Assert.Equal(BatchErrors.Rejected.Code, (await plant.TakeAsync(batch.Id, kind)).Error.Code);
        Assert.Equal(DecisionErrors.NotFromThisStatus.Code, (await DecideAsync(new DecideBatch(batch.Id, DecisionKind.Reject, "again"))).Error.Code);
    }

    [Theory]
    [InlineData(ActivityKind.Issue)]
    [InlineData(ActivityKind.Produce)]
    [InlineData(ActivityKind.Ship)]
    public async Task What_is_pending_or_expired_is_refused_by_the_ledger(ActivityKind kind)
    {
        var pending = await plant.ReceivedAsync(await plant.InspectedMaterialAsync());
        Assert.Equal(BatchErrors.Pending.Code, (await plant.TakeAsync(pending.Id, kind)).Error.Code);
        var old = await plant.ReceiveAsync(10, $"OLD-{kind}", expiresOn: new DateOnly(2026, 3, 20));
        Assert.True((await plant.TakeAsync(old.Id, kind)).IsSuccess);
        plant.Clock.Advance(TimeSpan.FromDays(1));
        try
        {
            Assert.Equal(BatchErrors.Expired.Code, (await plant.TakeAsync(old.Id, kind)).Error.Code);
        }
        finally
        {
            plant.Clock.Advance(TimeSpan.FromDays(-1));
        }
    }

    [Fact]
    public async Task A_finished_batch_waits_for_a_person_after_passing()
    {
        await plant.ActivePlanAsync(plant.Formula, InspectionKind.Final, QualityFlow.Protein);
        var batch = await ProducedAsync();
        Assert.Equal(DecisionErrors.InspectionOpen.Code, (await DecideAsync(new DecideBatch(batch.Id, DecisionKind.Release))).Error.Code);

        var inspection = (await plant.Get<BatchQueries>().QualityAsync(batch.Id, plant.Everyone, Ct)).Inspections.Single();
        await plant.EnterAsync(inspection.Id, plant.Everyone, 12);
        Assert.False((await plant.ConcludeAsync(inspection.Id)).Value.BatchReleased);

        var released = await DecideAsync(new DecideBatch(batch.Id, DecisionKind.Release));
        Assert.Equal(QualityStatus.Released, released.Value.Status);
    }

    [Fact]
    public async Task What_owes_an_inspection_that_was_never_opened_is_not_released_without_an_override()
    {
        var material = new Material { Code = "NOPLAN", ShortCode = "NOPLAN", Name = "无方案", Kind = MaterialKind.Raw, UnitId = plant.Kg.Id, IncomingInspection = true };
        await plant.StoreAsync(material);
        var batch = await plant.ReceivedAsync(material);
        Assert.Null(batch.InspectionId);
        Assert.Equal(DecisionErrors.InspectionOwed.Code, (await DecideAsync(new DecideBatch(batch.Id, DecisionKind.Release))).Error.Code);
    }

    [Fact]
    public async Task Nobody_releases_without_the_certificate()
    {
        var qa = await AccountAsync("qa_release");
        var batch = await plant.ReceivedAsync(await plant.InspectedMaterialAsync(certificateRequired: true));
        await plant.PassAsync(batch.InspectionId!.Value);
        Assert.Equal(BatchErrors.CertificateMissing.Code, (await DecideAsync(new DecideBatch(batch.Id, DecisionKind.Release))).Error.Code);
        Assert.Equal(BatchErrors.CertificateMissing.Code, (await DecideAsync(new DecideBatch(batch.Id, DecisionKind.Override, "急用", null, qa, Password))).Error.Code);
    }

    [Fact]
    public async Task The_second_person_is_another_one_proven_and_allowed()
    {
        var batch = await FailedAsync();
        var warehouse = await AccountAsync("warehouse");
        var qa = await AccountAsync("qa_release");

        Assert.Equal(DecisionErrors.SecondPersonMissing.Code, (await DecideAsync(new DecideBatch(batch.Id, DecisionKind.Override, "r"))).Error.Code);
        Assert.Equal(AccountErrors.BadCredentials.Code, (await DecideAsync(new DecideBatch(batch.Id, DecisionKind.Override, "r", null, qa, "wrong"))).Error.Code);
        Assert.Equal(DecisionErrors.SecondPersonMayNot.Code, (await DecideAsync(new DecideBatch(batch.Id, DecisionKind.Override, "r", null, warehouse, Password))).Error.Code);
        var own = await AccountAsync("qa_release", plant.Zhang);
        Assert.Equal(DecisionErrors.SamePerson.Code, (await DecideAsync(new DecideBatch(batch.Id, DecisionKind.Override, "r", null, own, Password))).Error.Code);
        Assert.Equal(CommonErrors.ReasonRequired.Code, (await DecideAsync(new DecideBatch(batch.Id, DecisionKind.Override, " ", null, qa, Password))).Error.Code);
    }

    [Fact]
    public async Task Without_the_permission_nothing_is_decided()
    {
        Assert.Equal(CommonErrors.Forbidden.Code, (await plant.Get<DecideBatchHandler>().HandleAsync(new DecideBatch(1, DecisionKind.Release), plant.Nobody, Ct)).Error.Code);
        Assert.Equal(BatchErrors.NotFound.Code, (await DecideAsync(new DecideBatch(987654, DecisionKind.Release))).Error.Code);
    }

    private Task<Result<BatchDecided>> DecideAsync(DecideBatch input) => plant.Get<DecideBatchHandler>().HandleAsync(input, plant.Everyone, Ct);

    private async Task<Traceability.Application.Receiving.ReceivedBatch> FailedAsync()
    {
        var batch = await plant.ReceivedAsync(await plant.InspectedMaterialAsync());
        await plant.EnterAsync(batch.InspectionId!.Value, plant.Everyone, 5, 1, 2, 3);
        Assert.Equal(InspectionStatus.Failed, (await plant.ConcludeAsync(batch.InspectionId.Value)).Value.Status);
        return batch;
    }

    private async Task<string> AccountAsync(string role, Person? person = null)
    {
        var code = $"U{Guid.NewGuid():N}"[..10].ToUpperInvariant();
        person ??= await plant.StoreAsync(new Person { PlantId = plant.Plant.Id, Code = code, Name = "周敏" });
        var created = await plant.Get<CreateAccountHandler>().HandleAsync(new CreateAccount(code, "周敏", [role], person.Id, plant.Plant.Id, Password), plant.Everyone, Ct);
        Assert.True(created.IsSuccess, string.Join(",", created.Errors));
        return code;
    }

    /// <summary>A finished batch with the inspections it owes, as production makes one.</summary>
    private async Task<Batch> ProducedAsync()
    {
        await using var db = await plant.Db.BeginAsync(plant.Everyone, "test.produce", Ct);
        var order = Traceability.Domain.WorkOrders.WorkOrder.Plan(plant.Plant.Id, $"WO-{Guid.NewGuid():N}"[..12], plant.Formula.Id, new Traceability.Domain.WorkOrders.WorkOrderPlan(100, null, null, null, null, null), plant.Clock.Now);
        await db.AddAsync(order, Ct);
        var batch = Batch.Produce(plant.Plant.Id, $"F-{Guid.NewGuid():N}"[..14].ToUpperInvariant(), plant.Formula, order.Id, new DateOnly(2026, 3, 20), plant.Clock.Now, plant.Clock.Now);
        await db.AddAsync(batch, Ct);
        Assert.True((await db.OpenOwedInspectionsAsync([batch], plant.Plant, plant.Clock.Now, Ct)).IsSuccess);
        Assert.True((await db.SaveAsync(() => Done.Value, Ct)).IsSuccess);
        return batch;
    }
}
