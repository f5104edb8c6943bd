using System.Text;
using Vantage.Client;
using Vantage.Client.Connection;
using Vantage.Client.Errors;
using Vantage.Client.Home;
using Vantage.Client.Tasks;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Statements;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Client;

/// <summary>The client and the Coordinator mean the same by every route that a question takes.</summary>
public sealed class RealCoordinatorTests(RunningCoordinator coordinator)
    : IClassFixture<RunningCoordinator>, IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task AQuestion_IsTakenFollowedAndCancelled()
    {
        var (client, collaboration, _) = await SetUpAsync();
        var task = await client.SubmitAsync(Ask(collaboration, "{}"), TestContext.Current.CancellationToken);
        await using var watch = client.WatchAsync(task.Id, TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await watch.MoveNextAsync());
        var first = watch.Current;
        await client.CancelAsync(task.Id, TestContext.Current.CancellationToken);
        while (watch.Current.Outcome is null && await watch.MoveNextAsync())
        {
        }

        Assert.Equal(2, task.Targets.Count);
        Assert.All(first.Runs, run => Assert.Equal(WaitingReason.NodeNeverSeen, run.Waiting));
        Assert.Equal(TaskOutcome.Cancelled, watch.Current.Outcome);
        Assert.False(await watch.MoveNextAsync());
        Assert.Equal(task.Id, (await client.ListTasksAsync(collaboration, TestContext.Current.CancellationToken)
            .FirstAsync(TestContext.Current.CancellationToken)).Id);
    }

    [Fact]
    public async Task ArgumentsBeyondWhatTravelsInside_AreUploadedFirst()
    {
        var (client, collaboration, _) = await SetUpAsync();
        var arguments = $"{{\"list\":\"{new string('x', 9 * 1024 * 1024)}\"}}";

        var task = await client.SubmitAsync(Ask(collaboration, arguments), TestContext.Current.CancellationToken);

        Assert.Null((await client.GetTaskAsync(task.Id, TestContext.Current.CancellationToken)).Outcome);
    }

    [Fact]
    public async Task ARunThatHasNotEnded_HasNoReceiptYet()
    {
        var (client, collaboration, _) = await SetUpAsync();
        var task = await client.SubmitAsync(Ask(collaboration, "{}"), TestContext.Current.CancellationToken);

        var view = await client.GetTaskAsync(task.Id, TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<VantageException>(() => client.OpenResultAsync(
            view, task.Targets[0].Run, null, TestContext.Current.CancellationToken));

        Assert.Equal(ClientErrorCodes.NothingThere, refusal.Code);
        Assert.Contains($"vantage task explain {task.Id}", refusal.Next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStudy_IsAskedByItself()
    {
        var (client, collaboration, organizations) = await SetUpAsync();
        var study = await client.Collaborations.CreateStudyAsync(collaboration,
            new CreateStudy("early", [organizations[1]]),
            TestContext.Current.CancellationToken);

        var task = await client.SubmitAsync(Ask(collaboration, "{}") with { Study = study.Id },
            TestContext.Current.CancellationToken);

        Assert.Equal(organizations[1], Assert.Single(task.Targets).Organization);
        Assert.Equal(study.Id, (await client.GetTaskAsync(task.Id, TestContext.Current.CancellationToken)).Study);
    }

    [Fact]
    public async Task ATaskThatIsNotThere_IsNotFound()
    {
        var (client, _, _) = await SetUpAsync();

        Assert.Equal(ErrorCodes.NotFound, (await Assert.ThrowsAsync<VantageException>(() => client.GetTaskAsync(
            TaskId.New(TimeProvider.System), TestContext.Current.CancellationToken))).Code);
    }

    /// <summary>
    /// Two hospitals with a certified node each, and a researcher and admin of the first with a home.
    /// </summary>
    private async Task<(VantageClient Client, CollaborationId Collaboration,
        OrganizationId[] Organizations)> SetUpAsync()
    {
        var (north, south) = (await Hospital.FoundAsync(coordinator), await Hospital.FoundAsync(coordinator));
        await north.CertifiedNodeAsync();
        await south.CertifiedNodeAsync();
        var collaboration = await coordinator.Admin.PostAsync<Collaboration>(Routes.Collaborations,
            new CreateCollaboration($"tumours {Guid.CreateVersion7():N}", [north.Id, south.Id]));
        var (_, ada) = await north.HireAsync(Role.Researcher, Role.OrganizationAdmin);
        var home = await HomeAsync(north, south, ada.User.Id);
        var options = new VantageClientOptions { Url = new Uri(coordinator.Url), Token = ada.Token.Secret };
        return (new VantageClient(options, home), collaboration.Id, [north.Id, south.Id]);
    }

    private async Task<ClientHome> HomeAsync(Hospital own, Hospital partner, UserId user)
    {
        var home = new ClientHome(folder[$"{user}"]);
        var now = TimeProvider.System.GetUtcNow();
        using var signing = SigningKey.Create();
        using var encryption = EncryptionKey.Create();
        var certificates = new PublishCertificates(
            own.Certify(KeyRequest.Create(signing), Identity.Of(own.Id, user, CertificatePurpose.Signing)),
            own.Certify(KeyRequest.Create(encryption), Identity.Of(own.Id, user, CertificatePurpose.Encryption)));
        await own.Admin.PutAsync<User>($"{Routes.Users}/{user}/certificates", certificates);
        home.InstallRoot(own.Root);
        home.WriteUserKeys(signing, encryption);
        home.WriteUserCertificates(Certificate.Parse(certificates.Signing), Certificate.Parse(certificates.Encryption));
        home.InstallPins(Pins.Sign(new PinStatement
        {
            V = 1,
            Issuer = own.Id,
            Serial = 1,
            IssuedAt = now,
            Roots = [new PinnedRootEntry(own.Id, "own", own.Root.Der.ToArray()),
                new PinnedRootEntry(partner.Id, "partner", partner.Root.Der.ToArray())],
        }, own.RootKey, own.Root), now);
        return home;
    }

    private static TaskRequest Ask(CollaborationId collaboration, string arguments) => new()
    {
        Collaboration = collaboration,
        Algorithm = AlgorithmRef.Builtin("summary", "1.0.0", Digest.OfText("code").ToString()),
        Function = "partial",
        Arguments = Encoding.UTF8.GetBytes(arguments),
        Data = [new DataRef { Label = "table", Kind = DataKind.Source, Id = "tumours" }],
    };
}
