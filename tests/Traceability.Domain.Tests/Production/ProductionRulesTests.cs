using Traceability.Domain.Common;
using Traceability.Domain.Operations;
using Traceability.Domain.Production;
using Traceability.Domain.WorkOrders;
using Xunit;

namespace Traceability.Domain.Tests.Production;

public sealed class ProductionRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 8, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(885, false)]
    [InlineData(910, true)]
    [InlineData(930, true)]
    [InlineData(930.000001, false)]
    public void A_value_is_judged_by_both_limits_and_a_value_on_a_limit_keeps_it(double value, bool within) =>
        Assert.Equal(within, new WorkOrderParameter { Code = "T", Name = "渗碳", LowerLimit = 910, UpperLimit = 930 }.Allows((decimal)value));

    [Fact]
    public void A_parameter_with_one_limit_or_none_is_open_to_the_other_side()
    {
        Assert.True(new WorkOrderParameter { Code = "T", Name = "t", LowerLimit = 30 }.Allows(1_000_000));
        Assert.False(new WorkOrderParameter { Code = "T", Name = "t", UpperLimit = 30 }.Allows(30.1m));
        Assert.True(new WorkOrderParameter { Code = "T", Name = "t" }.Allows(-5));
    }

    [Fact]
    public void The_limits_a_value_was_judged_by_are_kept_with_it()
    {
        var judged = OperationParameter.Judge(1, new WorkOrderParameter { Code = "T", Name = "t", LowerLimit = 910, UpperLimit = 930 }, 885, Now, CaptureSource.Device);
        Assert.Equal((885m, 910m, 930m, false), (judged.Value, judged.LowerLimit!.Value, judged.UpperLimit!.Value, judged.IsWithin));
    }

    [Fact]
    public void A_bill_is_scaled_to_the_order_and_never_to_nothing()
    {
        var bom = Bom.Draft(1, 1, 2000, null);
        Assert.Equal(300, bom.Scale(600, 1000));
        Assert.Equal(0.000001m, bom.Scale(0.000001m, 1));
    }

    [Fact]
    public void An_active_version_cannot_be_edited_or_activated_again()
    {
        var bom = Bom.Draft(1, 1, 100, null);
        Assert.Equal(BomErrors.NoLines, bom.Activate(0, new DateOnly(2026, 4, 8)));
        Assert.Null(bom.Activate(1, new DateOnly(2026, 4, 8)));
        Assert.Equal(BomErrors.NotDraft.Code, bom.Edit(200, null)!.Code);
        var routing = Routing.Draft(1, 1, null);
        Assert.Null(routing.Activate(1, new DateOnly(2026, 4, 8)));
        Assert.Equal(RoutingErrors.NotDraft.Code, routing.Activate(1, new DateOnly(2026, 4, 8))!.Code);
    }

    [Fact]
    public void An_order_without_anything_is_told_everything_it_lacks()
    {
        var order = WorkOrder.Plan(1, "WO-1", 1, new WorkOrderPlan(10, null, null, null, "a ", " "), Now);
        Assert.Equal(5, order.Release(null, null, null, Now).Count);
        Assert.Equal(("A", (string?)null, WorkOrderStatus.Draft), (order.LineCode, order.Note, order.Status));
    }

    [Fact]
    public void An_order_is_not_started_before_its_release()
    {
        var order = WorkOrder.Plan(1, "WO-1", 1, new WorkOrderPlan(10, null, null, null, null, null), Now);
        var step = new WorkOrderStep { Number = 10, Name = "过筛" };
        Assert.Equal(WorkOrderErrors.NotOpen.Code, OperationReport.Start(order, step, [step], 1, null, 1, CaptureSource.Manual, null, Now).Error.Code);
        Assert.Equal(WorkOrderErrors.NotInProgress.Code, order.Complete([step], false, Now)!.Code);
        Assert.Null(order.Cancel(false, false));
        Assert.Equal(WorkOrderErrors.CannotCancel.Code, order.Cancel(false, false)!.Code);
    }

    [Fact]
    public void A_deviation_is_decided_once_and_by_another_person()
    {
        var deviation = Deviation.Request(1, "DEV-26-001", 1, 1, null, null, 50, "短缺", 7, Now);
        Assert.Equal(DeviationErrors.SamePerson, deviation.Decide(true, 7, null, Now));
        Assert.Null(deviation.Decide(false, 8, "不同意", Now));
        Assert.Equal(DeviationErrors.AlreadyDecided.Code, deviation.Decide(true, 8, null, Now)!.Code);
    }

    [Fact]
    public void Scrapping_an_order_s_material_is_part_of_reporting()
    {
        Assert.Equal(Permission.ReportOperations, Ledger.PostingRules.PermissionFor(Ledger.ActivityKind.Scrap, ofOrder: true));
        Assert.Equal(Permission.AdjustInventory, Ledger.PostingRules.PermissionFor(Ledger.ActivityKind.Scrap));
    }
}
