using Vantage.Protocol.Errors;

namespace Vantage.Tests.Coordinator.Accounts.SingleSignOn.Refusals;

/// <summary>Beginnings: a program that waits elsewhere than on the person's own machine, or can't prove itself later.</summary>
internal static class LeavingCases
{
    private static readonly string[] Addresses =
    [
        "https://127.0.0.1:49152/vantage", "http://localhost:49152/vantage", "http://127.0.0.1/vantage", "http://127.0.0.1:0/vantage",
        "http://127.0.0.1:65536/vantage", "http://127.0.0.1:049152/vantage", "http://127.0.0.1:49152/", "http://127.0.0.1:49152/vantage/",
        "http://127.0.0.1:49152/vantage?x=1", "http://127.0.0.1:49152/vantage#x", "http://127.0.0.1:49152/../vantage",
        "http://127.0.0.1:49152@evil.example.org/vantage", "http://127.0.0.1.evil.example.org:49152/vantage", "http://evil.example.org:49152/vantage",
        "http://2130706433:49152/vantage", "http://0x7f.0.0.1:49152/vantage", "http://[::ffff:127.0.0.1]:49152/vantage", "HTTP://127.0.0.1:49152/vantage",
        "http://127.0.0.1:49152/vantage\n", "http://192.0.2.7:49152/vantage", "javascript:alert(1)", "vantage://callback", "",
    ];

    public static IEnumerable<RefusedCase> All =>
    [
        .. Addresses.Select(address => Case($"the address '{address.Replace("\n", "\\n", StringComparison.Ordinal)}'", ("redirect_uri", address))),
        Case("no address", ("redirect_uri", null)),
        Case("no state", ("state", null)),
        Case("a state that can be guessed", ("state", "1")),
        Case("a state that breaks out of a header", ("state", "a-state-of-the-program\r\nSet-Cookie: x=1")),
        Case("no challenge", ("code_challenge", null)),
        Case("a challenge that is none", ("code_challenge", "short")),
        Case("no method", ("code_challenge_method", null)),
        Case("the plain method", ("code_challenge_method", "plain")),
        Case("the method in another case", ("code_challenge_method", "s256")),
        new("two addresses", ErrorCodes.InvalidInput, world => new Journey(world).LeaveByAsync(
            "?redirect_uri=http://127.0.0.1:49152/vantage&redirect_uri=http://127.0.0.1:49153/vantage&state=a-state-of-the-program"
            + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256")),
        new("a provider that is not there", ErrorCodes.NotFound, world => new Journey(world, "nobody").LeaveAsync()),
    ];

    private static RefusedCase Case(string name, params (string, string?)[] changes) =>
        new($"leaving with {name}", ErrorCodes.InvalidInput, world => new Journey(world).LeaveAsync(changes));
}
