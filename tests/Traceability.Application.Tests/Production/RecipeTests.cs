using Microsoft.EntityFrameworkCore;
using Traceability.Application.Production;
using Traceability.Domain.Common;
using Traceability.Domain.Production;
using Traceability.Testing;
using Xunit;

namespace Traceability.Application.Tests.Production;

public sealed class RecipeTests(DairyPlant plant) : IClassFixture<DairyPlant>
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private readonly Shopfloor floor = new(plant);

    [Fact]
    public async Task Activating_a_version_retires_the_former_one_and_neither_can_be_changed()
    {
        var product = await floor.NewMaterialAsync();
        var first = await floor.BomAsync(product, plant.Lactose);
        var copy = Shopfloor.Ok(await plant.Get<CopyBomHandler>().HandleAsync(new CopyBom(first), plant.Everyone, Ct));
        Assert.Equal(2, copy.Version);
        Shopfloor.Ok(await plant.Get<SaveBomHandler>().HandleAsync(new SaveBom(copy.Id, product.Id, 100, "more", [new BomLineInput(plant.Lactose.Id, 70)]), plant.Everyone, Ct));
        Shopfloor.Ok(await plant.Get<ActivateBomHandler>().HandleAsync(new ActivateBom(copy.Id), plant.Everyone, Ct));

        await using var db = plant.Db.Read();
        Assert.Equal(VersionStatus.Retired, (await db.Of<Bom>().SingleAsync(b => b.Id == first, Ct)).Status);
        Assert.Equal(VersionStatus.Active, (await db.Of<Bom>().SingleAsync(b => b.Id == copy.Id, Ct)).Status);
        var changed = await plant.Get<SaveBomHandler>().HandleAsync(new SaveBom(copy.Id, product.Id, 100, null, [new BomLineInput(plant.Lactose.Id, 1)]), plant.Everyone, Ct);
        Assert.Equal(BomErrors.NotDraft.Code, changed.Error.Code);
        Assert.Equal(BomErrors.NotDraft.Code, (await plant.Get<DeleteBomDraftHandler>().HandleAsync(new DeleteBomDraft(first), plant.Everyone, Ct)).Error.Code);
    }

    [Fact]
    public async Task A_bill_names_what_is_wrong_with_each_line()
    {
        var product = await floor.NewMaterialAsync();
        var result = await plant.Get<SaveBomHandler>().HandleAsync(new SaveBom(null, product.Id, 100, null,
            [new BomLineInput(plant.Lactose.Id, 1), new BomLineInput(plant.Lactose.Id, 1), new BomLineInput(product.Id, 1), new BomLineInput(plant.Whey.Id, 0)]), plant.Everyone, Ct);
        Assert.Contains(result.Errors, e => e.Code == BomErrors.DuplicateMaterial.Code && e.Field == "Lines[1].MaterialId");
        Assert.Contains(result.Errors, e => e.Code == BomErrors.ContainsItself.Code && e.Field == "Lines[2].MaterialId");
        Assert.Contains(result.Errors, e => e.Code == CommonErrors.NotPositive.Code && e.Field == "Lines[3].Quantity");
        Assert.Equal(BomErrors.NoLines.Code, (await plant.Get<SaveBomHandler>().HandleAsync(new SaveBom(null, product.Id, 100, null, []), plant.Everyone, Ct)).Error.Code);
        Assert.Equal(BomErrors.NotFound.Code, (await plant.Get<ActivateBomHandler>().HandleAsync(new ActivateBom(999_999), plant.Everyone, Ct)).Error.Code);
    }

    [Fact]
    public async Task A_routing_keeps_steps_and_limits_and_a_copy_is_the_same()
    {
        var product = await floor.NewMaterialAsync();
        var first = await floor.RoutingAsync(product, SkipRule.Warn, StepGrain.Report, true);
        var copy = Shopfloor.Ok(await plant.Get<CopyRoutingHandler>().HandleAsync(new CopyRouting(first), plant.Everyone, Ct));
        var view = Shopfloor.Ok(await plant.Get<RoutingQueries>().GetAsync(copy.Id, plant.Everyone, Ct));
        Assert.Equal([10, 20, 30], view.Steps.Select(s => s.Number));
        Assert.Equal((910m, 930m), (view.Steps[1].Parameters[0].LowerLimit!.Value, view.Steps[1].Parameters[0].UpperLimit!.Value));
        Assert.True(view.Steps[1] is { IsKeyPoint: true, EquipmentRequired: true, Grain: StepGrain.Report });
        Assert.Equal(SkipRule.Warn, view.Steps[0].SkipRule);
        Shopfloor.Ok(await plant.Get<DeleteRoutingDraftHandler>().HandleAsync(new DeleteRoutingDraft(copy.Id), plant.Everyone, Ct));
        Assert.Equal(RoutingErrors.NotFound.Code, (await plant.Get<RoutingQueries>().GetAsync(copy.Id, plant.Everyone, Ct)).Error.Code);
        Assert.Equal(RoutingErrors.NotDraft.Code, (await plant.Get<ActivateRoutingHandler>().HandleAsync(new ActivateRouting(first), plant.Everyone, Ct)).Error.Code);
    }

    [Fact]
    public async Task A_routing_names_what_is_wrong()
    {
        var product = await floor.NewMaterialAsync();
        var bad = new RoutingParameterInput("T", "温度", "°C", 930, 910);
        var result = await plant.Get<SaveRoutingHandler>().HandleAsync(new SaveRouting(null, product.Id, null,
            [new RoutingStepInput(10, "混合", plant.Mixing.Id, [bad, bad with { LowerLimit = null }]), new RoutingStepInput(10, "包装", plant.Mixing.Id, [])]), plant.Everyone, Ct);
        Assert.Equal([RoutingErrors.LimitsReversed.Code, RoutingErrors.DuplicateParameter.Code, RoutingErrors.DuplicateStep.Code], result.Errors.Select(e => e.Code));
        Assert.Equal(RoutingErrors.NoSteps.Code, (await plant.Get<SaveRoutingHandler>().HandleAsync(new SaveRouting(null, product.Id, null, []), plant.Everyone, Ct)).Error.Code);
    }

    [Fact]
    public async Task Only_who_may_edit_recipes_edits_them()
    {
        Assert.Equal(CommonErrors.Forbidden.Code, (await plant.Get<SaveBomHandler>().HandleAsync(new SaveBom(null, plant.Formula.Id, 1, null, []), plant.Nobody, Ct)).Error.Code);
        Assert.Equal(CommonErrors.Forbidden.Code, (await plant.Get<SaveRoutingHandler>().HandleAsync(new SaveRouting(null, plant.Formula.Id, null, []), plant.Nobody, Ct)).Error.Code);
        Assert.Equal(CommonErrors.Forbidden.Code, (await plant.Get<BomQueries>().ListAsync(new PageRequest(), null, null, plant.Nobody, Ct)).Error.Code);
        var list = Shopfloor.Ok(await plant.Get<RoutingQueries>().ListAsync(new PageRequest(Search: "none such"), VersionStatus.Active, null, plant.Everyone, Ct));
        Assert.Equal(0, list.Total);
    }
}
