using System.Security.Cryptography;
using Vantage.Protocol.Api;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Reviews;
using Vantage.Protocol.Statements;
using Vantage.Tests.Coordinator.Hosting;
using Vantage.Tests.Coordinator.Tasks;

namespace Vantage.Tests.Coordinator.Access.Matrix;

/// <summary>What two organizations signed: code before reviewers, a review, lists of revoked keys, a grant, a charter.</summary>
/// <param name="Algorithm">The code that was reviewed.</param>
/// <param name="Kept">Stays.</param>
/// <param name="Spare">May be taken back by whoever may.</param>
/// <param name="Given">Between two who ask nothing themselves.</param>
/// <param name="Charter">As its members would agree to it.</param>
internal sealed record MatrixPapers(AlgorithmRef Algorithm, SubmissionId Kept, SubmissionId Spare, GrantId Given, CharterText Charter)
{
    private const string Label = """{"v":1,"name":"glm","version":"1.0.0","description":"Models.","functions":[{"name":"partial","kind":"partial","description":"","arguments":{},"data":[]}]}""";

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static async Task<MatrixPapers> SignAsync(RunningCoordinator coordinator, Partnership partners, Question asked)
    {
        var giver = await Person.HireAsync(coordinator, partners.Asking, Role.Researcher);
        var taker = await Person.HireAsync(coordinator, partners.Asked, Role.AlgorithmReviewer);
        var (kept, spare) = (await SubmitAsync(partners, giver, "kept"), await SubmitAsync(partners, giver, "spare"));
        await taker.Http.PutAsync<Submission>($"{Routes.Algorithms}/{kept.Id}/review", new ReviewAlgorithm(Review.Sign(new ReviewStatement
        {
            V = 1, Algorithm = kept.Algorithm, Verdict = ReviewVerdict.Approved, Serial = 1, Comment = "Read.", IssuedAt = Now, NotAfter = Now.AddDays(90),
        }, taker.Signing, taker.Chain)));
        await RevokeNothingAsync(partners.Asking);
        await RevokeNothingAsync(partners.Asked);
        return new(kept.Algorithm, kept.Id, spare.Id, await GrantAsync(giver, taker, asked), Write(partners));
    }

    private static Task<Submission> SubmitAsync(Partnership partners, Person by, string content)
    {
        var id = SubmissionId.New(TimeProvider.System);
        return by.Http.PutAsync<Submission>($"{Routes.Algorithms}/{id}", Submission(partners, by, id, content));
    }

    public static SubmitAlgorithm Submission(Partnership partners, Person by, SubmissionId id, string content) => new(Submissions.Sign(new SubmissionStatement
    {
        V = 1,
        Id = id,
        Collaboration = partners.Collaboration,
        Algorithm = AlgorithmRef.Parse($"oci:registry.example.org/glm@{Digest.OfText($"{content} {partners.Collaboration}")}"),
        Description = Label,
        Note = "sources: https://git.example.org/glm",
        IssuedAt = Now,
    }, by.Signing, by.Chain));

    private static Task RevokeNothingAsync(Hospital hospital) =>
        hospital.Admin.PutAsync<RevocationList>($"{Routes.Organizations}/{hospital.Id}/revocations", new PublishRevocations(KeyRevocations.Sign(
            new KeyRevocationStatement { V = 1, Issuer = hospital.Id, Serial = 1, IssuedAt = Now, NotAfter = Now.AddHours(20), Keys = [], Principals = [] },
            hospital.RootKey, Vantage.Protocol.Identities.CertificateChain.Of(hospital.Root))));

    /// <summary>The Coordinator can't tell whether it opens anything.</summary>
    private static async Task<GrantId> GrantAsync(Person giver, Person taker, Question asked)
    {
        var id = GrantId.New(TimeProvider.System);
        await giver.Http.PutAsync<GrantView>($"{Routes.Grants}/{id}", new GiveGrant(taker.Id, Grant.Sign(new GrantStatement
        {
            V = 1,
            Collaboration = asked.Manifest.Collaboration,
            Task = asked.Id,
            Run = asked.Run,
            Kind = PayloadKind.Input,
            Payload = asked.Manifest.Targets[0].Input.Digest,
            Recipient = taker.Encryption.KeyId,
            Enc = RandomNumberGenerator.GetBytes(65),
            Wrapped = RandomNumberGenerator.GetBytes(48),
            IssuedAt = Now,
        }, giver.Signing, giver.Chain)));
        return id;
    }

    private static CharterText Write(Partnership partners) => CharterText.Write(new Charter
    {
        V = 1,
        Id = CharterId.New(TimeProvider.System),
        Collaboration = partners.Collaboration,
        Serial = 1,
        Purpose = "A study",
        Members = [.. new[] { partners.Asking, partners.Asked }.Select(m => new CharterMember(m.Id, m.Root.Name, m.Root.Der.ToArray()))],
        Threshold = 1,
        Start = Now.AddMinutes(-1),
        End = Now.AddDays(30),
        IssuedAt = Now,
    });
}
