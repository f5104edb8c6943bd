using System.Net;

namespace Vantage.NodeAgent.Link.Transports;

/// <summary>Something answered the WebSocket's upgrade with another status than 101.</summary>
internal sealed class UpgradeRefusedException(HttpStatusCode status, Exception innerException)
    : Exception($"The upgrade to a WebSocket was answered with {(int)status} {status}.", innerException)
{
    public HttpStatusCode Status { get; } = status;
}
