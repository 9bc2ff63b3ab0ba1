using Xunit;

namespace Traceability.EndToEnd.Tests.Browser;

/// <summary>Every page the navigation offers, in both languages, on a desk and on a phone.</summary>
public abstract class PageSweepTests(Factory factory)
{
    private static readonly (int Width, int Height)[] Screens = [(1440, 900), (390, 844)];

    private static readonly string? Screenshots = Environment.GetEnvironmentVariable(PageSweep.ScreenshotsVariable) is { Length: > 0 } folder ? folder : null;

    [Fact]
    public async Task No_page_breaks_overflows_or_speaks_another_language()
    {
        await factory.PlantAsync();
        var findings = new List<string>();
        var seen = new HashSet<string>();
        foreach (var (role, userName) in PlantSetup.PeopleByRole)
        {
            await factory.AsAsync(userName, async session =>
            {
                var sweep = new PageSweep(session, Screenshots);
                foreach (var address in await sweep.AddressesAsync())
                {
                    // What another role has looked at on both screens need not be looked at again, only whether it opens.
                    var screens = seen.Add(address) ? Screens : [Screens[0]];
                    foreach (var (width, height) in screens)
                    {
                        await session.Page.SetViewportSizeAsync(width, height);
                        await sweep.LookAsync(address, $"{session.Texts.Culture.Name}-{width}-{role}");
                    }
                }

                findings.AddRange(sweep.Findings);
                findings.AddRange(session.Complaints);
                session.Complaints.Clear();
            });
        }

        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }
}

/// <summary>The pages in Chinese.</summary>
[Collection(ChineseBrowser.Name)]
public sealed class ChinesePageSweepTests(ChineseFactory factory) : PageSweepTests(factory);

/// <summary>The pages in English.</summary>
[Collection(EnglishBrowser.Name)]
public sealed class EnglishPageSweepTests(EnglishFactory factory) : PageSweepTests(factory);
