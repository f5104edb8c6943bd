using Vantage.Cli.CommandLine;
using Vantage.Cli.Keys.Devices;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Statements;

namespace Vantage.Cli.Keys.Revoking;

/// <summary>Whose keys are meant by what was typed.</summary>
/// <param name="Principal">All keys of a person or node.</param>
/// <param name="Keys">Single ones.</param>
internal sealed record RevokedSubject(string? Principal, IReadOnlyList<KeyId> Keys)
{
    private const int HexDigits = 64;

    public static async Task<RevokedSubject> FindAsync(Invocation call, string text, CancellationToken cancellationToken)
    {
        if (Id.TryParse<UserId>(text, out _) || Id.TryParse<NodeId>(text, out _))
        {
            return new RevokedSubject(text, []);
        }

        var digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or ':'))).ToLowerInvariant();
        return digits.Length == HexDigits && digits.All(char.IsAsciiHexDigitLower)
            ? await OfKeyAsync(call, digits, cancellationToken)
            : await OfNameAsync(call, text, cancellationToken);
    }

    /// <summary>Whoever is listed already keeps the earlier time: a key does not count again because it is revoked once more.</summary>
    public KeyRevocationStatement AddTo(KeyRevocationStatement list, DateTimeOffset since, string reason) => list with
    {
        Keys = [.. list.Keys.Concat(Keys.Select(k => new RevokedCertificateKey(k, since, reason)))
            .GroupBy(k => k.Key).Select(same => same.MinBy(k => k.Since)!)],
        Principals = [.. list.Principals.Concat(Principal is null ? [] : [new RevokedPrincipal(Principal, since, reason)])
            .GroupBy(p => p.Principal).Select(same => same.MinBy(p => p.Since)!)],
    };

    /// <summary>A key's own id, or the fingerprint that people compare: of a device's two keys together.</summary>
    private static async Task<RevokedSubject> OfKeyAsync(Invocation call, string digits, CancellationToken cancellationToken)
    {
        await foreach (var (signing, encryption) in PairsAsync(call, cancellationToken))
        {
            if (Fingerprint.Matches(digits, signing, encryption))
            {
                return new RevokedSubject(null, [signing, encryption]);
            }
        }

        return KeyId.TryParse(digits, null, out var key)
            ? new RevokedSubject(null, [key])
            : throw UsageException.Because($"{digits} is no key's id.");
    }

    private static async IAsyncEnumerable<(KeyId Signing, KeyId Encryption)> PairsAsync(Invocation call,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var user in call.Client.Users.ListAsync(cancellationToken))
        {
            foreach (var device in PublishedDevices.Of(user))
            {
                if (PublishedDevices.Pair(device.SigningCertificate, device.EncryptionCertificate) is { } pair)
                {
                    yield return pair;
                }
            }
        }

        await foreach (var node in call.Client.Nodes.ListAsync(cancellationToken))
        {
            if (PublishedDevices.Pair(node.SigningCertificate, node.EncryptionCertificate) is { } pair)
            {
                yield return pair;
            }
        }
    }

    private static async Task<RevokedSubject> OfNameAsync(Invocation call, string name, CancellationToken cancellationToken)
    {
        var own = call.Home.ReadRoot().Identity.Organization;
        var people = new List<User>();
        await foreach (var user in call.Client.Users.ListAsync(cancellationToken))
        {
            if (user.Organization == own && user.Name == name)
            {
                people.Add(user);
            }
        }

        var nodes = new List<Node>();
        await foreach (var node in call.Client.Nodes.ListAsync(cancellationToken))
        {
            if (node.Organization == own && node.Name == name)
            {
                nodes.Add(node);
            }
        }

        return (people, nodes) switch
        {
            ([var person], []) => new RevokedSubject(person.Id.ToString(), []),
            ([], [var node]) => new RevokedSubject(node.Id.ToString(), []),
            ([], []) => throw new VantageException(ErrorCodes.NotFound, $"Your organization has no person or node '{name}'.",
                "See: vantage user list, vantage node list"),
            _ => throw UsageException.Because($"Several people or nodes are named '{name}'.", "Give the id."),
        };
    }
}
