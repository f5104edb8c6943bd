using Vantage.Coordinator.Access;
using Vantage.Coordinator.Accounts.Sessions;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Accounts.Sessions;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Advisories;

/// <summary>There, a request counted as harmless because its mode said so, which any page can choose.</summary>
public sealed class Cve_2026_40864_SecFetchModeProvesNothingTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task ForACookie_OnlyWhereARequestComesFromCounts_WhateverItsModeAndDestination()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var opened = await OpenSessions.OpenAsync(coordinator, hospital.AdminId, hospital.Id, SessionForm.Cookie);
        var nothing = $"{Routes.AccountSessions}/{UserSessionId.New(TimeProvider.System)}";
        foreach (var mode in new[] { null, "no-cors", "cors", "navigate", "same-origin", "websocket" })
        {
            foreach (var destination in new[] { null, "empty", "document", "image", "iframe" })
            {
                foreach (var (site, origin, passes) in new (string?, string?, bool)[]
                {
                    ("same-origin", coordinator.Url, true), ("same-origin", null, true), (null, coordinator.Url, true),
                    ("cross-site", null, false), ("same-site", null, false), ("none", null, false), (null, null, false),
                    ("cross-site", coordinator.Url, false), ("same-origin", "https://evil.example.org", false), ("same-origin", "null", false),
                    (null, "null", false), (null, coordinator.Url + ".evil.org", false),
                })
                {
                    using var request = new HttpRequestMessage(HttpMethod.Delete, nothing);
                    void Say(string name, string? value)
                    {
                        if (value is not null)
                            request.Headers.TryAddWithoutValidation(name, value);
                    }

                    Say("Cookie", $"{SessionCookie.Name}={opened.Secret}");
                    Say("Sec-Fetch-Mode", mode);
                    Say("Sec-Fetch-Dest", destination);
                    Say("Sec-Fetch-Site", site);
                    Say("Origin", origin);
                    using var response = await coordinator.Nobody.Http.SendAsync(request, TestContext.Current.CancellationToken);
                    var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

                    Assert.True(passes == !text.Contains($"\"{ErrorCodes.CrossSite}\"", StringComparison.Ordinal),
                        $"site {site}, origin {origin}, mode {mode}, destination {destination}: {text}");
                }
            }
        }
    }
}
