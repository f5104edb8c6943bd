using System.Text;

namespace Vantage.NodeAgent.Vantage6;

/// <summary>
/// How vantage6's nodes have put values into the environment since version 4.2: RFC 4648's base32 of the UTF-8 text, with
/// '!' where padding stands.
/// </summary>
internal static class V4Text
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int BitsPerCharacter = 5;
    private const int CharactersPerGroup = 8;

    public static string Encode(string text)
    {
        var encoded = new StringBuilder();
        var (held, bits) = (0, 0);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            (held, bits) = ((held << 8) | octet, bits + 8);
            while (bits >= BitsPerCharacter)
            {
                bits -= BitsPerCharacter;
                encoded.Append(Alphabet[(held >> bits) & 31]);
            }

            held &= (1 << bits) - 1;
        }

        if (bits > 0)
        {
            encoded.Append(Alphabet[(held << (BitsPerCharacter - bits)) & 31]);
        }

        return encoded.Append('!', (CharactersPerGroup - (encoded.Length % CharactersPerGroup)) % CharactersPerGroup).ToString();
    }
}
