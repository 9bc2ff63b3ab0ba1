using System.Net;
using Traceability.Web.Setup;
using Traceability.Web.Tests.Hosting;
using Xunit;

namespace Traceability.Web.Tests.Dossiers;

/// <summary>On a host of its own: it uses up what a visitor may ask a minute.</summary>
public sealed class VerificationLimitTests(WebHost host) : IClassFixture<WebHost>
{
    [Fact]
    public async Task An_unknown_address_vouches_for_nothing_and_cannot_be_tried_without_end()
    {
        using var visitor = host.Anonymous();
        using var answer = await visitor.GetAsync("/verify/nothing-of-the-kind");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("No such dossier", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < VerificationLimit.CallsPerMinute + 1; i++)
        {
            using var next = await visitor.GetAsync($"/verify/try-{i}");
            statuses.Add(next.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }
}
