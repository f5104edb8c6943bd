using Vantage.Protocol.Api;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Advisories;

/// <summary>There, every site was told that it may read answers. Here none is, however it is called.</summary>
public sealed class Cve_2024_23823_NoOtherSiteReadsAnswersTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private static IEnumerable<string> Origins(Uri own) =>
    [
        "null", "*", "https://evil.example.org", "http://evil.example.org", $"{own.Scheme}://{own.Authority}", $"https://{own.Authority}",
        $"http://{own.Host}", $"http://{own.Host}:{own.Port + 1}", $"http://{own.Host}:80", $"http://{own.Authority}.evil.org", $"http://evil{own.Host}",
        $"http://{own.Authority}@evil.org", $"http://evil.org#{own.Authority}", $"http://evil.org?{own.Authority}", $"http://evil.org/{own.Authority}",
        $"HTTP://{own.Authority}", $"http://{own.Authority}/", $"http://{own.Authority}.", $"http://[::1]:{own.Port}", $"http://LOCALHOST:{own.Port}",
        "http://127.1", "http://0x7f000001", "http://2130706433", "file://", "chrome-extension://abcdef", "moz-extension://abcdef", "data:", "blob:null",
        "https://vantage.example.org", "https://vantage.example.org.", "capacitor://localhost", "http://localhost, http://evil.org",
    ];

    [Fact]
    public async Task NoOrigin_IsAllowedAnything()
    {
        var origins = Origins(new Uri(coordinator.Url)).ToList();
        Assert.True(origins.Count >= 30);
        foreach (var origin in origins)
        {
            foreach (var (method, path) in new[] { (HttpMethod.Get, Routes.Me), (HttpMethod.Get, Routes.HealthLive), (HttpMethod.Options, Routes.Tokens) })
            {
                using var request = new HttpRequestMessage(method, path);
                request.Headers.TryAddWithoutValidation("Origin", origin);
                request.Headers.TryAddWithoutValidation("Access-Control-Request-Method", "POST");
                request.Headers.TryAddWithoutValidation("Access-Control-Request-Headers", "authorization");
                using var response = await coordinator.Admin.Http.SendAsync(request, TestContext.Current.CancellationToken);

                Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
                Assert.True(method != HttpMethod.Options || !response.IsSuccessStatusCode, $"{origin}: a preflight succeeded");
            }
        }
    }
}
