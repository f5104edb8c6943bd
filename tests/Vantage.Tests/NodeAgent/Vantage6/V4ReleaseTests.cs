using System.Text.Json;
using Vantage.NodeAgent.Approvals;
using Vantage.NodeAgent.Images;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Sidecars;
using Vantage.Protocol.Images.Signing;
using Vantage.Protocol.Json;
using Vantage.Tests.Images;
using Vantage.Tests.NodeAgent.Doubles;

namespace Vantage.Tests.NodeAgent.Vantage6;

/// <summary>Who looks at the results of an image that knows nothing of disclosure control.</summary>
public sealed class V4ReleaseTests
{
    private readonly Alliance alliance = new();

    [Fact]
    public void AResultThatNobodyDescribed_WaitsForAPerson_WhateverTheRuleSays()
    {
        Assert.Equal(ApprovalGate.BeforeRelease, Asked("central", adopted: true)!.Case.Gate);
        Assert.Null(Asked("partial", adopted: true));
        Assert.Null(Asked("central", adopted: false));
    }

    private ApprovalQuestion? Asked(string function, bool adopted)
    {
        var sidecar = SampleSidecar.Of(Digest.OfText("image")).Deserialize(SignedJson.Default.Sidecar)!;
        using var key = SigningKey.Create();
        var publisher = PublisherKey.FromPem("reviewers", key.PublicKey.ToPem());
        var permit = new RunPermit(Rule(), new PolicyDecision.Allowed("rule", "policy"), new Dictionary<string, IReadOnlyList<string>>())
        {
            Function = sidecar.Algorithm.Functions.First(f => f.Name == function),
            Image = new ImageFacts(ImageRepository.Parse("registry.example.org/a"), sidecar.Image, sidecar.Image, sidecar.Image, sidecar.Algorithm,
                "reviewers", publisher.Id, "sidecar") { Sidecar = adopted ? new VerifiedSidecar(sidecar, Digest.OfText("sidecar"), publisher) : null },
        };
        return AnalysisApproval.BeforeRelease(Order(), permit, new RunEnd.Succeeded("/output", 1, Digest.OfText("1"), new ExecutionFacts())).Asks;
    }

    private RunOrder Order()
    {
        var question = alliance.Ask(alliance.Now, manifest => manifest, "{}"u8.ToArray());
        return new RunOrder
        {
            Manifest = question.Manifest,
            ManifestDigest = Digest.OfText(question.Jws),
            Signed = question.Jws,
            Target = question.Manifest.Targets[0],
            Epoch = 1,
            Requester = new(alliance.University.Id, alliance.University.User),
            Permission = new PolicyDecision.Allowed("earlier", "earlier"),
            Arguments = "{}"u8.ToArray(),
            WorkDirectory = "/work",
        };
    }

    private AcceptRule Rule() => new()
    {
        Name = "rule",
        Collaborations = new HashSet<CollaborationId>(),
        Requesters = new(new HashSet<OrganizationId>(), null),
        Algorithms = [],
        Functions = null,
        Data = [.. alliance.Ask(alliance.Now, manifest => manifest, "{}"u8.ToArray()).Manifest.Data.Select(data => new DataGrant(data.Id, null))],
        Recipients = new HashSet<OrganizationId>(),
    };
}
