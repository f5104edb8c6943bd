namespace Vantage.Worker.Gateways;

/// <summary>The node can't be told anything any more.</summary>
internal sealed class GatewayLostException(string message, Exception? inner = null) : Exception(message, inner);
