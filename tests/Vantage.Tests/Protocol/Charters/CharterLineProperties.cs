using FsCheck;
using FsCheck.Fluent;
using Vantage.Protocol.Charters;

namespace Vantage.Tests.Protocol.Charters;

/// <summary>Who has to agree, held against a count by hand over every choice of members, threshold and signers.</summary>
public sealed class CharterLineProperties
{
    private static readonly Club Club = new(6);

    private static readonly Gen<Partner[]> Some = Gen.SubListOf(Club.Partners.ToArray()).Select(list => list.ToArray());

    private static readonly Gen<Partner[]> OneOrMore = Some.Where(some => some.Length > 0);

    [Fact]
    public void FirstVersion_HoldsExactlyWhenEveryMemberAgreed()
    {
        Check(from members in OneOrMore
              from signers in Some
              select (members, signers), choice =>
        {
            var fault = Club.FaultOf(() => CharterLine.Found(
                Club.Sign(Club.First(1, choice.members), choice.signers.Where(choice.members.Contains)), Club.Now));

            var all = choice.members.All(choice.signers.Contains);
            return fault == (all ? null : CharterFault.CharterJoinsUnasked);
        });
    }

    [Fact]
    public void LaterVersion_HoldsExactlyWhenEnoughMembersBeforeAndEveryJoinerAgreed()
    {
        Check(from before in OneOrMore
              from k in Gen.Choose(1, before.Length)
              from after in OneOrMore
              from signers in Some
              select (before, k, after, signers), choice =>
        {
            var (before, k, after, some) = choice;
            var line = CharterLine.Found(Club.Sign(Club.First(k, before), before), Club.Now);
            var signers = some.Where(p => before.Contains(p) || after.Contains(p)).ToList();

            var fault = Club.FaultOf(() => line.Follow(Club.Sign(Club.After(line.Head.Text, after), signers), Club.Now));

            var joined = after.Except(before).All(signers.Contains);
            var enough = signers.Count(before.Contains) >= k;
            return fault == (!joined ? CharterFault.CharterJoinsUnasked : enough ? null : CharterFault.CharterTooFewConsents);
        });
    }

    [Fact]
    public void Line_HoweverVersionsAreOffered_IsAlwaysTheOneChainAndNeverGoesBack()
    {
        var versions = Chain(6);
        var forks = versions.Skip(1).Select(v => Fork(CharterText.Read(v.Text))).ToList();
        Check(Gen.ListOf(Gen.Elements(versions.Concat(forks).ToArray()), 25), offered =>
        {
            var line = CharterLine.Found(versions[0], Club.Now);
            foreach (var version in offered)
            {
                var before = line.Head.Content.Serial;
                Club.FaultOf(() => line = line.Follow(version, Club.Now));
                if (line.Head.Content.Serial < before)
                    return false;
            }

            // Whichever successor came first is the only one from then on: each names the one before it.
            return line.Versions.Zip(line.Versions.Skip(1)).All(pair => pair.Second.Content.Previous == pair.First.Text.Digest);
        });
    }

    private static List<SignedCharter> Chain(int length)
    {
        var all = Club.Partners;
        var chain = new List<SignedCharter> { Club.Sign(Club.First(2, all.Take(3)), all.Take(3)) };
        while (chain.Count < length)
            chain.Add(Club.Sign(Club.After(CharterText.Read(chain[^1].Text), all.Take(3)), all.Take(2)));
        return chain;
    }

    private static SignedCharter Fork(CharterText version) =>
        Club.Sign(version.Content with { Purpose = "Something else" }, Club.Partners.Take(2));

    private static void Check<T>(Gen<T> gen, Func<T, bool> holds) =>
        Prop.ForAll(Arb.From(gen), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
}
