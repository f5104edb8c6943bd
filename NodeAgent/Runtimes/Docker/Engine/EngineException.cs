using System.Net;

namespace Vantage.NodeAgent.Runtimes.Docker.Engine;

/// <summary>The engine refused something, or does not answer. The message is for the node's admin.</summary>
/// <param name="status">What it answered; null when nothing came back.</param>
internal sealed class EngineException(HttpStatusCode? status, string message, Exception? inner = null) : Exception(message, inner)
{
    public HttpStatusCode? Status { get; } = status;

    /// <summary>Nothing was decided by the engine: it was not there, or went away.</summary>
    public bool IsUnreachable => Status is null;
}
