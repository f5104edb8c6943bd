using Vantage.NodeAgent.Link;
using Vantage.Protocol.Api;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Images.Reviews;

/// <summary>The reviews that the Coordinator keeps, asked for until it answers.</summary>
internal sealed partial class CoordinatorReviews(AuthorizedRest rest, LinkRetry retry, ILogger<CoordinatorReviews> logger) : IReviewLine
{
    public async Task<IReadOnlyList<string>> OfAsync(AlgorithmRef algorithm, CancellationToken cancellationToken)
    {
        var route = $"{Routes.Algorithms}/reviews?algorithm={Uri.EscapeDataString(algorithm.Text)}";
        for (var failures = 1; ; failures++)
        {
            try
            {
                return (await rest.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, rest.At(route)), ProtocolJson.Default.AlgorithmReviews,
                    AuthorizedRest.Usual, cancellationToken)).Reviews;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                var fault = retry.Explain(e);
                LogLater(fault.Message);
                await retry.WaitAsync(fault, failures, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Coordinator could not be asked for reviews yet: {Why}")]
    private partial void LogLater(string why);
}
