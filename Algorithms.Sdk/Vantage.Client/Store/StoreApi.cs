using Vantage.Client.Connection;
using Vantage.Client.Errors;
using Vantage.Client.Home;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Reviews;

namespace Vantage.Client.Store;

/// <summary>
/// The algorithm store: code that members of a collaboration put before each other's reviewers, and what they signed about
/// it. It lets nothing run: each node counts reviews by its own policy. All methods throw <see cref="VantageException"/>.
/// </summary>
public sealed class StoreApi
{
    private readonly RestChannel rest;
    private readonly ClientHome? home;

    internal StoreApi(RestChannel rest, ClientHome? home) => (this.rest, this.home) = (rest, home);

    /// <summary>All that is before reviewers, of one collaboration or of all that the caller sees.</summary>
    public IAsyncEnumerable<Submission> ListAsync(CollaborationId? collaboration = null, CancellationToken cancellationToken = default) =>
        Pages.WalkAsync(rest,
            collaboration is { } id ? Pages.WithQuery(Routes.Algorithms, "collaboration", id.ToString()) : Routes.Algorithms,
            ProtocolJson.Default.PageSubmission, cancellationToken);

    /// <summary>One submission as the Coordinator keeps it; <see cref="CheckAsync"/> says what of it is to be believed.</summary>
    public Task<Submission> GetAsync(SubmissionId id, CancellationToken cancellationToken = default) =>
        rest.GetAsync($"{Routes.Algorithms}/{id}", ProtocolJson.Default.Submission, cancellationToken);

    /// <summary>One submission with its reviews, checked against the roots that are pinned here.</summary>
    public async Task<CheckedSubmission> CheckAsync(SubmissionId id, CancellationToken cancellationToken = default) =>
        CheckedSubmission.Of(await GetAsync(id, cancellationToken), RequireHome().ReadPins(rest.Time.GetUtcNow()), rest.Time.GetUtcNow());

    /// <summary>Signs with the person's key and puts code before a collaboration's reviewers.</summary>
    /// <param name="collaboration">Whose reviewers.</param>
    /// <param name="algorithm">Exactly this code.</param>
    /// <param name="description">Its label <c>org.vantage.algorithm</c>, character for character.</param>
    /// <param name="note">For the reviewers: where the sources are, what is new.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Submission> SubmitAsync(CollaborationId collaboration, AlgorithmRef algorithm, string description, string note,
        CancellationToken cancellationToken = default)
    {
        using var keys = UserKeys.Open(RequireHome());
        var statement = new SubmissionStatement
        {
            V = 1,
            Id = SubmissionId.New(rest.Time),
            Collaboration = collaboration,
            Algorithm = algorithm,
            Description = description,
            Note = note,
            IssuedAt = rest.Time.GetUtcNow(),
        };
        var jws = Failures.Translate(() => Submissions.Sign(statement, keys.Signing, keys.Chain));
        return await rest.PutAsync($"{Routes.Algorithms}/{statement.Id}", new SubmitAlgorithm(jws), ProtocolJson.Default.SubmitAlgorithm,
            ProtocolJson.Default.Submission, cancellationToken);
    }

    /// <summary>Signs a word about a submission's code with the person's key. A later word takes the place of an earlier one.</summary>
    /// <param name="submission">As <see cref="CheckAsync"/> gave it.</param>
    /// <param name="verdict">What is said.</param>
    /// <param name="comment">Why. Required, unless it is approved.</param>
    /// <param name="valid">How long an approval holds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Submission> ReviewAsync(CheckedSubmission submission, ReviewVerdict verdict, string comment, TimeSpan valid,
        CancellationToken cancellationToken = default)
    {
        using var keys = UserKeys.Open(RequireHome());
        var (id, now) = (submission.Submission.Id, rest.Time.GetUtcNow());
        var before = submission.Reviews.Where(review => keys.Chain.Signer.Identity.Principal.ToString() == review.Reviewer.ToString())
            .Select(review => review.Statement.Serial).DefaultIfEmpty().Max();
        var statement = new ReviewStatement
        {
            V = 1,
            Algorithm = submission.Submission.Algorithm,
            Verdict = verdict,
            Serial = before + 1,
            Comment = comment,
            IssuedAt = now,
            NotAfter = now + valid,
        };
        var jws = Failures.Translate(() => Review.Sign(statement, keys.Signing, keys.Chain));
        return await rest.PutAsync($"{Routes.Algorithms}/{id}/review", new ReviewAlgorithm(jws), ProtocolJson.Default.ReviewAlgorithm,
            ProtocolJson.Default.Submission, cancellationToken);
    }

    /// <summary>Takes it off the list. What reviewers said of the code stays said.</summary>
    public Task WithdrawAsync(SubmissionId id, CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, RestChannel.Relative($"{Routes.Algorithms}/{id}")), cancellationToken);

    /// <summary>What each member asks of code before it takes it for reviewed.</summary>
    public async Task<IReadOnlyList<StoreRule>> RulesAsync(CollaborationId collaboration, CancellationToken cancellationToken = default) =>
        (await rest.GetAsync($"{Routes.Collaborations}/{collaboration}/store-rules", ProtocolJson.Default.PageStoreRule, cancellationToken)).Items;

    /// <summary>For one's own organization; its admins only.</summary>
    public Task<StoreRule> SetRuleAsync(CollaborationId collaboration, SetStoreRule rule, CancellationToken cancellationToken = default) =>
        rest.PutAsync($"{Routes.Collaborations}/{collaboration}/store-rules", rule, ProtocolJson.Default.SetStoreRule,
            ProtocolJson.Default.StoreRule, cancellationToken);

    private ClientHome RequireHome() => home ?? throw new VantageException(ClientErrorCodes.HomeInvalid,
        "This client has no home, hence neither keys to sign with nor pinned roots to believe.", "Open it with VantageClient.FromHome.");
}
