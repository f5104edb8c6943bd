using Vantage.Client.Home;
using Vantage.Client.Tasks;
using Vantage.Protocol.Cryptography;

namespace Vantage.Client.Asking;

/// <summary>The question as the home keeps it: on disk before anybody waits for it.</summary>
internal sealed class Memory(ClientHome home, AskedQuestion question)
{
    public AskedQuestion Question { get; private set; } = question;

    public void Begin(SubmittedTask round, string function, Digest arguments, IReadOnlyList<string> sites) =>
        Keep(Question with
        {
            Rounds = [.. Question.Rounds, new AskedRound(round.Id, function, arguments,
                sites.Zip(round.Targets).ToDictionary(pair => pair.First, pair => pair.Second.Run),
                Digest.OfText(round.Manifest))],
        });

    public void Keep(AskedQuestion now) => home.WriteAsked(Question = now);
}
