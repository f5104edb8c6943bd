using Vantage.NodeAgent.Policy;
using Vantage.Protocol.Manifests;
using static Vantage.Tests.NodeAgent.Policy.PolicyWorld;

namespace Vantage.Tests.NodeAgent.Policy;

/// <summary>One refusal per line of a rule, and what it says.</summary>
public sealed class PolicyJudgeTests
{
    private static readonly NodePolicy Policy = new([Rule], false);

    [Fact]
    public void APlaceOutside_IsReachedOnlyIfItIsAskedForAndGranted()
    {
        var granting = Rule with { Egress = [new("terms", "terms.example.org", 443, false)] };
        var asking = Facts with { Egress = ["terms"] };

        Assert.Empty(RuleObjections.Of(granting, asking));
        Assert.Empty(RuleObjections.Of(granting, Facts));
        var objection = Assert.Single(RuleObjections.Of(Rule, asking));
        Assert.Equal(("egress", "egress 'terms' is not listed", "nothing"), (objection.Line, objection.Problem, objection.Allows));
        Assert.Equal("terms", Assert.Single(RuleObjections.Of(granting, Facts with { Egress = ["terms", "more"] })).Allows);
    }

    [Fact]
    public void WhatTheRuleAllows_IsAccepted() =>
        Assert.Equal(Rule, Assert.IsType<PolicyVerdict.Accepted>(PolicyJudge.Decide(Policy, Facts)).Rule);

    public static TheoryData<string, string> Refusals => new()
    {
        { "collaboration", "collaborations" },
        { "organization", "requesters.organizations" },
        { "delegate", "delegates.organizations" },
        { "delegates", "subtasks" },
        { "recipient", "recipients.organizations" },
        { "no recipient", "recipients.organizations" },
        { "type", "accept" },
        { "algorithm", "algorithms" },
        { "function", "functions" },
        { "source", "data" },
        { "frame", "data" },
        { "cpu", "limits.cpu" },
        { "not a number of cpus", "limits.cpu" },
        { "memory", "limits.memoryMiB" },
        { "disk", "limits.diskMiB" },
        { "time", "limits.timeSeconds" },
        { "accelerators", "limits.accelerators" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void AnythingElse_IsRefusedByTheLineItBreaks(string change, string line)
    {
        var verdict = PolicyJudge.Decide(Policy, Changed(change));

        var objection = Assert.Single(Assert.Single(Assert.IsType<PolicyVerdict.Refused>(verdict).Closest).Objections);
        Assert.Equal(line, objection.Line);
    }

    [Fact]
    public void OfSeveralRules_TheOneThatComesClosestIsNamed()
    {
        var far = Rule with { Name = "far", Functions = Set("other"), Collaborations = Set(Collaborations[1]) };
        var near = Rule with { Name = "near", Functions = Set("raw") };

        var refused = Assert.IsType<PolicyVerdict.Refused>(PolicyJudge.Decide(new([far, near], false), Facts));

        Assert.Equal("near", refused.RuleName);
        var sentence = PolicySentences.ForTheAsker(refused);
        Assert.Contains("'near'", sentence, StringComparison.Ordinal);
        Assert.Contains("function 'partial' is not listed", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void TheAsker_DoesNotReadWhatElseIsAllowed()
    {
        var rule = Rule with { Functions = Set("secret-function"), Data = [new("patients", Set("secret_column"))] };
        var facts = Facts with { Columns = new Dictionary<string, IReadOnlyList<string>> { ["patients"] = ["age"] } };

        var refused = Assert.IsType<PolicyVerdict.Refused>(PolicyJudge.Decide(new([rule], false), facts));

        Assert.DoesNotContain("secret", PolicySentences.ForTheAsker(refused), StringComparison.Ordinal);
        var forTheAdmin = string.Join('\n', PolicySentences.ForTheAdmin(refused));
        Assert.Contains("secret-function", forTheAdmin, StringComparison.Ordinal);
        Assert.Contains("secret_column", forTheAdmin, StringComparison.Ordinal);
    }

    [Fact]
    public void AColumnThatIsNotListed_IsRefusedByName()
    {
        var rule = Rule with { Data = [new("patients", Set("age"))] };
        var facts = Facts with { Columns = new Dictionary<string, IReadOnlyList<string>> { ["patients"] = ["age", "name"] } };

        var refused = Assert.IsType<PolicyVerdict.Refused>(PolicyJudge.Decide(new([rule], false), facts));

        Assert.Equal("column 'name' is not listed", refused.Closest[0].Objections[0].Problem);
    }

    private static PolicyFacts Changed(string what) => what switch
    {
        "collaboration" => Facts with { Collaboration = Collaborations[1] },
        "organization" => Facts with { Organization = Organizations[1] },
        "delegate" => Facts with { Delegate = Organizations[1] },
        "delegates" => Facts with { Delegates = true },
        "recipient" => Facts with { Recipients = [Organizations[0], Organizations[1]] },
        "no recipient" => Facts with { Recipients = [] },
        "type" => Facts with { Type = TaskType.Inference },
        "algorithm" => Facts with { Algorithm = PolicyWorld.Algorithms[2] },
        "function" => Facts with { Function = "raw" },
        "source" => Facts with { Data = [Source("patients"), Source("labs")] },
        "frame" => Facts with { Data = [Source("patients") with { Kind = DataKind.Frame }] },
        "cpu" => Facts with { Resources = new() { Cpu = 1.5 } },
        "not a number of cpus" => Facts with { Resources = new() { Cpu = double.NaN } },
        "memory" => Facts with { Resources = new() { MemoryMiB = 1025 } },
        "disk" => Facts with { Resources = new() { DiskMiB = 1025 } },
        "time" => Facts with { Resources = new() { TimeSeconds = 3601 } },
        "accelerators" => Facts with { Resources = new() { Accelerators = 1 } },
        _ => throw new ArgumentException(what, nameof(what)),
    };
}
