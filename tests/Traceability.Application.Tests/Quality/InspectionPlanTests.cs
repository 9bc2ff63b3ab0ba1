using Traceability.Application.Quality;
using Traceability.Domain.Common;
using Traceability.Domain.Quality;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Quality;

public sealed class InspectionPlanTests(DairyPlant plant) : IClassFixture<DairyPlant>
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    public async Task A_new_version_retires_the_former_and_inspections_keep_theirs()
    {
        var material = await plant.InspectedMaterialAsync();
        var batch = await plant.ReceivedAsync(material);

        var second = await SaveAsync(new SaveInspectionPlan(null, material.Id, InspectionKind.Incoming, "第二版", [QualityFlow.Protein]));
        Assert.Equal(2, second.Value.Version);
        var active = await plant.Get<ActivateInspectionPlanHandler>().HandleAsync(new ActivateInspectionPlan(second.Value.PlanId), plant.Everyone, Ct);

        Assert.Equal(1, active.Value.RetiredVersion);
        Assert.Equal(1, (await plant.ViewAsync(batch.InspectionId!.Value))!.PlanVersion);
        Assert.Equal(2, (await plant.ViewAsync((await plant.ReceivedAsync(material)).InspectionId!.Value))!.PlanVersion);
        var list = await plant.Get<InspectionPlanQueries>().ListAsync(null, null, material.Id, new PageRequest(), plant.Everyone, Ct);
        Assert.Equal(2, list.Total);
    }

    [Fact]
    public async Task A_draft_is_replaced_as_a_whole()
    {
        var draft = await SaveAsync(new SaveInspectionPlan(null, plant.Lactose.Id, InspectionKind.InProcess, null, [QualityFlow.Protein, QualityFlow.Look]));
        var again = await SaveAsync(new SaveInspectionPlan(draft.Value.PlanId, plant.Lactose.Id, InspectionKind.InProcess, "改", [QualityFlow.Protein, QualityFlow.Plates]));

        var view = await plant.Get<InspectionPlanQueries>().FindAsync(again.Value.PlanId, plant.Everyone, Ct);
        Assert.Equal(["PRO", "TPC"], view!.Characteristics.Select(c => c.Code));
        Assert.Equal("改", view.Note);
    }

    [Fact]
    public async Task Every_broken_rule_of_a_line_is_named_with_its_field()
    {
        var refused = await SaveAsync(new SaveInspectionPlan(null, plant.Lactose.Id, InspectionKind.Incoming, null,
        [
            new("A", "没有限值", null, CharacteristicKind.Numeric),
            new("B", "限值颠倒", null, CharacteristicKind.Numeric, LowerLimit: 2, UpperLimit: 1),
            new("b", "编号重复", null, CharacteristicKind.PassFail),
            new("C", "抽样不全", null, CharacteristicKind.Sampling, SampleN: 5),
            new("D", "c 过大", null, CharacteristicKind.Sampling, SampleN: 5, SampleC: 5, LimitM: 1),
            new("E", "M 过小", null, CharacteristicKind.Sampling, SampleN: 5, SampleC: 2, LimitM: 10, LimitBigM: 10),
        ]));

        Assert.Equal(
            [
                InspectionPlanErrors.NoLimit.Code, InspectionPlanErrors.LimitsReversed.Code, InspectionPlanErrors.DuplicateCode.Code,
                InspectionPlanErrors.SamplingIncomplete.Code, InspectionPlanErrors.AcceptanceTooLarge.Code, InspectionPlanErrors.SamplingLimits.Code,
            ], refused.Errors.Select(e => e.Code));
        Assert.Equal("Characteristics[2].Code", refused.Errors[2].Field);
    }

    [Fact]
    public async Task A_plan_needs_characteristics() =>
        Assert.Equal(InspectionPlanErrors.NoCharacteristics.Code, (await SaveAsync(new SaveInspectionPlan(null, plant.Lactose.Id, InspectionKind.Incoming, null, []))).Error.Code);

    [Fact]
    public async Task What_was_in_use_cannot_be_edited_or_activated_again_and_only_what_is_in_use_retired()
    {
        var id = await plant.ActivePlanAsync(plant.BasePowder, InspectionKind.InProcess, QualityFlow.Protein);

        Assert.Equal(InspectionPlanErrors.NotDraft.Code, (await SaveAsync(new SaveInspectionPlan(id, plant.BasePowder.Id, InspectionKind.InProcess, null, [QualityFlow.Look]))).Error.Code);
        Assert.Equal(InspectionPlanErrors.NotDraft.Code, (await plant.Get<ActivateInspectionPlanHandler>().HandleAsync(new ActivateInspectionPlan(id), plant.Everyone, Ct)).Error.Code);
        Assert.True((await RetireAsync(id)).IsSuccess);
        Assert.Equal(InspectionPlanErrors.NotActive.Code, (await RetireAsync(id)).Error.Code);
        Assert.Equal(InspectionPlanErrors.NotFound.Code, (await RetireAsync(987654)).Error.Code);
    }

    [Fact]
    public async Task Without_the_permission_no_plan_is_written() =>
        Assert.Equal(CommonErrors.Forbidden.Code, (await plant.Get<SaveInspectionPlanHandler>().HandleAsync(new SaveInspectionPlan(null, plant.Lactose.Id, InspectionKind.Incoming, null, [QualityFlow.Look]), plant.Nobody, Ct)).Error.Code);

    private Task<Result<InspectionPlanSaved>> SaveAsync(SaveInspectionPlan input) => plant.Get<SaveInspectionPlanHandler>().HandleAsync(input, plant.Everyone, Ct);

    private Task<Result<Done>> RetireAsync(long id) => plant.Get<RetireInspectionPlanHandler>().HandleAsync(new RetireInspectionPlan(id, "停用"), plant.Everyone, Ct);
}
