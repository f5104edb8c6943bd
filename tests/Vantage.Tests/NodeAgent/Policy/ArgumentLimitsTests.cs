using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Policy.Reading;

namespace Vantage.Tests.NodeAgent.Policy;

/// <summary>What a rule's <c>arguments:</c> let in, and how a refusal names the argument and its limit.</summary>
public sealed class ArgumentLimitsTests
{
    private const string Limits = """
            arguments:
              partial:
                columns: { values: [age, crp, "1.0"], maxItems: 2 }
                bins: { min: 2, max: 20 }
                share: { min: 0.05 }
                model/penalty: { values: [none, 2, true] }
                name: { maxLength: 3 }
                seed: { required: true }
                label: any
        """;

    private static readonly AcceptRule Rule = Read(Limits);

    [Theory]
    [InlineData("""{"seed":1}""")]
    [InlineData("""{"seed":1,"columns":["age","crp"]}""")]
    [InlineData("""{"seed":1,"columns":"age","bins":2,"share":1e300}""")]
    [InlineData("""{"seed":1,"columns":["1.0",1]}""")]
    [InlineData("""{"seed":1,"bins":[2,20.0],"columns":null}""")]
    [InlineData("""{"seed":1,"model":{"penalty":2.0}}""")]
    [InlineData("""{"seed":1,"model":[{"penalty":"none"},{"penalty":true}]}""")]
    [InlineData("""{"seed":1,"name":"abc","label":{"whatever":[1,{"x":null}]}}""")]
    public void WhatIsWithinTheLimits_IsAccepted(string arguments) => Assert.Empty(Objections(arguments));

    [Theory]
    [InlineData("""{"seed":1,"bins":500}""", "argument 'bins' is 500, 2 to 20 is allowed")]
    [InlineData("""{"seed":1,"bins":1}""", "argument 'bins' is 1, 2 to 20 is allowed")]
    [InlineData("""{"seed":1,"bins":[3,21]}""", "argument 'bins' is 21, 2 to 20 is allowed")]
    [InlineData("""{"seed":1,"bins":"3"}""", "argument 'bins' is \"3\", and only numbers are allowed")]
    [InlineData("""{"seed":1,"bins":[[3]]}""", "argument 'bins' is [3], and only numbers are allowed")]
    [InlineData("""{"seed":1,"share":1e999}""", "argument 'share' is 1e999, and only numbers are allowed")]
    [InlineData("""{"seed":1,"share":0.01}""", "argument 'share' is 0.01, 0.05 or more is allowed")]
    [InlineData("""{"seed":1,"columns":["age","name"]}""", "argument 'columns' is \"name\", which is not listed")]
    [InlineData("""{"seed":1,"columns":["age","crp","age"]}""", "argument 'columns' lists 3 items, at most 2 are allowed")]
    [InlineData("""{"seed":1,"other":1}""", "argument 'other' is not listed")]
    [InlineData("""{"seed":1,"model":{"penalty":"none","other":1}}""", "argument 'model/other' is not listed")]
    [InlineData("""{"seed":1,"model/penalty":"none"}""", "argument 'model/penalty' is not listed")]
    [InlineData("""{"seed":1,"model":"none"}""", "argument 'model' is no object with named members")]
    [InlineData("""{"seed":1,"name":"abcd"}""", "argument 'name' is no text of at most 3 characters")]
    [InlineData("""{}""", "argument 'seed' is missing")]
    [InlineData("""{"seed":null}""", "argument 'seed' is missing")]
    [InlineData("""{"seed":{"a":1}}""", "argument 'seed' holds more than plain values")]
    [InlineData("""{"seed":1,"bins":3,"bins":500}""", "the arguments are not one JSON value, each of its members named once")]
    [InlineData("""[{"seed":1}]""", "the arguments are no object with named members")]
    public void WhatIsNot_IsRefusedWithArgumentAndLimit(string arguments, string problem) =>
        Assert.Contains(problem, Objections(arguments).Select(objection => objection.Problem));

    [Fact]
    public void AFunctionThatIsNotListed_MayNotBeAsked_AndOneWithAny_MayBeAskedAnything()
    {
        var facts = PolicyWorld.Facts with { Arguments = "{\"x\":1}"u8.ToArray() };
        var rule = Read("    arguments: { partial: any }");

        Assert.Empty(RuleObjections.Of(rule, facts));
        Assert.Equal("the arguments of function 'raw' are not listed",
            Assert.Single(RuleObjections.Of(rule with { Functions = null }, facts with { Function = "raw" })).Problem);
    }

    [Fact]
    public void NumbersBeyondALimit_AreNeverAccepted_HoweverTheyAreWritten() => Prop.ForAll(
        Arb.From(ArbMap.Default.GeneratorFor<NormalFloat>()), Arb.From(Gen.Elements("R", "E16", "F3")), (number, format) =>
        {
            var text = number.Get.ToString(format, CultureInfo.InvariantCulture);
            var accepted = Objections($$"""{"seed":1,"bins":{{text}}}""").Count == 0;
            return accepted == double.Parse(text, CultureInfo.InvariantCulture) is >= 2 and <= 20;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Limits_NarrowAndNeverWiden() => Prop.ForAll(Arb.From(PolicyWorld.Rules), Arb.From(PolicyWorld.Questions), (rule, facts) =>
    {
        var asked = facts with { Arguments = "{\"bins\":3}"u8.ToArray() };
        return RuleObjections.Of(rule with { Arguments = Rule.Arguments }, asked).Any() || !RuleObjections.Of(rule, asked).Any();
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("    arguments:", "'arguments' holds one line a function")]
    [InlineData("    arguments: { partial: some }", "'partial' is 'any', or lines that limit it")]
    [InlineData("    arguments: { partial: { bins: { maxx: 3 } } }", "Did you mean 'max'?")]
    [InlineData("    arguments: { partial: { bins: { min: 3, max: 2 } } }", "so nothing is allowed")]
    [InlineData("    arguments: { partial: { bins: { max: many } } }", "'max' is a number")]
    [InlineData("    arguments: { partial: { bins: {} } }", "No limit is written here")]
    [InlineData("    arguments: { partial: { a: any, a/b: any } }", "as a whole and by its members")]
    [InlineData("    approval: sometimes", "none, before-run, before-release or both")]
    [InlineData("    approvalHours: 3", "this one asks nobody")]
    [InlineData("    approval: both\n    approvalHours: 0", "a number above 0, such as 24 or 0.5")]
    public void AMistakeInTheLines_MakesTheFileInvalid(string lines, string problem)
    {
        var error = Assert.Throws<SettingsException>(() => Read(lines));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", false, false)]
    [InlineData("    approval: none", false, false)]
    [InlineData("    approval: before-run", true, false)]
    [InlineData("    approval: before-release", false, true)]
    [InlineData("    approval: both", true, true)]
    public void Approval_IsReadAsWritten(string line, bool beforeRun, bool beforeRelease)
    {
        var approval = Read(line).Approval;

        Assert.Equal(beforeRun || beforeRelease ? new ApprovalRule(beforeRun, beforeRelease, TimeSpan.FromHours(72)) : null, approval);
    }

    private static AcceptRule Read(string lines) =>
        Assert.Single(PolicyReader.Read("policy.yaml", PolicyReaderTests.Minimal + "\n" + lines + "\n").Accept) is var rule
            ? PolicyWorld.Rule with { Arguments = rule.Arguments, Approval = rule.Approval }
            : throw new InvalidOperationException();

    private static List<RuleObjection> Objections(string arguments) =>
        [.. RuleObjections.Of(Rule, PolicyWorld.Facts with { Arguments = Encoding.UTF8.GetBytes(arguments) })];
}
