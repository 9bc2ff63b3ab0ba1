using Traceability.Application.Demo.Heyuan;
using Xunit;

namespace Traceability.Application.Tests.Demo;

public sealed class HeyuanPlanTests
{
    [Fact]
    public void The_same_plan_comes_out_every_time()
    {
        var first = HeyuanPlanner.Plan(StoryCalendar.EndingOn(null));
        var second = HeyuanPlanner.Plan(StoryCalendar.EndingOn(null));
        Assert.Equal(first.Count, second.Count);
        Assert.Equal(Lots(first), Lots(second));
    }

    [Fact]
    public void The_story_moves_as_a_whole()
    {
        var today = new DateOnly(2027, 2, 14);
        var story = HeyuanPlanner.Plan(StoryCalendar.EndingOn(today));
        Assert.Equal(today, DateOnly.FromDateTime(story.End.Date));
        Assert.Equal(HeyuanPlanner.Plan(StoryCalendar.EndingOn(null)).Count, story.Count);
        // The delivery of the incident comes 26 days before the notice.
        Assert.Contains("R-WP90-270119-01", Lots(story));
    }

    [Fact]
    public void Nothing_is_used_before_it_is_there_nor_more_than_there_is()
    {
        var story = HeyuanPlanner.Plan(StoryCalendar.EndingOn(null));
        var events = story.Strands.SelectMany(s => s).ToList();
        var left = events.OfType<Delivery>().SelectMany(d => d.Lines).ToDictionary(l => l.Lot, l => l.Quantity);
        foreach (var order in events.OfType<Order>()) left.Add(order.Lot, order.Good);
        var uses = events.OfType<Order>().SelectMany(o => o.Uses).Concat(events.OfType<Dispatch>().SelectMany(d => d.Lines));
        foreach (var use in uses) left[use.Lot] -= use.Quantity;
        Assert.All(left, l => Assert.True(l.Value >= 0, l.Key));
        Assert.All(events, e => Assert.True(e.At <= story.End));
        Assert.All(story.Strands, s => Assert.Equal(s.OrderBy(e => e.At), s));
    }

    private static List<string> Lots(HeyuanStory story) =>
        [.. story.Strands.SelectMany(s => s).SelectMany(e => e switch { Delivery d => d.Lines.Select(l => l.Lot), Order o => [o.Lot], _ => [] })];
}
