using System.Diagnostics;
using Vantage.Protocol.Api;
using Vantage.Tests.Coordinator.Accounts;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Advisories;

/// <summary>
/// CVE-2024-21671: a sign-in took longer for an account that exists. That the work is the same is counted with each build
/// (<see cref="Cve_2022_39228_AccountsCannotBeEnumeratedTests"/>); the soak measures it.
/// </summary>
public sealed class Cve_2024_21671_SignInTakesTheSameTimeTests(SignInWorld world) : IClassFixture<SignInWorld>
{
    private static readonly bool IsSoak = Environment.GetEnvironmentVariable("VANTAGE_TIER") == "soak";

    [Fact]
    public async Task KnownAndUnknownNames_InTurns_AreRefusedInTheSameTime()
    {
        var pairs = IsSoak ? 2000 : 5;
        var member = await world.JoinAsync(await Hospital.FoundAsync(world));
        var (known, unknown) = (new double[pairs], new double[pairs]);
        for (var i = IsSoak ? -20 : 0; i < pairs; i++)
        {
            // Which goes first alternates, so that neither always finds the other's caches.
            var (first, second) = (await TimeAsync(i % 2 == 0 ? member.Login : "nobody@example.org"), await TimeAsync(i % 2 == 0 ? "nobody@example.org" : member.Login));
            if (i >= 0)
                (known[i], unknown[i]) = i % 2 == 0 ? (first, second) : (second, first);
        }

        var z = MannWhitney(known, unknown);
        TestContext.Current.SendDiagnosticMessage(
            $"sign-in, {pairs} pairs: median known {Median(known):F2} ms, unknown {Median(unknown):F2} ms, z = {z:F2}");
        // 2.576 leaves one in a hundred on both sides. A handful on a busy machine shows only that it is measured at all.
        Assert.True(!IsSoak || Math.Abs(z) < 2.576, $"The times differ: medians {Median(known):F2} and {Median(unknown):F2} ms, z = {z:F2}.");
    }

    private async Task<double> TimeAsync(string login)
    {
        var clock = Stopwatch.StartNew();
        await SignInAnswers.OfAsync(world, Routes.SignIn, new PasswordSignIn(login, "wrong"));
        return clock.Elapsed.TotalMilliseconds;
    }

    private static double Median(double[] times) => times.Order().ElementAt(times.Length / 2);

    /// <summary>The rank-sum statistic in standard deviations: it asks for no shape of the distributions.</summary>
    private static double MannWhitney(double[] a, double[] b)
    {
        var ranks = a.Select(time => (time, first: true)).Concat(b.Select(time => (time, first: false))).OrderBy(one => one.time)
            .Select((one, rank) => (one.first, rank: rank + 1.0)).Where(one => one.first).Sum(one => one.rank);
        double n = a.Length, m = b.Length;
        var u = ranks - n * (n + 1) / 2;
        return (u - n * m / 2) / Math.Sqrt(n * m * (n + m + 1) / 12);
    }
}
