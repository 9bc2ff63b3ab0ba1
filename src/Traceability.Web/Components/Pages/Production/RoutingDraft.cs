using Traceability.Application.Production;
using Traceability.Domain.Production;

namespace Traceability.Web.Components.Pages.Production;

/// <summary>A routing as it is being edited; the order of the list is not the order of the steps, their numbers are.</summary>
public sealed class RoutingDraft
{
    public List<Step> Steps { get; } = [];

    /// <summary>The next free number in tens.</summary>
    public int NextNumber => Steps.Count == 0 ? 10 : ((int)(Steps.Max(s => s.Number ?? 0) / 10) + 1) * 10;

    public static RoutingDraft From(RoutingView view)
    {
        var draft = new RoutingDraft();
        foreach (var step in view.Steps)
        {
            draft.Steps.Add(new Step
            {
                Number = step.Number,
                Name = step.Name,
                NameEn = step.NameEn,
                WorkCenterId = step.WorkCenter.Id,
                WorkCenterText = Names.Full(step.WorkCenter),
                SkipRule = step.SkipRule,
                Grain = step.Grain,
                EquipmentRequired = step.EquipmentRequired,
                IsKeyPoint = step.IsKeyPoint,
                Parameters = [.. step.Parameters.Select(p => new Parameter { Code = p.Code, Name = p.Name, NameEn = p.NameEn, Unit = p.Unit, Lower = p.LowerLimit, Upper = p.UpperLimit, IsRequired = p.IsRequired })],
            });
        }

        return draft;
    }

    public IReadOnlyList<RoutingStepInput> ToInput() => [.. Steps.Select(s => new RoutingStepInput((int)(s.Number ?? 0), s.Name ?? "", s.WorkCenterId ?? 0,
        [.. s.Parameters.Select(p => new RoutingParameterInput(p.Code ?? "", p.Name ?? "", p.Unit, p.Lower, p.Upper, p.IsRequired, p.NameEn))],
        s.NameEn, s.SkipRule, s.Grain, s.EquipmentRequired, s.IsKeyPoint))];

    /// <summary>A step being edited.</summary>
    public sealed class Step
    {
        public decimal? Number { get; set; }
        public string? Name { get; set; }
        public string? NameEn { get; set; }
        public long? WorkCenterId { get; set; }
        public string? WorkCenterText { get; set; }
        public SkipRule SkipRule { get; set; }
        public StepGrain Grain { get; set; }
        public bool EquipmentRequired { get; set; }
        public bool IsKeyPoint { get; set; }
        public List<Parameter> Parameters { get; init; } = [];
    }

    /// <summary>A parameter being edited.</summary>
    public sealed class Parameter
    {
        public string? Code { get; set; }
        public string? Name { get; set; }
        public string? NameEn { get; set; }
        public string? Unit { get; set; }
        public decimal? Lower { get; set; }
        public decimal? Upper { get; set; }
        public bool IsRequired { get; set; } = true;
    }
}
