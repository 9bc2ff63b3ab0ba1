using System.Globalization;
using Traceability.Application.Tracing;
using Traceability.Domain.Batches;
using Traceability.Domain.Holds;
using Traceability.Domain.Ledger;
using Traceability.Domain.MasterData;
using Traceability.Domain.Quality;
using Traceability.Domain.Tracing;

namespace Traceability.Application.Dossiers.Facts;

/// <summary>
/// The words of stored kinds and states, in both languages at once: the facts attached to a dossier are the same in every
/// language of it.
/// </summary>
internal static class DossierWords
{
    private static readonly Dictionary<string, BilingualText> Fields = new()
    {
        ["quality_status"] = new("质量状态", "Quality status"),
        ["status"] = new("状态", "Status"),
        ["hold_count"] = new("冻结数", "Holds"),
        ["certificate_number"] = new("证书编号", "Certificate number"),
        ["expires_on"] = new("有效期至", "Expires on"),
        ["note"] = new("备注", "Note"),
        ["quantity"] = new("数量", "Quantity"),
        ["value"] = new("数值", "Value"),
        ["passed"] = new("合格", "Passed"),
        ["is_within"] = new("在限值内", "Within limits"),
        ["measured_at"] = new("测量时间", "Measured at"),
        ["instrument"] = new("仪器", "Instrument"),
        ["released_at"] = new("解除 / 下达时间", "Released at"),
        ["release_reason"] = new("解除原因", "Release reason"),
        ["started_at"] = new("开始时间", "Started at"),
        ["finished_at"] = new("完成时间", "Finished at"),
        ["completed_at"] = new("完工时间", "Completed at"),
        ["closed_at"] = new("关闭时间", "Closed at"),
        ["concluded_at"] = new("判定时间", "Concluded at"),
        ["good_quantity"] = new("合格数量", "Good quantity"),
        ["scrap_quantity"] = new("报废数量", "Scrap quantity"),
        ["rework_quantity"] = new("返工数量", "Rework quantity"),
        ["sample_quantity"] = new("取样量", "Sample quantity"),
        ["completes_step"] = new("工序完成", "Completes operation"),
        ["has_out_of_limits"] = new("有超限", "Out of limits"),
        ["planned_start"] = new("计划开始", "Planned start"),
        ["planned_end"] = new("计划结束", "Planned end"),
        ["line_code"] = new("产线", "Line"),
        ["reversed_at"] = new("冲销时间", "Reversed at"),
        ["reversal_reason"] = new("冲销原因", "Reversal reason"),
    };

    private static readonly Dictionary<string, BilingualText> Records = new()
    {
        ["trace.batch"] = new("批次", "batch"),
        ["trace.batch_file"] = new("批次文件", "paper of batch"),
        ["trace.work_order"] = new("工单", "work order"),
        ["trace.operation_report"] = new("报工", "operation report"),
        ["trace.inspection"] = new("检验", "inspection"),
        ["trace.inspection_result"] = new("检验结果", "inspection result"),
        ["trace.quality_decision"] = new("质量决定", "quality decision"),
        ["trace.hold"] = new("冻结", "hold"),
    };

    public static string Number(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    public static BilingualText Field(string column) => Fields.TryGetValue(column, out var text) ? text : column;

    public static BilingualText AuditAction(string action, string table)
    {
        var record = Records.TryGetValue(table, out var known) ? known : table;
        return action switch
        {
            "insert" => new($"新建{record.Zh}", $"New {record.En}"),
            "update" => new($"修改{record.Zh}", $"Changed {record.En}"),
            _ => new($"删除{record.Zh}", $"Deleted {record.En}"),
        };
    }

    public static BilingualText Decision(bool byRule, bool isOverride, string? reason)
    {
        var (zh, en) = byRule ? ("按规则：应检项目全部合格", "By rule: everything owed has passed") : isOverride ? ("越过检验结论放行", "Released by override") : ("", "");
        if (reason is null) return new BilingualText(zh, en);
        return zh.Length == 0 ? reason : new BilingualText($"{zh}；{reason}", $"{en}; {reason}");
    }

    public static BilingualText Paper(BatchFileKind kind, string? number)
    {
        BilingualText word = kind == BatchFileKind.Report ? new("检测报告", "Test report") : new("供应商证书", "Supplier certificate");
        return number is null ? word : new($"{word.Zh} {number}", $"{word.En} {number}");
    }

    public static BilingualText Inspection(InspectionKind kind) => kind switch
    {
        InspectionKind.Incoming => new("来料检验", "Incoming inspection"),
        InspectionKind.InProcess => new("过程检验", "In-process inspection"),
        _ => new("成品检验", "Final inspection"),
    };

    public static BilingualText Judgement(bool passed) => passed ? new("符合", "Conforms") : new("不符合", "Does not conform");

    /// <summary>The attributes plan as its standards write it: n, c, m, M.</summary>
    public static BilingualText SamplingPlan(Characteristic plan)
    {
        var text = $"n={plan.SampleN} c={plan.SampleC} m={Number(plan.LimitM ?? 0)}";
        if (plan.LimitBigM is { } top) text += $" M={Number(top)}";
        return plan.Unit is { } unit ? $"{text} {unit}" : text;
    }

    public static BilingualText Move(ActivityKind kind, bool isReversal)
    {
        BilingualText word = kind switch
        {
            ActivityKind.Receive => new("收货", "Receive"),
            ActivityKind.Issue => new("领料", "Issue"),
            ActivityKind.Return => new("退料", "Return"),
            ActivityKind.Transfer => new("转移", "Transfer"),
            ActivityKind.Produce => new("生产", "Produce"),
            ActivityKind.Split => new("拆分", "Split"),
            ActivityKind.Merge => new("合并", "Merge"),
            ActivityKind.Repack => new("分装", "Repack"),
            ActivityKind.Rework => new("返工", "Rework"),
            ActivityKind.Disassemble => new("拆解", "Disassemble"),
            ActivityKind.Pack => new("装箱", "Pack"),
            ActivityKind.Unpack => new("拆箱", "Unpack"),
            ActivityKind.Ship => new("发货", "Ship"),
            ActivityKind.CustomerReturn => new("客户退货", "Customer return"),
            ActivityKind.Scrap => new("报废", "Scrap"),
            ActivityKind.Sample => new("取样", "Sample"),
            ActivityKind.Adjust => new("调整", "Adjust"),
            _ => new("迁移", "Migrate"),
        };
        return isReversal ? new($"冲销{word.Zh}", $"Reversed: {word.En}") : word;
    }

    /// <param name="codes">Those batches of the dossier that the hold stands or stood on.</param>
    public static BilingualText HoldScope(HoldScope scope, string? root, string codes) =>
        scope == Domain.Holds.HoldScope.Downstream && root is not null ? new BilingualText($"{root} 及其全部下游：{codes}", $"{root} and everything downstream: {codes}") : codes;

    public static BilingualText Reason(string? code, string? codeEn, string text) => code is null ? text : new BilingualText($"{code}：{text}", $"{codeEn ?? code}: {text}");

    public static BilingualText Gap(TraceGapKind kind) => kind switch
    {
        TraceGapKind.NoInputs => new("无投入记录", "No inputs"),
        TraceGapKind.NoSupplier => new("无供应商", "No supplier"),
        TraceGapKind.Migrated => new("历史迁移", "Migrated"),
        TraceGapKind.NoOrder => new("无工单", "No work order"),
        TraceGapKind.NoOutputs => new("无产出记录", "No outputs"),
        TraceGapKind.UntrackedMaterial => new("未跟踪物料", "Untracked material"),
        TraceGapKind.StepNotReported => new("工序未报工", "Operation not reported"),
        _ => new("盘盈", "Quantity found"),
    };

    public static BilingualText GapExplained(TraceGap gap)
    {
        BilingualText text = gap.Kind switch
        {
            TraceGapKind.NoInputs => new("该批次已报产出，但未报任何投入", "Reported as made, but nothing was reported as used for it"),
            TraceGapKind.NoSupplier => new("外购物料，但未记录供应商", "A bought material without a supplier"),
            TraceGapKind.Migrated => new("由旧系统迁入，此前的经过不在本系统", "Taken over from an older system: what was before is not in here"),
            TraceGapKind.NoOrder => new("未按工单使用物料", "Material was used without a work order"),
            TraceGapKind.NoOutputs => new("已报投入，但未报任何产出", "Material was used, but nothing was reported as made from it"),
            TraceGapKind.UntrackedMaterial => new("BOM 要求该物料，但未报用过任何批次", "The bill of materials asks for it, but no batch was reported as used"),
            TraceGapKind.StepNotReported => new("工单已完工，但该工序没有报工", "The order is finished, but the operation was never reported"),
            _ => new("盘点数量多于账面", "A count found more than the records explain"),
        };
        return gap.Detail is null ? text : new($"{gap.Detail}：{text.Zh}", $"{gap.DetailEn ?? gap.Detail}: {text.En}");
    }
}
