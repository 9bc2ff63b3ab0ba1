using Traceability.Web.Verbs;
using Xunit;

namespace Traceability.Web.Tests.Verbs;

/// <summary>What the command line of <c>start</c> means.</summary>
public sealed class StartArgumentsTests
{
    private static readonly DateOnly Today = new(2026, 5, 20);

    [Fact]
    public void Nothing_asked_for_is_the_demo_on_this_machine_only()
    {
        var arguments = Parse();
        Assert.Equal((8080, "127.0.0.1", true, null, false), (arguments.Port, arguments.Address, arguments.Demo, arguments.DemoToday, arguments.Reset));
        Assert.Equal("http://localhost:8080", arguments.Url);
        Assert.True(Path.IsPathRooted(arguments.DataFolder));
    }

    [Fact]
    public void Everything_can_be_asked_for_at_once()
    {
        var arguments = Parse("--reset", "--empty", "--port", "9000", "--address", "0.0.0.0", "--data", "/srv/data");
        Assert.Equal((9000, "0.0.0.0", false, true, "/srv/data"), (arguments.Port, arguments.Address, arguments.Demo, arguments.Reset, arguments.DataFolder));
    }

    [Fact]
    public void The_demos_day_is_today_or_the_one_named()
    {
        Assert.Equal(Today, Parse("--demo-today").DemoToday);
        Assert.Equal(Today, Parse("--demo-today", "--reset").DemoToday);
        Assert.Equal(new DateOnly(2026, 4, 9), Parse("--demo-today", "2026-04-09").DemoToday);
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--port", "0")]
    [InlineData("--port", "70000")]
    [InlineData("--demo-today", "tomorrow")]
    [InlineData("--data")]
    [InlineData("--bogus")]
    [InlineData("bogus")]
    public void What_makes_no_sense_is_named(params string[] args)
    {
        var (arguments, problem) = StartArguments.Parse(args, static _ => null, Today);
        Assert.Null(arguments);
        Assert.Contains(args[^1], problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("false", false)]
    [InlineData("true", true)]
    [InlineData("", true)]
    public void The_environment_decides_about_the_demo_where_the_command_line_does_not(string value, bool demo)
    {
        var (arguments, _) = StartArguments.Parse([], name => name == StartArguments.DemoVariable ? value : null, Today);
        Assert.Equal(demo, arguments!.Demo);
    }

    private static StartArguments Parse(params string[] args)
    {
        var (arguments, problem) = StartArguments.Parse(args, static _ => null, Today);
        Assert.Null(problem);
        return arguments!;
    }
}
