using System.Net;
using System.Text.Json;

namespace Vantage.Tests.Coordinator.Accounts.SingleSignOn;

/// <summary>
/// As much of a browser as a sign-on needs: cookies by host, and redirects that the test sees. It finds vantage.example.org
/// where the tests' Coordinator listens, and believes the tests' authority.
/// </summary>
internal sealed class Browser(SignOnWorld world)
{
    public Dictionary<string, Dictionary<string, string>> Jar { get; } = [];

    /// <summary>Who sits there, as the tests' provider wants to know.</summary>
    public object? Person { get; init; }

    public async Task<HttpResponseMessage> GetAsync(Uri address)
    {
        var ours = address.Host == "vantage.example.org" || address.Authority == new Uri(world.Coordinator.Listening).Authority;
        var site = ours ? "ours" : address.Authority;
        using var request = new HttpRequestMessage(HttpMethod.Get, ours ? new Uri(new Uri(world.Coordinator.Listening), address.PathAndQuery) : address);
        if (Jar.TryGetValue(site, out var cookies) && cookies.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(pair => $"{pair.Key}={pair.Value}")));
        if (!ours && Person is not null)
            request.Headers.Add("X-Test-Person", JsonSerializer.Serialize(Person));
        var answer = await world.Http.SendAsync(request, TestContext.Current.CancellationToken);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            Keep(site, cookie);
        return answer;
    }

    /// <summary>Goes where it is led, until that is a program on this machine.</summary>
    public async Task<Uri> FollowAsync(Uri address)
    {
        for (var steps = 0; steps < 20; steps++)
        {
            using var answer = await GetAsync(address);
            if (answer.StatusCode is not (HttpStatusCode.SeeOther or HttpStatusCode.Redirect))
                throw new InvalidOperationException($"{address} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            address = new Uri(address, answer.Headers.Location!);
            if (address.AbsolutePath == "/vantage")
                return address;
        }

        throw new InvalidOperationException("Led in circles.");
    }

    private void Keep(string site, string cookie)
    {
        var pair = cookie.Split(';', 2)[0].Split('=', 2);
        if (!Jar.TryGetValue(site, out var cookies))
            Jar[site] = cookies = [];
        if (pair[1].Length == 0)
            cookies.Remove(pair[0]);
        else
            cookies[pair[0]] = pair[1];
    }
}
