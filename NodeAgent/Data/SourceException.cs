using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Data;

/// <summary>
/// Something is wrong with a source. Inside this capability only: it ends as <see cref="Extraction.Failed"/>. The message
/// may travel, sealed, to the asker: it holds no cell, and of the file only its name.
/// </summary>
internal sealed class SourceException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    public static SourceException Invalid(string message) => new(RunCodes.DataInvalid, message);
}
