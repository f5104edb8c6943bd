using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Algorithms.Functions;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Worker.Gateways;

/// <summary>What a central function asks. The node's no is a reason that the asker should read.</summary>
internal sealed partial class GatewayClient
{
    public async Task<SubtaskAsked> AskAsync(SubtaskRequest ask, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Gateway.Subtasks)
        {
            Content = Json(ask, AlgorithmsJson.Default.SubtaskRequest),
        };
        using var answer = await SendAsync(request, cancellationToken);
        return await ReadAsync(answer, AlgorithmsJson.Default.SubtaskAsked, cancellationToken);
    }

    /// <summary>Waits until every site has ended.</summary>
    public async Task<SubtaskState> SettledAsync(TaskId task, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Gateway.Subtask(task));
            using var answer = await SendAsync(request, cancellationToken);
            if (await ReadAsync(answer, AlgorithmsJson.Default.SubtaskState, cancellationToken) is { Settled: true } state)
                return state;
        }
    }

    /// <summary>The result of one site as it wrote it.</summary>
    public async Task<Stream> ResultAsync(TaskId task, int site, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Gateway.SubtaskResult(task, site));
        var answer = await SendAsync(request, cancellationToken);
        return await answer.Content.ReadAsStreamAsync(cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new GatewayLostException($"The Gateway at {address.Address} could not be reached or broke off.", e);
        }

        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw await RefusedAsync(answer, cancellationToken);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(body, type, cancellationToken)
            ?? throw new GatewayLostException("The Gateway answered null.");
    }

    private static async Task<RunFailedException> RefusedAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var problem = answer.Content.Headers.ContentType?.MediaType == Problem.MediaType
            ? await JsonSerializer.DeserializeAsync(body, ProtocolJson.Default.Problem, cancellationToken)
            : null;
        return new RunFailedException(
            answer.StatusCode == HttpStatusCode.NotImplemented ? RunCodes.NotYet : RunCodes.SitesFailed,
            problem is null
                ? $"The node did not ask the sites: it answered {(int)answer.StatusCode}."
                : $"The node did not ask the sites ({problem.Code}): {problem.Detail}");
    }
}
