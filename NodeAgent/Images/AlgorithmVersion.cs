using System.Globalization;
using System.Text.RegularExpressions;

namespace Vantage.NodeAgent.Images;

/// <summary>One to four numbers with dots between them; what is left out counts as 0.</summary>
internal sealed partial record AlgorithmVersion
{
    public const string Expected = "one to four numbers with dots between them, such as 1.4.0";

    private readonly int[] parts;
    private readonly string text;

    private AlgorithmVersion(string text)
    {
        this.text = text;
        parts = [.. text.Split('.').Select(part => int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture)), 0, 0, 0];
    }

    /// <summary>Null when the text is none.</summary>
    public static AlgorithmVersion? Parse(string text) => Pattern().IsMatch(text) ? new(text) : null;

    public bool IsOlderThan(AlgorithmVersion other) =>
        parts.Take(4).Zip(other.parts.Take(4), (a, b) => a.CompareTo(b)).FirstOrDefault(order => order != 0) < 0;

    public override string ToString() => text;

    [GeneratedRegex(@"\A[0-9]{1,9}(\.[0-9]{1,9}){0,3}\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
