using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Vantage.Coordinator.Nodes;

/// <summary>
/// A one-time code that people can read out: <c>vne_</c> and five groups of Crockford's base 32, 23 random symbols (115
/// bits) and two of checksum. Case, dashes and spaces don't matter; O is read as 0, I and L as 1.
/// </summary>
internal sealed record EnrolmentCode
{
    private const string Prefix = "vne_";
    private const string Symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int RandomSymbols = 23;
    private const int Length = 25;
    private const int Group = 5;
    private readonly string symbols;

    private EnrolmentCode(string symbols) => this.symbols = symbols;

    /// <summary>All that is stored.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(Prefix + symbols));

    public static EnrolmentCode Create(RandomNumberGenerator random)
    {
        var bytes = new byte[RandomSymbols];
        random.GetBytes(bytes);
        var body = string.Concat(bytes.Select(b => Symbols[b & 31]));
        return new EnrolmentCode(body + Checksum(body));
    }

    /// <summary>False for anything that was mistyped, short of one time in a thousand.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EnrolmentCode? code)
    {
        code = null;
        if (text is not { Length: <= 64 } || !text.Trim().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return false;
        var read = new string([.. text.Trim()[Prefix.Length..].ToUpperInvariant()
            .Where(c => c is not ('-' or ' ')).Select(c => c switch { 'O' => '0', 'I' or 'L' => '1', _ => c })]);
        if (read.Length != Length || read.Any(c => !Symbols.Contains(c)) || read[RandomSymbols..] != Checksum(read[..RandomSymbols]))
            return false;
        code = new EnrolmentCode(read);
        return true;
    }

    /// <summary>The code itself, for the one answer that shows it.</summary>
    public string Reveal() => Prefix + string.Join('-', symbols.Chunk(Group).Select(group => new string(group)));

    public override string ToString() => Prefix + "…";

    private static string Checksum(string body)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(body));
        return new string([Symbols[hash[0] & 31], Symbols[hash[1] & 31]]);
    }
}
