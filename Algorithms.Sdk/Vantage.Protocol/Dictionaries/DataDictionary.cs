using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Dictionaries;

/// <summary>
/// What the variables of a collaboration are called and mean: a Frictionless Table Schema with a name and a version of its
/// own. Sites map their columns to it, tasks ask for it by name, version and digest.
/// </summary>
public sealed record DataDictionary
{
    /// <summary>Larger ones are not read.</summary>
    public const int MaxBytes = 1 << 20;

    internal const int MaxVariables = 5_000;

    /// <summary>Which one this is.</summary>
    public required DictionaryRef Ref { get; init; }

    /// <summary>A few words for people.</summary>
    public string? Title { get; init; }

    /// <summary>In the order of the file.</summary>
    public required IReadOnlyList<Variable> Variables { get; init; }

    /// <summary>What means "missing" in every variable that does not say so itself; an empty text always does.</summary>
    public IReadOnlyList<string> MissingValues { get; init; } = [];

    /// <summary>The variable of this name; null if there is none.</summary>
    public Variable? Find(string name) => Variables.FirstOrDefault(variable => variable.Name == name);

    /// <summary>What means "missing" in a variable.</summary>
    public IReadOnlyList<string> MissingOf(Variable variable) => variable.MissingValues ?? MissingValues;

    /// <summary>Reads a file of Table Schema.</summary>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="DictionaryException">What is wrong with it, all of it.</exception>
    public static DataDictionary Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaxBytes)
            throw new DictionaryException([$"it has {json.Length} bytes, and at most {MaxBytes} are read."]);
        try
        {
            using var document = JsonDocument.Parse(json.Span is [0xef, 0xbb, 0xbf, ..] ? json[3..] : json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 32 });
            return new DictionaryReader().Read(document.RootElement, Digest.Of(CanonicalJson.Of(document.RootElement)));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DictionaryException([$"it is not JSON, or not in UTF-8: {e.Message}"]);
        }
    }
}

/// <summary>A file that is no dictionary.</summary>
/// <param name="problems">In sentences, each with its place.</param>
public sealed class DictionaryException(IReadOnlyList<string> problems) : Exception(string.Join(' ', problems))
{
    /// <summary>In sentences, each with its place.</summary>
    public IReadOnlyList<string> Problems => problems;
}
