using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Reviews;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Algorithms;

/// <summary>Members put code before each other's reviewers; what is kept is what people signed.</summary>
public sealed class StoreTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private const string Label = """{"v":1,"name":"glm","version":"1.4.0","description":"Models.","functions":[{"name":"partial","kind":"partial","description":"","arguments":{},"data":[]}]}""";

    [Fact]
    public async Task ASubmission_IsReviewedByAnotherMember_AndANodeOfTheThirdReadsTheReview()
    {
        var people = await People.MeetAsync(coordinator);
        var submitted = await people.SubmitAsync();
        Assert.Equal(("glm", "1.4.0", people.Ada.Id), (submitted.Name, submitted.Version, submitted.User));

        var review = people.Say(people.Reviewer, submitted, ReviewVerdict.Approved, 1);
        var after = await people.Reviewer.Http.PutAsync<Submission>($"{Routes.Algorithms}/{submitted.Id}/review", new ReviewAlgorithm(review));

        Assert.Equal([review], after.Reviews);
        var node = await (await Site.OpenAsync(coordinator, people.Mine)).RestAsync();
        var told = await node.GetAsync<AlgorithmReviews>($"{Routes.Algorithms}/reviews?algorithm={Uri.EscapeDataString(submitted.Algorithm.Text)}");
        Assert.Equal([review], told.Reviews);
        Assert.Equal([submitted.Id], (await people.Ada.Http.GetAsync<Page<Submission>>(Routes.Algorithms)).Items.Select(s => s.Id));
    }

    [Fact]
    public async Task ALaterWord_TakesThePlaceOfAnEarlier_AndNeverTheOtherWayRound()
    {
        var people = await People.MeetAsync(coordinator);
        var submitted = await people.SubmitAsync();
        var path = $"{Routes.Algorithms}/{submitted.Id}/review";
        var (first, second) = (people.Say(people.Reviewer, submitted, ReviewVerdict.Approved, 1), people.Say(people.Reviewer, submitted, ReviewVerdict.Revoked, 2));

        await people.Reviewer.Http.PutAsync<Submission>(path, new ReviewAlgorithm(first));
        await people.Reviewer.Http.PutAsync<Submission>(path, new ReviewAlgorithm(second));

        Assert.Equal(ErrorCodes.Conflict, (await people.Reviewer.Http.RefusedAsync(HttpMethod.Put, path, new ReviewAlgorithm(first))).Code);
        Assert.Equal([second], (await people.Reviewer.Http.GetAsync<Submission>($"{Routes.Algorithms}/{submitted.Id}")).Reviews);
    }

    [Fact]
    public async Task Nobody_ReviewsTheirOwn_OrWithoutTheRole_OrInAnothersName_OrOtherCode()
    {
        var people = await People.MeetAsync(coordinator);
        var submitted = await people.SubmitAsync();
        var path = $"{Routes.Algorithms}/{submitted.Id}/review";
        var colleague = await Person.HireAsync(coordinator, people.Theirs, Role.Researcher);
        var other = submitted with { Algorithm = People.Algorithm("other") };

        Assert.Equal(ErrorCodes.Forbidden, (await RefuseAsync(people.Ada, people.Say(people.Ada, submitted, ReviewVerdict.Approved, 1))).Code);
        Assert.Equal(ErrorCodes.Forbidden, (await RefuseAsync(colleague, people.Say(colleague, submitted, ReviewVerdict.Approved, 1))).Code);
        Assert.Equal(ErrorCodes.SignatureInvalid, (await RefuseAsync(people.Reviewer, people.Say(colleague, submitted, ReviewVerdict.Approved, 1))).Code);
        Assert.Equal(ErrorCodes.InvalidInput, (await RefuseAsync(people.Reviewer, people.Say(people.Reviewer, other, ReviewVerdict.Approved, 1))).Code);

        Task<Problem> RefuseAsync(Person by, string jws) => by.Http.RefusedAsync(HttpMethod.Put, path, new ReviewAlgorithm(jws));
    }

    [Fact]
    public async Task OtherTenants_FindNothing()
    {
        var people = await People.MeetAsync(coordinator);
        var submitted = await people.SubmitAsync();
        var stranger = (await People.MeetAsync(coordinator)).Reviewer;
        var review = people.Say(stranger, submitted, ReviewVerdict.Rejected, 1);

        Assert.Equal(ErrorCodes.NotFound, (await stranger.Http.RefusedAsync(HttpMethod.Get, $"{Routes.Algorithms}/{submitted.Id}")).Code);
        Assert.Equal(ErrorCodes.NotFound,
            (await stranger.Http.RefusedAsync(HttpMethod.Put, $"{Routes.Algorithms}/{submitted.Id}/review", new ReviewAlgorithm(review))).Code);
        Assert.Empty((await stranger.Http.GetAsync<Page<Submission>>(Routes.Algorithms)).Items);
        Assert.Equal(ErrorCodes.NotFound,
            (await stranger.Http.RefusedAsync(HttpMethod.Get, $"{Routes.Collaborations}/{people.Circle}/store-rules")).Code);
    }

    [Fact]
    public async Task TheSameCode_IsBeforeTheSamePeopleOnce_AndAgainAfterItWasTakenBack()
    {
        var people = await People.MeetAsync(coordinator);
        var submitted = await people.SubmitAsync();
        var again = people.Submission(SubmissionId.New(TimeProvider.System));

        Assert.Equal(ErrorCodes.Conflict, (await people.Ada.Http.RefusedAsync(HttpMethod.Put, $"{Routes.Algorithms}/{again.Id}", again.Signed)).Code);
        Assert.Equal(submitted.Id, (await people.Ada.Http.PutAsync<Submission>($"{Routes.Algorithms}/{submitted.Id}", new SubmitAlgorithm(submitted.Statement))).Id);
        await people.Mine.Admin.DeleteAsync($"{Routes.Algorithms}/{submitted.Id}");
        await people.Ada.Http.PutAsync<Submission>($"{Routes.Algorithms}/{again.Id}", again.Signed);
    }

    [Fact]
    public async Task EachMember_SaysWhatItAsks_AndCanTakeOverAnothersVerdicts()
    {
        var people = await People.MeetAsync(coordinator);
        var path = $"{Routes.Collaborations}/{people.Circle}/store-rules";

        await people.Mine.Admin.PutAsync<StoreRule>(path, new SetStoreRule(2, 1, [people.Theirs.Id]));

        var rules = (await people.Ada.Http.GetAsync<Page<StoreRule>>(path)).Items.ToDictionary(rule => rule.Organization);
        Assert.Equal((2, 1), (rules[people.Mine.Id].AtLeast, rules[people.Mine.Id].FromOrganizations));
        Assert.Equal([people.Theirs.Id], rules[people.Mine.Id].Accepts);
        Assert.Equal([people.Theirs.Id], rules[people.Theirs.Id].Accepts);
        Assert.Equal(ErrorCodes.InvalidInput, (await people.Mine.Admin.RefusedAsync(HttpMethod.Put, path, new SetStoreRule(1, 2, [people.Theirs.Id]))).Code);
        Assert.Equal(ErrorCodes.InvalidInput,
            (await people.Mine.Admin.RefusedAsync(HttpMethod.Put, path, new SetStoreRule(1, 1, [OrganizationId.New(TimeProvider.System)]))).Code);
        Assert.Equal(ErrorCodes.Forbidden, (await people.Ada.Http.RefusedAsync(HttpMethod.Put, path, new SetStoreRule(1, 1, [people.Mine.Id]))).Code);
    }

    /// <summary>Two hospitals with roots: one submits, the other reviews.</summary>
    private sealed record People(Hospital Mine, Hospital Theirs, CollaborationId Circle, Person Ada, Person Reviewer)
    {
        public static async Task<People> MeetAsync(RunningCoordinator coordinator)
        {
            var (mine, theirs) = (await Hospital.FoundAsync(coordinator), await Hospital.FoundAsync(coordinator));
            await mine.PublishRootAsync();
            await theirs.PublishRootAsync();
            var circle = await coordinator.Admin.PostAsync<Collaboration>(
                Routes.Collaborations, new CreateCollaboration($"Study {Guid.CreateVersion7():N}", [mine.Id, theirs.Id]));
            return new(mine, theirs, circle.Id, await Person.HireAsync(coordinator, mine, Role.Researcher, Role.AlgorithmReviewer),
                await Person.HireAsync(coordinator, theirs, Role.AlgorithmReviewer));
        }

        public static AlgorithmRef Algorithm(string content) =>
            AlgorithmRef.Parse($"oci:registry.example.org/glm@{Digest.Of(System.Text.Encoding.UTF8.GetBytes(content))}");

        public (SubmissionId Id, SubmitAlgorithm Signed) Submission(SubmissionId id) => (id, new SubmitAlgorithm(Submissions.Sign(new SubmissionStatement
        {
            V = 1,
            Id = id,
            Collaboration = Circle,
            Algorithm = Algorithm($"{Circle}"),
            Description = Label,
            Note = "sources: https://git.example.org/glm",
            IssuedAt = TimeProvider.System.GetUtcNow(),
        }, Ada.Signing, Ada.Chain)));

        public Task<Submission> SubmitAsync()
        {
            var (id, signed) = Submission(SubmissionId.New(TimeProvider.System));
            return Ada.Http.PutAsync<Submission>($"{Routes.Algorithms}/{id}", signed);
        }

        public string Say(Person by, Submission about, ReviewVerdict verdict, long serial) => Review.Sign(new ReviewStatement
        {
            V = 1,
            Algorithm = about.Algorithm,
            Verdict = verdict,
            Serial = serial,
            Comment = "Read all of it.",
            IssuedAt = TimeProvider.System.GetUtcNow(),
            NotAfter = TimeProvider.System.GetUtcNow().AddDays(90),
        }, by.Signing, by.Chain);
    }
}
