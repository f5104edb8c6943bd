using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Receipts;

namespace Vantage.NodeAgent.Data.Dictionaries;

/// <summary>How a whole source stands to its dictionary, for the site's own people.</summary>
/// <param name="Found">By name, of the variables that can be made.</param>
/// <param name="Problems">By name, why the others can't.</param>
/// <param name="Rows">Of the source.</param>
/// <param name="Content">As a run's receipt would name it.</param>
/// <param name="Mapping">Of which dictionary, by which mapping, of which data.</param>
internal sealed record SourceFindings(
    IReadOnlyDictionary<string, VariableFindings> Found, IReadOnlyDictionary<string, string> Problems, long Rows, Digest Content, ReceiptMapping Mapping);
