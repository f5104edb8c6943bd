using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Vantage.Coordinator.Accounts.SecondFactors;

namespace Vantage.Coordinator.Accounts.Recovery;

/// <summary>
/// A one-time code for an account: <c>vac_</c> and 160 random bits as eight groups of base 32, so that nobody guesses one and
/// people can still type it. Only its SHA-256 is stored.
/// </summary>
internal sealed record AccountCode
{
    private const string Prefix = "vac_";
    private const int Length = 20;
    private const int Group = 4;
    private readonly byte[] bytes;

    private AccountCode(byte[] bytes) => this.bytes = bytes;

    public byte[] Hash => SHA256.HashData(bytes);

    public static AccountCode Create(RandomNumberGenerator random)
    {
        var fresh = new byte[Length];
        random.GetBytes(fresh);
        return new AccountCode(fresh);
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out AccountCode? code)
    {
        code = text?.Trim() is { } typed && typed.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && Base32.TryDecode(typed[Prefix.Length..], Length, out var read) ? new AccountCode(read) : null;
        return code is not null;
    }

    /// <summary>The code itself, for the one letter or answer that carries it.</summary>
    public string Reveal() => Prefix + string.Join('-', Base32.Encode(bytes).ToLowerInvariant().Chunk(Group).Select(group => new string(group)));

    public override string ToString() => Prefix + "…";
}
