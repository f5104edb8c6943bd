using System.Text.Json;
using Vantage.Algorithms.Federations;
using Vantage.Client.Errors;
using Vantage.Client.Federation;
using Vantage.Protocol.Api;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Statistics;
using Vantage.Statistics.Summaries;

namespace Vantage.Tests.Client;

/// <summary>A central program in the researcher's process, over the wire.</summary>
public sealed class WireFederationTests
{
    [Fact]
    public async Task ASummary_IsPutTogetherFromWhatTheSitesSealed()
    {
        await using var federation = await FakeFederation.StartAsync("South", "West");
        var values = new Dictionary<string, double[]> { ["North"] = [1, 2], ["South"] = [3, 4, 5], ["West"] = [6] };
        federation.Answer = (site, run) => run.Succeed(Partial(values[site.Root.Name]));
        var wire = await JoinAsync(federation);

        var result = await Summary.Central.RunAsync(wire, new SummaryArguments(["age"]),
            TestContext.Current.CancellationToken);

        Assert.Equal(["North", "South", "West"], result.Sites);
        Assert.Equal(6, result.Rows);
        Assert.Equal(3.5, result.Columns.Single().Mean!.Value, 1e-12);
        Assert.Equal(Math.Sqrt(17.5 / 5), result.Columns.Single().StandardDeviation!.Value, 1e-12);
        var manifest = federation.Runs.Values.First().Manifest;
        Assert.Equal(wire.Job, manifest.Job);
        Assert.Equal("{\"columns\":[\"age\"]}",
            System.Text.Encoding.UTF8.GetString(federation.Runs.Values.First().OpenInput()));
    }

    [Fact]
    public async Task WhatComesWithTheEnd_NeedsNoRequestsOfItsOwn_AndIsBelievedNoMoreThanWhatIsFetched()
    {
        await using var federation = await FakeFederation.StartAsync("South");
        federation.Answer = (_, run) => run.Succeed(Partial([1, 2]));
        var fetched = 0;
        federation.Meddle = context =>
        {
            fetched += context.Request.Path.Value!.Contains("/runs/", StringComparison.Ordinal) ? 1 : 0;
            return Task.FromResult(false);
        };
        Task<SummaryResult> AskAsync(WireFederation wire) =>
            Summary.Central.RunAsync(wire, new SummaryArguments(["age"]), TestContext.Current.CancellationToken);
        var wire = await JoinAsync(federation);

        federation.Bring = run => new RunAnswer(run.Id, run.End!.Receipt, PayloadKind.Result, run.End.Envelopes["result"]);
        Assert.Equal((4, 0), ((await AskAsync(wire)).Rows, fetched));

        federation.Bring = run => new RunAnswer(run.Id, run.End!.Receipt, PayloadKind.Result, [.. run.End.Envelopes["result"], 1]);
        Assert.Equal((4, 2), ((await AskAsync(wire)).Rows, fetched));

        federation.Bring = run => new RunAnswer(run.Id, federation.Runs.Values.First(other => other.Site != run.Site).End!.Receipt, null, null);
        Assert.Equal(ClientErrorCodes.ReceiptUntrusted, (await Assert.ThrowsAsync<VantageException>(() => AskAsync(wire))).Code);
    }

    [Fact]
    public async Task SitesThatGaveNothing_AreNamedWithTheReasonTheySealed()
    {
        await using var federation = await FakeFederation.StartAsync("South", "West");
        federation.Answer = (site, run) => site.Root.Name switch
        {
            "South" => run.Fail(RunOutcome.Refused, RunCodes.PolicyRefused, "Not for this purpose."),
            "West" => run.Fail(RunOutcome.Failed, RunCodes.DataInvalid, "Line 7 has 3 cells."),
            _ => run.Succeed(Partial([1])),
        };
        var wire = await JoinAsync(federation);

        var results = await wire.RunAsync(Summary.Algorithm, Summary.Partial, new SummaryArguments(),
            TestContext.Current.CancellationToken);

        Assert.IsType<SiteResult<SummaryPartial>.Succeeded>(results[0]);
        Assert.Equal("by-hand", Assert.IsType<SiteResult<SummaryPartial>.Refused>(results[1]).Rule);
        Assert.Contains("Line 7", Assert.IsType<SiteResult<SummaryPartial>.Failed>(results[2]).Failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivingUp_CancelsTheRound()
    {
        await using var federation = await FakeFederation.StartAsync();
        using var stop = new CancellationTokenSource();
        var wire = await JoinAsync(federation);
        wire.OnProgress = (_, _) => stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            wire.RunAsync(Summary.Algorithm, Summary.Partial, new SummaryArguments(), stop.Token));

        Assert.All(federation.Runs.Values, run => Assert.Equal(RunOutcome.Cancelled, run.End!.Outcome));
    }

    [Fact]
    public void SitesOfOneName_AreToldApart()
    {
        var (one, other) = (Vantage.Protocol.Ids.OrganizationId.New(TimeProvider.System),
            Vantage.Protocol.Ids.OrganizationId.New(TimeProvider.System));

        var names = SiteNames.Of([(one, "General Hospital"), (other, "General Hospital"), (one, "West")]);

        Assert.Equal([$"General Hospital ({one})", $"General Hospital ({other})", "West"], names);
    }

    private static Task<WireFederation> JoinAsync(FakeFederation federation) =>
        WireFederation.JoinAsync(federation.Client(),
        new WireFederationOptions
        {
            Collaboration = federation.Collaboration,
            Data = [new DataRef { Label = "table", Kind = DataKind.Source, Id = "patients" }],
        }, TestContext.Current.CancellationToken);

    private static byte[] Partial(double[] values)
    {
        var mean = values.Average();
        return JsonSerializer.SerializeToUtf8Bytes(new SummaryPartial(values.Length,
            [new ColumnMoments("age", values.Length, 0, mean, 0, values.Sum(v => (v - mean) * (v - mean)))], []),
            StatisticsJson.Default.SummaryPartial);
    }
}
