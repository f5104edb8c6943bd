using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Link.Faults;

namespace Vantage.NodeAgent.Link;

/// <summary>Calls the Coordinator's REST routes. Throws <see cref="CoordinatorRefusal"/> for a no.</summary>
internal sealed class RestLine(LinkHttp http, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How far the Coordinator's clock was ahead of ours at its last answer; its header counts whole seconds.</summary>
    public TimeSpan? ClockDifference { get; private set; }

    public async Task<TAnswer> PostAsync<TBody, TAnswer>(
        string route, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, http.Coordinator.At(route));
        request.Content = JsonContent.Create(body, bodyType);
        return await SendAsync(request, answerType, cancellationToken);
    }

    public async Task<TAnswer> SendAsync<TAnswer>(
        HttpRequestMessage request, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, Patience, cancellationToken);
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(content, answerType, cancellationToken)
            ?? throw new HttpIOException(HttpRequestError.InvalidResponse, $"{request.RequestUri?.AbsolutePath} answered null.");
    }

    /// <summary>The answer's head; its content is still to be read.</summary>
    /// <param name="within">How long it may take to begin, the request's own body included.</param>
    public async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, TimeSpan within, CancellationToken cancellationToken)
    {
        request.Headers.CacheControl = new CacheControlHeaderValue { NoStore = true };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(within);
        HttpResponseMessage response;
        try
        {
            response = await http.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{request.RequestUri?.GetLeftPart(UriPartial.Authority)} did not answer within {within.TotalSeconds} s.", e);
        }

        if (response.Headers.Date is { } theirs)
        {
            ClockDifference = theirs - time.GetUtcNow();
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await CoordinatorRefusal.ReadAsync(response, cancellationToken);
        }
    }
}
