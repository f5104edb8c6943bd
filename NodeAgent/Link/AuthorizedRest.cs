using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Link.Faults;
using Vantage.NodeAgent.Link.SignIn;

namespace Vantage.NodeAgent.Link;

/// <summary>REST calls with the node's session. A refused session is renewed once, and the call made again.</summary>
internal sealed class AuthorizedRest(RestLine rest, LinkHttp http, SessionKeeper session)
{
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);

    public Uri At(string route) => http.Coordinator.At(route);

    /// <param name="request">Makes the request; asked a second time if the session was refused.</param>
    /// <param name="patience">How long the answer may take to begin, the request's own body included.</param>
    public async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> request, TimeSpan patience, CancellationToken cancellationToken)
    {
        var token = await session.TokenAsync(cancellationToken);
        try
        {
            return await SendAsync(request, token, patience, cancellationToken);
        }
        catch (CoordinatorRefusal e) when (e.Status == HttpStatusCode.Unauthorized)
        {
            session.Forget(token);
            return await SendAsync(request, await session.TokenAsync(cancellationToken), patience, cancellationToken);
        }
    }

    public async Task<T> SendAsync<T>(
        Func<HttpRequestMessage> request, JsonTypeInfo<T> answerType, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(request, patience, cancellationToken);
        await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(content, answerType, cancellationToken)
            ?? throw new HttpIOException(HttpRequestError.InvalidResponse, "The answer is null.");
    }

    private async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> make, string token, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var request = make();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await rest.SendAsync(request, patience, cancellationToken);
    }
}
