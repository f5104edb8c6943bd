using Vantage.Client.Tasks;
using Vantage.Protocol.Cryptography;

namespace Vantage.Client.Asking;

/// <summary>The question as the home keeps it: on disk before anybody waits for it.</summary>
internal sealed class Memory(Action<AskedQuestion> write, AskedQuestion question)
{
    public AskedQuestion Question { get; private set; } = question;

    /// <param name="round">What was submitted.</param>
    /// <param name="function">What runs.</param>
    /// <param name="arguments">Of the arguments.</param>
    /// <param name="sites">In the order of the targets.</param>
    public void Begin(SubmittedTask round, string function, Digest arguments, IReadOnlyList<string> sites) =>
        Keep(Question with
        {
            Rounds = [.. Question.Rounds, new AskedRound(round.Id, function, arguments,
                sites.Zip(round.Targets).ToDictionary(pair => pair.First, pair => pair.Second.Run),
                Digest.OfText(round.Manifest))],
        });

    public void Keep(AskedQuestion now) => write(Question = now);
}
