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

    [Fact]
    public void What_is_read_unverified_is_still_exactly_its_type()
    {
        var header = new JwsHeader(CatalogueStatement.JwsType, [[1], [2]]);
        string Forged(string content) => Jws.Sign(header, System.Text.Encoding.UTF8.GetBytes(content), partner.UserKey);
        var content = System.Text.Json.JsonSerializer.Serialize(Statement(), SignedJson.Default.CatalogueStatement);

        Assert.Equal(partner.Id, SignedDocument.ReadUnverified(Forged(content), SignedJson.Default.CatalogueStatement).Issuer);
        foreach (var wrong in new[] { "null", "", "[]", content.Replace("[]", "[null]", StringComparison.Ordinal) })
        {
            var refused = Assert.Throws<SignatureException>(
                () => SignedDocument.ReadUnverified(Forged(wrong), SignedJson.Default.CatalogueStatement));
            Assert.Equal(SignatureFault.ContentInvalid, refused.Fault);
        }
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
