namespace Vantage.Protocol.Cryptography;

/// <summary>A key file that can't be used, with what to do about it.</summary>
public sealed class KeyFileException(string message, Exception? innerException = null) : Exception(message, innerException);
