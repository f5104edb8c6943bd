using System.Net;
using System.Text.Json;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Link.Faults;

/// <summary>The Coordinator answered, and the answer is no.</summary>
internal sealed class CoordinatorRefusal(HttpStatusCode status, string code, string detail, bool isProblem)
    : Exception(detail)
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>One of <see cref="ErrorCodes"/>, or empty if it was no Coordinator that answered.</summary>
    public string Code { get; } = code;

    /// <summary>It speaks as Coordinators do; else something in between answered for it.</summary>
    public bool IsProblem { get; } = isProblem;

    public static async Task<CoordinatorRefusal> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType == Problem.MediaType)
        {
            try
            {
                var json = await response.Content.ReadAsByteArrayAsync(cancellationToken);
                if (JsonSerializer.Deserialize(json, ProtocolJson.Default.Problem) is { } problem)
                {
                    return new CoordinatorRefusal(response.StatusCode, problem.Code, problem.Detail, isProblem: true);
                }
            }
            catch (JsonException)
            {
                // Said to be a problem and is none: then it is the status alone that speaks.
            }
        }

        return new CoordinatorRefusal(response.StatusCode, "",
            $"{response.RequestMessage?.RequestUri?.GetLeftPart(UriPartial.Path)} answered {(int)response.StatusCode} {response.ReasonPhrase}.",
            isProblem: false);
    }
}
