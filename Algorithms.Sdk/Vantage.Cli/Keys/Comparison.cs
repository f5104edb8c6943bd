using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;

namespace Vantage.Cli.Keys;

/// <summary>
/// The moment on which all trust rests: a person compares a fingerprint with what its owner says over another channel.
/// The Coordinator hands keys around and could swap them; <c>--yes</c> therefore does not answer here.
/// </summary>
internal static class Comparison
{
    public static Option<string?> Option() => new("--fingerprint")
    {
        Description = "The fingerprint as the key's owner told it to you, by telephone or in person.",
        HelpName = "HEX",
    };

    /// <param name="call">Who may be asked.</param>
    /// <param name="option">What was given beforehand.</param>
    /// <param name="whose">Such as "the root of South Hospital".</param>
    /// <param name="shown">The fingerprint of the key at hand.</param>
    /// <param name="matches">Whether a typed fingerprint is that key's.</param>
    /// <param name="owner">Whom to compare with, and how they see theirs.</param>
    public static void Require(Invocation call, Option<string?> option, string whose, string shown, Func<string,
        bool> matches,
        string owner)
    {
        if (call.Value(option) is { } given)
        {
            if (!matches(given))
            {
                throw new VantageException(ClientErrorCodes.FingerprintMismatch,
                    $"The key at hand is not the one that was named: {whose} has the fingerprint {shown} here.",
                    $"Ask {owner} again. If theirs really differs, somebody swapped the key on the way: do not go on.");
            }

            return;
        }

        if (!call.Console.InIsTerminal)
        {
            throw UsageException.Because($"{whose} has to be compared by a person before it is believed.",
                $"Get the fingerprint from {owner}, and add --fingerprint HEX.");
        }

        Ask(call, whose, shown, owner);
    }

    /// <summary>Throws unless the person who sits there says that the two are the same.</summary>
    public static void Ask(Invocation call, string whose, string shown, string owner)
    {
        call.Console.Error.WriteLine(
            $"{whose} has the fingerprint\n\n    {shown}\n\nCompare it with {owner}, not by way of the Coordinator.");
        call.Console.Error.Write("Is it the same, all of it? Type 'same' if so: ");
        if (call.Console.In.ReadLine()?.Trim() != "same")
        {
            throw new VantageException(ClientErrorCodes.FingerprintMismatch,
                $"{whose} was not confirmed; nothing was done.");
        }
    }
}
