using System.Net;
using System.Text.Json;
using Vantage.Protocol.Algorithms;

namespace Vantage.Worker.Gateways;

/// <summary>The calls of a warm worker.</summary>
internal sealed partial class GatewayClient
{
    /// <summary>Says that the call before is done, and waits for the next. Null when there will be none.</summary>
    public async Task<WarmCall?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(Gateway.Next, HttpCompletionOption.ResponseContentRead, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.Gone)
                return null;
            return answer.IsSuccessStatusCode
                ? await ReadAsync(answer, AlgorithmsJson.Default.WarmCall, cancellationToken)
                : throw new GatewayLostException($"The Gateway at {address.Address} gives no calls: it answered {(int)answer.StatusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            throw new GatewayLostException($"The Gateway at {address.Address} could not be reached or broke off.", e);
        }
    }
}
