using Vantage.Protocol.Images;

namespace Vantage.NodeAgent.Images;

/// <summary>
/// One repository, or with <c>/*</c> at its end all those below. The host stands at the beginning in full: no pattern
/// matches a part of a name.
/// </summary>
internal sealed record RepositoryPattern
{
    public const string Expected = $"a repository ({ImageRepository.Expected}), or one followed by '/*' for all below it";

    private const string Below = "/*";
    private readonly string text;

    private RepositoryPattern(string text) => this.text = text;

    /// <summary>Null when the text is neither.</summary>
    public static RepositoryPattern? Parse(string text)
    {
        // With any last part in place of the star it has to be a repository.
        var example = text.EndsWith(Below, StringComparison.Ordinal) ? text[..^1] + "x" : text;
        return ImageRepository.TryParse(example, out _) ? new(text) : null;
    }

    public bool Matches(ImageRepository repository) => text.EndsWith(Below, StringComparison.Ordinal)
        ? repository.ToString().StartsWith(text[..^1], StringComparison.Ordinal)
        : repository.ToString() == text;

    public override string ToString() => text;
}
