namespace Vantage.Protocol.Tls;

/// <summary>A file of certificate authorities can't be used; the message names it and says why.</summary>
public sealed class AuthoritiesException(string message, Exception? inner = null) : Exception(message, inner);
