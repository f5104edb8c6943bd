using Vantage.Protocol.Disclosure.Tables;

namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>What becomes of an output.</summary>
internal abstract record OutputVerdict
{
    private OutputVerdict() { }

    /// <param name="Bytes">What leaves: written anew, evidence taken away, numbers with no more digits than they may have.</param>
    /// <param name="HeldBack">Values that the function says it held back.</param>
    public sealed record Passes(ReadOnlyMemory<byte> Bytes, int HeldBack) : OutputVerdict
    {
        /// <summary>The tables of counts that can be read off it.</summary>
        public IReadOnlyList<ToldTable> Told { get; init; } = [];
    }

    /// <summary>It breaks a rule, and nothing of it leaves.</summary>
    /// <param name="Rule">Its name.</param>
    /// <param name="Why">Where, by names of members; never a value.</param>
    public sealed record Refused(string Rule, string Why) : OutputVerdict;

    /// <summary>Nobody has said what some of it is, so no rule can be applied: a person has to look.</summary>
    /// <param name="Why">Where.</param>
    public sealed record Undeclared(string Why) : OutputVerdict;
}

/// <summary>Why something may not leave.</summary>
/// <param name="Rule">Null where nobody declared what it is.</param>
/// <param name="Why">Where and why.</param>
internal sealed record Objection(string? Rule, string Why)
{
    public static Objection NotDeclared(string at) => new(null, $"nobody declared what {at} discloses");

    /// <summary>It is not of the shape that its kind has.</summary>
    public static Objection Odd(string why) => new(Rules.Shape, why);
}

/// <summary>Rules that are about no statistics.</summary>
internal static class Rules
{
    public const string Shape = "schema";
    public const string Text = "free-text";
    public const string Identifier = "identifier";
    public const string RowLength = "row-length";
    public const string Number = "number";
    public const string Recoverable = "recoverable";
    public const string Size = "output-size";
    public const string Exact = "not-blurred";
}
