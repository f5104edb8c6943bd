using Vantage.Protocol.Identities;
using Vantage.Protocol.Signatures;
using Vantage.Protocol.Statements;

namespace Vantage.Tests.Protocol.Revocations;

public sealed class CheckedTrustTests : IDisposable
{
    private readonly Partner a = new();
    private readonly RevocationOffice office;
    private readonly string folder = Directory.CreateTempSubdirectory("vantage-revocations-").FullName;

    public CheckedTrustTests() => office = new RevocationOffice(a);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void An_organization_that_never_published_a_list_is_believed_without_one()
    {
        Assert.Null(Objection(forNewWork: true, Partner.Now));
    }

    [Fact]
    public void A_revoked_key_counts_for_nothing_new_and_in_no_reading()
    {
        Lists().Take(office.Sign(office.Of(a.UserSigning.KeyId)), a.Trust, Partner.Now);

        Assert.Equal(CertificateFault.CertificateRevoked, Objection(forNewWork: true, Partner.Now));
        Assert.Equal(CertificateFault.CertificateRevoked, Objection(forNewWork: false, Partner.Now));
        Assert.Null(Objection(forNewWork: false, Partner.Now.AddHours(-2)));
    }

    [Fact]
    public void After_a_day_without_a_newer_list_nothing_new_is_begun_but_what_was_done_is_read()
    {
        Lists().Take(office.Sign(office.List()), a.Trust, Partner.Now);

        Assert.Null(Objection(forNewWork: true, Partner.Now.AddHours(24).AddTicks(-1)));
        Assert.Equal(CertificateFault.RevocationsOutdated, Objection(forNewWork: true, Partner.Now.AddHours(24)));
        Assert.Null(Objection(forNewWork: false, Partner.Now.AddHours(24)));
    }

    [Fact]
    public void A_rolled_back_list_is_refused_also_by_who_was_started_anew()
    {
        var older = office.Sign(office.List(serial: 1));
        Lists().Take(office.Sign(office.Of(a.UserSigning.KeyId, serial: 2)), a.Trust, Partner.Now);

        var refused = Assert.Throws<SignatureException>(() => Lists().Take(older, a.Trust, Partner.Now));

        Assert.Equal(SignatureFault.Superseded, refused.Fault);
        Assert.Equal(CertificateFault.CertificateRevoked, Objection(forNewWork: true, Partner.Now));
    }

    [Fact]
    public void A_damaged_list_is_no_list_until_a_fresh_one_replaces_it()
    {
        Lists().Take(office.Sign(office.List()), a.Trust, Partner.Now);
        File.AppendAllText(Path.Combine(folder, $"{a.Id}.jws"), "x");

        Assert.Equal(CertificateFault.RevocationsOutdated, Objection(forNewWork: true, Partner.Now));
        Assert.Equal(CertificateFault.RevocationsOutdated, Objection(forNewWork: false, Partner.Now));
        Assert.Throws<SignatureException>(() =>
            Lists().Take(office.Sign(office.List(serial: 3, issued: Partner.Now.AddDays(-2))), a.Trust, Partner.Now));
        Assert.True(Lists().Take(office.Sign(office.List(serial: 2)), a.Trust, Partner.Now));
        Assert.Null(Objection(forNewWork: true, Partner.Now));
    }

    [Fact]
    public void What_is_taken_twice_is_kept_once()
    {
        var jws = office.Sign(office.List());

        Assert.True(Lists().Take(jws, a.Trust, Partner.Now));
        Assert.False(Lists().Take(jws, a.Trust, Partner.Now));
        Assert.Equal([a.Id], Lists().Organizations);
    }

    private RevocationFolder Lists() => new(folder);

    private CertificateFault? Objection(bool forNewWork, DateTimeOffset at)
    {
        try
        {
            Certificates.Verify(a.UserSigning, new CheckedTrust(a.Trust, Lists(), forNewWork), at);
            return null;
        }
        catch (CertificateException e)
        {
            return e.Fault;
        }
    }
}
