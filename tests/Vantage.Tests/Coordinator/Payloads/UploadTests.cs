using System.Security.Cryptography;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Payloads;
using Vantage.Coordinator.Payloads.Blobs;
using Vantage.Coordinator.Payloads.Uploads;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Persistence;

namespace Vantage.Tests.Coordinator.Payloads;

public sealed class UploadTests(FreshDatabase fresh) : IClassFixture<FreshDatabase>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vantage-payloads-").FullName;
    private readonly byte[] content = RandomNumberGenerator.GetBytes((2 * StartUpload.PartBytes) + 12_345);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private FolderBlobStore Store => new(folder);

    [Fact]
    public async Task Parts_ArrivingInAnyOrderAndAgain_MakeOneBlobOfExactlyTheBytes()
    {
        var (collaboration, caller) = await MemberAsync();
        var handler = Handler();
        var id = UploadId.New(TimeProvider.System);
        await Start(handler, id, collaboration, caller);

        foreach (var number in new[] { 2, 0, 0, 1 })
            await Send(handler, id, number, caller);

        var view = (await handler.FindAsync(id, caller, Stop)).Value!;
        Assert.True(view.Complete);
        Assert.Equal([0, 1, 2], view.Parts);
        await using var blob = await Store.OpenAsync(new BlobKey(collaboration, Digest.Of(content)), Stop);
        Assert.Equal(Digest.Of(content), await Digest.OfAsync(blob!, Stop));
    }

    [Fact]
    public async Task Upload_AfterARestartOfTheCoordinator_TellsWhichPartsItMaySkip()
    {
        var (collaboration, caller) = await MemberAsync();
        var id = UploadId.New(TimeProvider.System);
        await Start(Handler(), id, collaboration, caller);
        await Send(Handler(), id, 1, caller);

        var view = (await Start(Handler(), id, collaboration, caller)).Value!;

        Assert.Equal([1], view.Parts);
        Assert.False(view.Complete);
    }

    [Fact]
    public async Task Part_DamagedOnTheWay_IsRefusedAndWelcomeAgain()
    {
        var (collaboration, caller) = await MemberAsync();
        var handler = Handler();
        var id = UploadId.New(TimeProvider.System);
        await Start(handler, id, collaboration, caller);
        var damaged = Part(0).ToArray();
        damaged[77] ^= 1;

        var refused = await handler.ReceiveAsync(id, 0, Digest.Of(Part(0).Span).ToString(), new MemoryStream(damaged), caller, Stop);
        var accepted = await Send(handler, id, 0, caller);

        Assert.Equal(ErrorCodes.PayloadDigestMismatch, refused.Refusal!.Code);
        Assert.Equal([0], accepted.Value!.Parts);
    }

    [Fact]
    public async Task Parts_ThatTogetherAreNotWhatWasAnnounced_AllHaveToComeAgain()
    {
        var (collaboration, caller) = await MemberAsync();
        var handler = Handler();
        var id = UploadId.New(TimeProvider.System);
        await handler.StartAsync(id, new StartUpload(collaboration, Digest.OfText("something else"), content.Length), caller, Stop);
        await Send(handler, id, 0, caller);
        await Send(handler, id, 1, caller);

        var last = await Send(handler, id, 2, caller);

        Assert.Equal(ErrorCodes.PayloadDigestMismatch, last.Refusal!.Code);
        Assert.Empty((await handler.FindAsync(id, caller, Stop)).Value!.Parts);
    }

    [Fact]
    public async Task Upload_OfSomebodyElse_DoesNotExist()
    {
        var (collaboration, caller) = await MemberAsync();
        var handler = Handler();
        var id = UploadId.New(TimeProvider.System);
        await Start(handler, id, collaboration, caller);
        var colleague = caller with { User = UserId.New(TimeProvider.System) };

        Assert.Equal(ErrorCodes.NotFound, (await handler.FindAsync(id, colleague, Stop)).Refusal!.Code);
        Assert.Equal(ErrorCodes.NotFound, (await Send(handler, id, 0, colleague)).Refusal!.Code);
        Assert.Equal(ErrorCodes.NotFound, (await Start(handler, id, collaboration, colleague)).Refusal!.Code);
    }

    [Fact]
    public async Task Upload_IntoAForeignCollaboration_IsRefusedAsUnknown()
    {
        var (_, caller) = await MemberAsync();
        var (foreign, _) = await MemberAsync();

        var answer = await Start(Handler(), UploadId.New(TimeProvider.System), foreign, caller);

        Assert.Equal(ErrorCodes.NotFound, answer.Refusal!.Code);
    }

    [Fact]
    public async Task Uploads_BeyondTheQuota_AreRefusedByTheSettingsName()
    {
        var (collaboration, caller) = await MemberAsync();
        var handler = Handler(new PayloadSettings { QuotaBytes = content.Length + 10 });
        await Start(handler, UploadId.New(TimeProvider.System), collaboration, caller);

        var second = await Start(handler, UploadId.New(TimeProvider.System), collaboration, caller);

        Assert.Equal(ErrorCodes.QuotaExceeded, second.Refusal!.Code);
        Assert.Contains("payloads.quotaBytes", second.Refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_OfBytesThatAreHere_IsCompleteAtOnce()
    {
        var (collaboration, caller) = await MemberAsync();
        var handler = Handler();
        var first = UploadId.New(TimeProvider.System);
        await Start(handler, first, collaboration, caller);
        for (var number = 0; number < 3; number++)
            await Send(handler, first, number, caller);

        var second = await Start(handler, UploadId.New(TimeProvider.System), collaboration, caller);

        Assert.True(second.Value!.Complete);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private UploadHandler Handler(PayloadSettings? settings = null) => new(fresh.Database, Store, settings ?? new PayloadSettings());

    private Task<Answer<UploadView>> Start(UploadHandler handler, UploadId id, CollaborationId collaboration, Caller caller) =>
        handler.StartAsync(id, new StartUpload(collaboration, Digest.Of(content), content.Length), caller, Stop);

    private async Task<Answer<UploadView>> Send(UploadHandler handler, UploadId id, int number, Caller caller)
    {
        using var body = new MemoryStream(Part(number).ToArray());
        return await handler.ReceiveAsync(id, number, Digest.Of(Part(number).Span).ToString(), body, caller, Stop);
    }

    private ReadOnlyMemory<byte> Part(int number) =>
        content.AsMemory(number * StartUpload.PartBytes, Math.Min(StartUpload.PartBytes, content.Length - (number * StartUpload.PartBytes)));

    private async Task<(CollaborationId Collaboration, UserCaller Caller)> MemberAsync()
    {
        var collaboration = CollaborationId.New(TimeProvider.System);
        var organization = OrganizationId.New(TimeProvider.System);
        await using var insert = fresh.Superuser.CreateCommand("INSERT INTO collaboration (id, name) VALUES ($1, $2)");
        insert.Parameters.Add(new() { Value = collaboration.Value });
        insert.Parameters.Add(new() { Value = collaboration.ToString() });
        await insert.ExecuteNonQueryAsync(Stop);
        return (collaboration, new UserCaller(UserId.New(TimeProvider.System), "Ada", AccountRights.Of(true, [Role.Researcher.Name], []), organization,
            TokenId.New(TimeProvider.System), DateTimeOffset.MaxValue, new HashSet<CollaborationId> { collaboration },
            new HashSet<OrganizationId> { organization }));
    }
}
