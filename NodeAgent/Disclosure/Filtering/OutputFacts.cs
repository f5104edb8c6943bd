using System.Text.Json;
using Vantage.Protocol.Disclosure;

namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>What a node knows of a run, and holds its output against.</summary>
/// <param name="Rules">Of the policy's rule that let it run.</param>
/// <param name="Rows">That the run could see.</param>
/// <param name="Columns">Their names: nobody's secret to those who may ask.</param>
internal sealed record OutputFacts(DisclosureRules Rules, long Rows, IReadOnlySet<string> Columns)
{
    private readonly HashSet<double> numbers = [];
    private readonly List<string> texts = [];

    /// <summary>Digits of numbers that do not declare their own.</summary>
    public int Digits { get; init; } = Rules.Digits;

    /// <summary>
    /// Somebody whom the site trusts signed a schema of this very code for it, without hints: what is not declared is then held to what
    /// holds for any number and text, instead of waiting for a person.
    /// </summary>
    public bool IsVouched { get; init; }

    /// <summary>What the asker said already tells them nothing. Arguments that are no JSON say nothing.</summary>
    public OutputFacts Knowing(ReadOnlyMemory<byte> arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments);
            Learn(document.RootElement);
        }
        catch (JsonException)
        {
            // The function was given them as they are and may have made sense of them; the node repeats none of it.
        }

        return this;
    }

    /// <summary>A column, or some of what the asker wrote.</summary>
    public bool Knows(string text) => text.Length == 0 || Columns.Contains(text) || texts.Exists(t => IsPart(text, t));

    /// <summary>Not in the middle of a word: of single letters of the asker's anything could be spelt.</summary>
    private static bool IsPart(string text, string whole)
    {
        for (var at = whole.IndexOf(text, StringComparison.Ordinal); at >= 0; at = whole.IndexOf(text, at + 1, StringComparison.Ordinal))
        {
            var end = at + text.Length;
            if ((at == 0 || !(IsWord(whole[at - 1]) && IsWord(text[0]))) && (end == whole.Length || !(IsWord(whole[end]) && IsWord(text[^1]))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '.';

    /// <summary>A number that the asker wrote, or how many items a list of theirs has.</summary>
    public bool Knows(double number) => numbers.Contains(number);

    private void Learn(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                texts.Add(value.GetString()!);
                break;
            case JsonValueKind.Number:
                numbers.Add(value.GetDouble());
                break;
            case JsonValueKind.Array:
                numbers.Add(value.GetArrayLength());
                foreach (var item in value.EnumerateArray())
                {
                    Learn(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    texts.Add(member.Name);
                    Learn(member.Value);
                }

                break;
        }
    }
}
