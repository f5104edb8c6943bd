using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Algorithms.Functions;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Streaming;

namespace Vantage.Worker.Gateways;

/// <summary>Speaks HTTP/1.1 to the run's Gateway, over its Unix socket or framed over standard streams.</summary>
internal sealed partial class GatewayClient(GatewayAddress address) : IDisposable
{
    private readonly HttpClient http = new(Handler(address))
    {
        BaseAddress = new Uri("http://gateway"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public Task ReportProgressAsync(int percent, CancellationToken cancellationToken) => PostAsync(
        Gateway.Progress, Json(new ProgressReport(percent), AlgorithmsJson.Default.ProgressReport), cancellationToken);

    public Task LogAsync(string text, CancellationToken cancellationToken)
    {
        var lines = text.EndsWith('\n') ? text : text + "\n";
        return PostAsync(Gateway.Log, new StringContent(lines, Encoding.UTF8, "text/plain"), cancellationToken);
    }

    public Task ReportFailureAsync(RunFailure failure, CancellationToken cancellationToken) =>
        PostAsync(Gateway.Error, Json(failure, AlgorithmsJson.Default.RunFailure), cancellationToken);

    /// <summary>
    /// Streams one output. When <paramref name="write"/> throws, the body breaks off and the node keeps nothing.
    /// </summary>
    public async Task PutOutputAsync(
        string name,
        Func<Stream, CancellationToken, Task> write,
        RunLimits limits,
        CancellationToken cancellationToken)
    {
        using var content = new OutputContent(write, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Put, Gateway.Output(name)) { Content = content };
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception) when (content.Failure is { } failure)
        {
            failure.Throw();
            throw;
        }
        catch (HttpRequestException e)
        {
            throw new GatewayLostException($"The Gateway at {address.Address} could not be reached or broke off.", e);
        }

        using (response)
        {
            if (!response.IsSuccessStatusCode)
                throw Refused(name, response.StatusCode, limits);
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>
    /// Progress, log and failure are told, not negotiated: an answer such as "the log is full" changes nothing for the
    /// run. Only a Gateway that is gone ends it.
    /// </summary>
    private async Task PostAsync(string route, HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.PostAsync(route, content, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new GatewayLostException($"The Gateway at {address.Address} could not be reached or broke off.", e);
        }
    }

    private static RunFailedException Refused(string name, HttpStatusCode status, RunLimits limits) => status switch
    {
        HttpStatusCode.RequestEntityTooLarge => RunFailures.OutputTooLarge(limits),
        HttpStatusCode.NotImplemented => new(RunCodes.NotYet, $"This node does not take the output '{name}' yet."),
        _ => new(RunCodes.AlgorithmFailed, $"The node did not take the output '{name}': it answered {(int)status}."),
    };

    private static ByteArrayContent Json<T>(T value, JsonTypeInfo<T> type) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, type))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };

    private static SocketsHttpHandler Handler(GatewayAddress address) => new()
    {
        UseProxy = false,
        // A node takes 16 connections of a run; questions beyond that wait for their turn here.
        MaxConnectionsPerServer = 15,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        ConnectCallback = async (_, cancellationToken) => address.Kind == GatewayKinds.StdioHttp
            ? await StdioConnections.OpenAsync(cancellationToken)
            : await UnixSocketStream.ConnectAsync(address.Address, cancellationToken),
    };
}
