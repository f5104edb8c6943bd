using System.Text;
using Microsoft.AspNetCore.Http;
using Vantage.Client.Errors;
using Vantage.Client.Tasks;
using Vantage.Protocol.Api;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.Client;

public sealed class SubmitTests
{
    [Fact]
    public async Task AQuestion_ReachesEachNodeSealedForItAlone()
    {
        await using var federation = await FakeFederation.StartAsync("South", "West");

        var task = await federation.Client()
            .SubmitAsync(Ask(federation, "{\"secret\":42}"), TestContext.Current.CancellationToken);

        Assert.Equal(["North", "South", "West"], task.Targets.Select(t => t.Site));
        Assert.All(federation.Runs.Values, run =>
            Assert.Equal("{\"secret\":42}", Encoding.UTF8.GetString(run.OpenInput())));
        var (north, south) = (federation.Runs[task.Targets[0].Run], federation.Partners[1]);
        Assert.Equal(EnvelopeFault.NotARecipient, Assert.Throws<EnvelopeException>(() => Envelope.Open(
            federation.Submitted[task.Id].Inputs.Single(i => i.Digest == north.Manifest.Targets[0].Input.Digest).Bytes,
            new EnvelopeContext(federation.Collaboration, task.Id, north.Id, PayloadKind.Input),
            south.NodeEncryptionKey)).Fault);
        Assert.DoesNotContain("secret", task.Manifest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhateverBreaksOnTheWay_TheSameBytesAreSentAgain()
    {
        await using var federation = await FakeFederation.StartAsync("South");
        var bodies = new List<string>();
        federation.Meddle = async context =>
        {
            if (!HttpMethods.IsPut(context.Request.Method))
            {
                return false;
            }

            context.Request.EnableBuffering();
            bodies.Add(await new StreamReader(context.Request.Body, leaveOpen: true).ReadToEndAsync());
            context.Request.Body.Position = 0;
            if (bodies.Count < 3)
            {
                context.Abort();
                return true;
            }

            return false;
        };

        await federation.Client().SubmitAsync(Ask(federation, "{}"), TestContext.Current.CancellationToken);

        Assert.Equal(3, bodies.Count);
        Assert.Single(bodies.Distinct());
        Assert.Single(federation.Submitted);
    }

    [Fact]
    public async Task LargeArguments_AreUploadedInPartsBeforehand()
    {
        await using var federation = await FakeFederation.StartAsync("South");
        var arguments = $"{{\"list\":\"{new string('x', StartUpload.PartBytes + 1000)}\"}}";

        var task = await federation.Client()
            .SubmitAsync(Ask(federation, arguments), TestContext.Current.CancellationToken);

        Assert.Empty(federation.Submitted[task.Id].Inputs);
        Assert.All(federation.Runs.Values, run => Assert.Equal(arguments.Length, run.OpenInput().Length));
    }

    [Fact]
    public async Task ARequestThatBreaksARule_IsRefusedHereByName()
    {
        await using var federation = await FakeFederation.StartAsync();

        var refusal = await Assert.ThrowsAsync<VantageException>(() => federation.Client().SubmitAsync(
            Ask(federation, "{}") with { Function = "1 not a name", Lifetime = TimeSpan.FromDays(500) },
            TestContext.Current.CancellationToken));

        Assert.Equal(ClientErrorCodes.RequestInvalid, refusal.Code);
        Assert.Contains("function:", refusal.What, StringComparison.Ordinal);
        Assert.Contains("notAfter:", refusal.What, StringComparison.Ordinal);
        Assert.Empty(federation.Submitted);
    }

    [Fact]
    public async Task AHomeWhoseKeysAreNotCertified_SaysWhoDoesThat()
    {
        await using var federation = await FakeFederation.StartAsync();
        federation.Home.WriteUserKeys(Vantage.Protocol.Cryptography.SigningKey.Create(),
            Vantage.Protocol.Cryptography.EncryptionKey.Create());

        var refusal = await Assert.ThrowsAsync<VantageException>(() => federation.Client().SubmitAsync(
            Ask(federation, "{}"), TestContext.Current.CancellationToken));

        Assert.Equal(ClientErrorCodes.KeyMissing, refusal.Code);
        Assert.Contains("vantage keys certify", refusal.Next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("summary", null, true)]
    [InlineData("summary@1.0.0", "partial", true)]
    [InlineData("summary@2.0.0", null, false)]
    [InlineData("sumary", null, false)]
    [InlineData("summary", "nothing", false)]
    public async Task AName_MeansWhatTheSignedCatalogueSays(string name, string? function, bool known)
    {
        await using var federation = await FakeFederation.StartAsync();
        var client = federation.Client();

        if (known)
        {
            Assert.Equal(federation.Algorithm, client.Algorithm(name, function));
            return;
        }

        Assert.Equal(ClientErrorCodes.AlgorithmUnknown, Assert.Throws<VantageException>(() =>
            client.Algorithm(name, function)).Code);
    }

    internal static TaskRequest Ask(FakeFederation federation, string arguments) => new()
    {
        Collaboration = federation.Collaboration,
        Algorithm = federation.Algorithm,
        Function = "partial",
        Arguments = Encoding.UTF8.GetBytes(arguments),
        Data = [new DataRef { Label = "table", Kind = DataKind.Source, Id = "patients" }],
    };
}
