using Vantage.Protocol.Charters;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Signatures;

namespace Vantage.Tests.Protocol.Charters;

public sealed class CharterLineTests
{
    private readonly Club club = new(4);
    private readonly CharterLine line;

    public CharterLineTests() => line = CharterLine.Found(Club.Sign(club.First(2, Founders), Founders), Club.Now);

    private IReadOnlyList<Partner> Founders => [.. club.Partners.Take(3)];

    private Partner Newcomer => club.Partners[3];

    private Charter Next => Club.After(line.Head.Text, club.Partners);

    [Fact]
    public void Version_OlderThanTheNewest_IsARollback() =>
        Assert.Equal(CharterFault.CharterRolledBack, Club.FaultOf(() =>
            line.Follow(Club.Sign(Next, club.Partners), Club.Now).Follow(line.Head.Signed, Club.Now)));

    [Fact]
    public void Version_SecondOfItsSerial_IsAForkEvenIfEverybodySigned()
    {
        var followed = line.Follow(Club.Sign(Next, club.Partners), Club.Now);

        Assert.Equal(CharterFault.CharterForked, Club.FaultOf(() =>
            followed.Follow(Club.Sign(Next with { Purpose = "Another" }, club.Partners), Club.Now)));
    }

    [Fact]
    public void Version_ThatFollowsFromAnother_IsAFork() =>
        Assert.Equal(CharterFault.CharterForked, Club.FaultOf(() => line.Follow(
            Club.Sign(Next with { Previous = Vantage.Protocol.Cryptography.Digest.OfText("another") }, club.Partners), Club.Now)));

    [Fact]
    public void Version_BeyondTheNext_LeavesAGap() =>
        Assert.Equal(CharterFault.CharterGap, Club.FaultOf(() => line.Follow(Club.Sign(Next with { Serial = 3 }, club.Partners), Club.Now)));

    [Fact]
    public void Version_OfAnotherCharterOrCollaboration_IsForeign()
    {
        Assert.Equal(CharterFault.CharterForeign, Club.FaultOf(() => line.Follow(
            Club.Sign(Next with { Id = CharterId.New(TimeProvider.System) }, club.Partners), Club.Now)));
        Assert.Equal(CharterFault.CharterForeign, Club.FaultOf(() => line.Follow(
            Club.Sign(Next with { Collaboration = CollaborationId.New(TimeProvider.System) }, club.Partners), Club.Now)));
    }

    [Fact]
    public void Consent_OfSomebodyUnknown_RefusesTheVersion()
    {
        var stranger = new Partner("A stranger");

        Assert.Throws<CertificateException>(() => line.Follow(Club.Sign(Next, [.. club.Partners, stranger]), Club.Now));
    }

    [Fact]
    public void Consent_ToAnotherVersion_DoesNotCount()
    {
        var other = Club.Sign(Next with { Purpose = "Another" }, club.Partners);

        Assert.Equal(CharterFault.CharterConsentForeign, Club.FaultOf(() =>
            line.Follow(new SignedCharter(CharterText.Write(Next).Text, other.Consents), Club.Now)));
    }

    [Fact]
    public void Consent_SignedByAPersonOfTheOrganization_DoesNotCount()
    {
        var text = CharterText.Write(Next);
        var forged = SignedDocument.Sign(Consent(text, Newcomer), CharterConsent.JwsType,
            Vantage.Protocol.Json.SignedJson.Default.CharterConsent, Newcomer.UserKey, Newcomer.UserChain);

        Assert.Throws<SignatureException>(() => line.Follow(
            new SignedCharter(text.Text, [.. Club.Sign(text, Club.Now, Founders).Consents, forged]), Club.Now));
    }

    [Fact]
    public void Consents_GivenAfterTheVersionBeforeEnded_DoNotProlongIt()
    {
        var text = CharterText.Write(Next with { End = Next.End.AddDays(100) });
        var late = line.Head.Content.End;

        Assert.Equal(CharterFault.CharterTooFewConsents, Club.FaultOf(() =>
            line.Follow(Club.Sign(text, late, club.Partners), late.AddDays(1))));
        Assert.Null(Club.FaultOf(() => line.Follow(Club.Sign(text, late.AddSeconds(-1), club.Partners), late.AddDays(1))));
    }

    [Fact]
    public void Consent_FromTheFuture_DoesNotCount() =>
        Assert.Equal(CharterFault.CharterConsentForeign, Club.FaultOf(() =>
            line.Follow(Club.Sign(CharterText.Write(Next), Club.Now.AddMinutes(6), club.Partners), Club.Now)));

    [Fact]
    public void Root_OfAMember_ChangesOnlyWithTheWordOfBothRoots()
    {
        var changed = new Partner("Partner 0", club.Partners[0].Id);
        var next = Club.After(line.Head.Text, changed, Founders[1], Founders[2]);

        Assert.Equal(CharterFault.CharterJoinsUnasked, Club.FaultOf(() =>
            line.Follow(Club.Sign(next, changed, Founders[1], Founders[2]), Club.Now)));
        Assert.Null(Club.FaultOf(() => line.Follow(Club.Sign(next, changed, Founders[0], Founders[1], Founders[2]), Club.Now)));
    }

    [Fact]
    public void Organization_ThatLeft_ComesBackWithItsOwnRootOnly()
    {
        var without = line.Follow(Club.Sign(Club.After(line.Head.Text, Founders.Skip(1)), Founders.Skip(1)), Club.Now);
        var impostor = new Partner("Partner 0", Founders[0].Id);

        Assert.Equal(CharterFault.CharterJoinsUnasked, Club.FaultOf(() => without.Follow(
            Club.Sign(Club.After(without.Head.Text, [impostor, .. Founders.Skip(1)]), [impostor, .. Founders.Skip(1)]), Club.Now)));
        Assert.Null(Club.FaultOf(() => without.Follow(Club.Sign(Club.After(without.Head.Text, Founders), Founders), Club.Now)));
    }

    [Fact]
    public void Trust_LastsFromStartToEndAndNoInstantLonger()
    {
        var (start, end) = (line.Head.Content.Start, line.Head.Content.End);

        Assert.Empty(line.Head.TrustAt(start.AddTicks(-1)).RootsOf(Founders[0].Id));
        Assert.Single(line.Head.TrustAt(start).RootsOf(Founders[0].Id));
        Assert.Single(line.Head.TrustAt(end.AddTicks(-1)).RootsOf(Founders[0].Id));
        Assert.Empty(line.Head.TrustAt(end).RootsOf(Founders[0].Id));
        Assert.Empty(line.Head.TrustAt(start).RootsOf(Newcomer.Id));
    }

    [Fact]
    public void Member_IsOneByItsVeryRootOnly()
    {
        line.RequireMember(Founders[0].Root);
        Assert.Throws<CharterException>(() => line.RequireMember(new Partner("Partner 0", Founders[0].Id).Root));
        Assert.Throws<CharterException>(() => line.RequireMember(Newcomer.Root));
    }

    [Fact]
    public void Text_WithAnyCharacterChanged_IsNotWhatWasSigned()
    {
        var signed = Club.Sign(Next, club.Partners);
        for (var i = 0; i < signed.Text.Length; i += 61)
        {
            var text = signed.Text[..i] + (char)(signed.Text[i] ^ 1) + signed.Text[(i + 1)..];
            Assert.ThrowsAny<TrustException>(() => line.Follow(signed with { Text = text }, Club.Now));
        }
    }

    private static CharterConsent Consent(CharterText text, Partner of) => new()
    {
        V = 1,
        Organization = of.Id,
        Collaboration = text.Content.Collaboration,
        Serial = text.Content.Serial,
        Charter = text.Digest,
        IssuedAt = Club.Now,
    };
}
