using System.Diagnostics;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Accounts.Tokens;

/// <summary>How long what was revoked still opens anything, by the clock on the wall.</summary>
public sealed class TokenRevocationTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private const int Tries = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The quickest of several: a busy machine can hold up any one of them, and a promise that was not kept none.</summary>
    [Fact]
    public async Task Revocation_HoldsWithinASecond_ForRequestsOpenEventsAndTheHub()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var measured = new List<(TimeSpan Requests, TimeSpan Events, TimeSpan Hub)>();
        for (var i = 0; i < Tries; i++)
            measured.Add(await MeasureAsync(partners, await Site.OpenAsync(coordinator, partners.Asked, $"node {i}")));

        TestContext.Current.SendDiagnosticMessage(string.Join("; ", measured.Select(m =>
            $"REST {m.Requests.TotalMilliseconds:0} ms, events {m.Events.TotalMilliseconds:0} ms, hub {m.Hub.TotalMilliseconds:0} ms")));
        Assert.InRange(measured.Min(m => m.Requests), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.InRange(measured.Min(m => m.Events), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.InRange(measured.Min(m => m.Hub), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    private async Task<(TimeSpan Requests, TimeSpan Events, TimeSpan Hub)> MeasureAsync(Partnership partners, Site site)
    {
        var token = await partners.Ada.Http.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("watching"));
        var rest = coordinator.With(token.Secret);
        using var events = await rest.Http.GetAsync(new Uri(Routes.Events, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Stop);
        await using var line = await site.ConnectAsync();
        var clock = Stopwatch.StartNew();

        await partners.Ada.Http.DeleteAsync($"{Routes.Tokens}/{token.Token.Id}");
        await partners.Asked.Admin.DeleteAsync($"{Routes.Nodes}/{site.Node}");
        var revoked = clock.Elapsed;
        var ends = await Task.WhenAll(
            WhenAsync(clock, RefusedAsync(rest)), WhenAsync(clock, StreamEnd.OfAsync(events)), WhenAsync(clock, line.Line.Closed.WaitAsync(Patience, Stop)));
        return (ends[0] - revoked, ends[1] - revoked, ends[2] - revoked);
    }

    private static async Task<TimeSpan> WhenAsync(Stopwatch clock, Task task)
    {
        await task;
        return clock.Elapsed;
    }

    private static async Task RefusedAsync(Rest rest)
    {
        while (true)
        {
            using var answer = await rest.Http.GetAsync(new Uri(Routes.Me, UriKind.Relative), Stop);
            if (!answer.IsSuccessStatusCode)
            {
                Assert.Contains(ErrorCodes.Unauthenticated, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
                return;
            }
        }
    }
}
