using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Api;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Tokens;

/// <summary>Tokens in words.</summary>
internal static class TokenText
{
    public static void Show(Invocation call, TokenInfo token) => call.Output.Result(token, ProtocolJson.Default.TokenInfo,
        token.Id.ToString(), text => Details.Write(text, Lines(token)));

    public static string State(TokenInfo token) => token switch
    {
        { RevokedAt: { } revoked } => $"revoked {Details.Time(revoked)}",
        { Active: false } => "expired",
        { ReplacedBy: { } next } => $"replaced by {next}",
        _ => "good",
    };

    /// <summary>A secret just made: into a file, or onto the screen of who asked.</summary>
    public static void ShowSecret(Invocation call, CreatedToken made, string? file) =>
        call.Output.Result(file is null ? made : made with { Secret = "" }, ProtocolJson.Default.CreatedToken,
            made.Token.Id.ToString(), text =>
            {
                Details.Write(text, Lines(made.Token));
                text.WriteLine(file is null ? $"token (shown this once): {made.Secret}" : $"written to {file}");
            });

    private static (string Name, string? Value)[] Lines(TokenInfo token) =>
    [
        ("id", token.Id.ToString()), ("name", token.Name), ("owner", token.User?.ToString()), ("state", State(token)),
        ("expires", Details.Time(token.ExpiresAt)),
        ("last used", token.LastUsedAt is { } used ? Details.Time(used) : "never"),
        ("may", token.Scopes is { } scopes ? string.Join(", ", scopes) : "all that its owner may"),
        ("good from", token.AllowedFrom is { } networks ? string.Join(", ", networks) : "any address"),
    ];
}
