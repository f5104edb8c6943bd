using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Signatures;
using Vantage.Protocol.Statements;

namespace Vantage.Tests.Protocol.Signatures;

public sealed class SignedDocumentTests
{
    private readonly Partner partner = new();

    [Fact]
    public void What_a_certified_person_signs_verifies_under_the_pinned_root_and_names_the_person()
    {
        var statement = Statement();
        var jws = SignedDocument.Sign(
            statement, CatalogueStatement.JwsType, SignedJson.Default.CatalogueStatement, partner.UserKey, partner.UserChain);

        var verified = SignedDocument.Verify(
            jws, CatalogueStatement.JwsType, SignedJson.Default.CatalogueStatement, partner.Trust, Partner.Now);

        Assert.Equal(statement.IssuedAt, verified.Value.IssuedAt);
        Assert.Equal(new Principal.User(partner.User), verified.Signer.Principal);
        Assert.Equal(partner.Id, verified.Signer.Organization);
        Assert.Equal(Digest.OfText(jws), verified.OfJws);
    }

    private CatalogueStatement Statement() => new()
    {
        V = 1,
        Issuer = partner.Id,
        Serial = 1,
        IssuedAt = Partner.Now,
        Algorithms = [],
    };
}
