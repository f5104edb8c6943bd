using Vantage.Protocol.Charters;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Protocol.Charters;

/// <summary>Partners who write charters together, and what they would sign.</summary>
internal sealed class Club(int partners = 5)
{
    public static readonly DateTimeOffset Now = Partner.Now;

    public IReadOnlyList<Partner> Partners { get; } =
        [.. Enumerable.Range(0, partners).Select(i => new Partner($"Partner {i}"))];

    public CollaborationId Collaboration { get; } = CollaborationId.New(TimeProvider.System);

    public Charter First(int threshold, params IEnumerable<Partner> members) => new()
    {
        V = 1,
        Id = CharterId.New(TimeProvider.System),
        Collaboration = Collaboration,
        Serial = 1,
        Purpose = "The sepsis study",
        Members = Members(members),
        Threshold = threshold,
        Start = Now.AddDays(-1),
        End = Now.AddDays(300),
        IssuedAt = Now.AddDays(-1),
    };

    public static Charter After(CharterText before, params IEnumerable<Partner> members) => before.Content with
    {
        Serial = before.Content.Serial + 1,
        Previous = before.Digest,
        Members = Members(members),
        Threshold = Math.Min(before.Content.Threshold, members.Count()),
        IssuedAt = Now,
    };

    public static SignedCharter Sign(Charter charter, params IEnumerable<Partner> signers) =>
        Sign(CharterText.Write(charter), Now, signers);

    public static SignedCharter Sign(CharterText text, DateTimeOffset at, params IEnumerable<Partner> signers) =>
        new(text.Text, [.. signers.Select(p => CharterConsent.Sign(text, p.RootKey, p.Root, at))]);

    public static IReadOnlyList<CharterMember> Members(params IEnumerable<Partner> members) =>
        [.. members.Select(p => new CharterMember(p.Id, p.Root.Name, p.Root.Der.ToArray()))];

    /// <summary>Null if the step was taken.</summary>
    public static CharterFault? FaultOf(Action step)
    {
        try
        {
            step();
            return null;
        }
        catch (CharterException e)
        {
            return e.Fault;
        }
    }
}
