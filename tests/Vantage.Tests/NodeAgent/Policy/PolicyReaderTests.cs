using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Policy.Reading;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.NodeAgent.Policy;

public sealed class PolicyReaderTests
{
    private const string Org = "org_019ab0c4d2e87a31b1c5a7e0f3d29c44";

    internal const string Minimal = $"""
        version: 1
        accept:
          - name: summaries
            collaborations: [col_019ab0c4d2e87a31b1c5a7e0f3d29c44]
            requesters: {"{"} organizations: [{Org}] {"}"}
            algorithms: ["builtin:summary@*"]
            functions: [partial]
            data:
              - source: patients
            recipients: {"{"} organizations: [{Org}] {"}"}
        """;

    [Fact]
    public void ARule_HasCautiousDefaults()
    {
        var policy = PolicyReader.Read("policy.yaml", Minimal);

        var rule = Assert.Single(policy.Accept);
        Assert.False(policy.AllowsProcesses);
        Assert.Equal("summaries", rule.Name);
        Assert.Equal(Id.Parse<OrganizationId>(Org), Assert.Single(rule.Requesters.Organizations));
        Assert.Null(rule.Requesters.Users);
        Assert.Null(Assert.Single(rule.Data).Columns);
        Assert.Empty(rule.Delegates);
        Assert.Equal(10, rule.MinimumRows);
        Assert.Equal(LogRelease.Withhold, rule.Logs);
        Assert.Equal(ErrorRelease.CodeOnly, rule.Errors);
        Assert.Equal(new RuleLimits { Cpu = 1, MemoryMiB = 1024, DiskMiB = 1024, TimeSeconds = 3600, OutputMiB = 64 }, rule.Limits);
    }

    [Theory]
    [InlineData("terms.example.org", true)]
    [InlineData("TERMS.example.org", true)]
    [InlineData("xn--mnchen-3ya.example", true)]
    [InlineData("intranet", true)]
    [InlineData("192.0.2.7", true)]
    [InlineData("2001:db8::7", true)]
    [InlineData("2130706433", false)]
    [InlineData("127.1", false)]
    [InlineData("0177.0.0.1", false)]
    [InlineData("0x7f.0.0.1", false)]
    [InlineData("0x7f000001", false)]
    [InlineData("example.0x1", false)]
    [InlineData("192.0.2.07", false)]
    [InlineData("::ffff:192.0.2.7", false)]
    [InlineData("[2001:db8::7]", false)]
    [InlineData("2001:db8:0::7", false)]
    [InlineData("fe80::1%eth0", false)]
    [InlineData("terms.example.org.", false)]
    [InlineData("*.example.org", false)]
    [InlineData("terms.example.org:443", false)]
    [InlineData("user@terms.example.org", false)]
    [InlineData("http://terms.example.org", false)]
    [InlineData("terms.example.org/path", false)]
    [InlineData("münchen.example", false)]
    [InlineData("-a.example", false)]
    [InlineData("a..example", false)]
    public void APlaceOutside_HasOneSpelling(string host, bool isTaken)
    {
        var text = Minimal + $"\n    egress: [{{ name: terms, host: \"{host}\", port: 443 }}]";

        if (isTaken)
        {
            Assert.Equal(new EgressGrant("terms", host.ToLowerInvariant(), 443, false), Assert.Single(Assert.Single(PolicyReader.Read("policy.yaml", text).Accept).Egress));
        }
        else
        {
            Assert.Contains("'host' is one name", Assert.Throws<SettingsException>(() => PolicyReader.Read("policy.yaml", text)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{ name: a, host: a.example }", "'port' is missing")]
    [InlineData("{ name: a, host: a.example, port: 70000 }", "from 1 to 65535")]
    [InlineData("{ host: a.example, port: 1 }", "by which algorithms ask for it")]
    [InlineData("{ name: a, host: a.example, port: 1, privat: true }", "Did you mean 'private'")]
    [InlineData("{ name: a, host: a.example, port: 1 }, { name: a, host: b.example, port: 1 }", "listed twice")]
    public void APlaceOutsideThatIsNotWhole_IsComplainedOf(string items, string complaint) => Assert.Contains(complaint,
        Assert.Throws<SettingsException>(() => PolicyReader.Read("policy.yaml", Minimal + $"\n    egress: [{items}]")).Message, StringComparison.Ordinal);

    [Fact]
    public void EveryLine_IsRead()
    {
        var rule = Assert.Single(PolicyReader.Read("policy.yaml", $"""
            version: 1
            runtime:
              process: {NodePolicy.ProcessConsent}
            accept:
              - name: all of it
                collaborations: [col_019ab0c4d2e87a31b1c5a7e0f3d29c44]
                requesters:
                  organizations: [{Org}]
                  users: [usr_019ab0c4d2e87a31b1c5a7e0f3d29c44]
                algorithms: ["oci:r.example/a@sha256:{new string('0', 64)}", "builtin:summary@1.0.0"]
                functions: ["*"]
                data: [{"{"} source: patients, columns: [age, crp] {"}"}]
                recipients: {"{"} organizations: [{Org}] {"}"}
                purposes: [care]
                projectCodes: [P-1]
                delegates: {"{"} organizations: [{Org}] {"}"}
                limits: {"{"} cpu: 0.5, memoryMiB: 256, diskMiB: 10, timeSeconds: 60, outputMiB: 2048 {"}"}
                minimumRows: 25
                logs: release
                errors: release
            """).Accept);

        Assert.Single(rule.Requesters.Users!);
        Assert.Equal(2, rule.Algorithms.Count);
        Assert.Null(rule.Functions);
        Assert.Equal(["age", "crp"], Assert.Single(rule.Data).Columns!.Order());
        Assert.Equal(["care"], rule.Purposes!);
        Assert.Equal(["P-1"], rule.ProjectCodes!);
        Assert.Single(rule.Delegates);
        Assert.Equal(new RuleLimits { Cpu = 0.5, MemoryMiB = 256, DiskMiB = 10, TimeSeconds = 60, OutputMiB = 2048 }, rule.Limits);
        Assert.Equal(25, rule.MinimumRows);
        Assert.Equal(LogRelease.Release, rule.Logs);
        Assert.Equal(ErrorRelease.Release, rule.Errors);
    }

    [Fact]
    public void AllErrors_AreReportedAtOnceAndInPlace()
    {
        var problems = Problems("""
            version: 2
            acept: []
            accept:
              - name: a
                collaborations: [nonsense]
                requesters: { organisations: [] }
                algorithms: ["builtin:summary"]
                functions: all
                data: [patients]
                recipients: {}
                limits: { memoryMib: 10, cpu: -1 }
                minimumRows: 0
                logs: maybe
                errors: none
            """);

        string[] expected =
        [
            "policy.yaml:1:10: this node reads version 1",
            "policy.yaml:2:1: Unknown key 'acept'. Did you mean 'accept'?",
            "policy.yaml:5:22: 'accept[0].collaborations[0]' is an id: 'col_'",
            "'organizations' is missing",
            "Unknown key 'accept[0].requesters.organisations'. Did you mean 'organizations'?",
            "policy.yaml:7:18: 'accept[0].algorithms[0]' is an exact reference",
            "'accept[0].functions' is a list",
            "policy.yaml:9:12: 'accept[0].data[0]' holds 'key: value' lines",
            "Did you mean 'memoryMiB'?",
            "'cpu' is a number of cores above 0",
            "'accept[0].minimumRows' is a whole number from 1",
            "'logs' is withhold or release",
            "'errors' is code-only or release",
        ];
        Assert.All(expected, e => Assert.Contains(problems, p => p.Contains(e, StringComparison.Ordinal)));
        Assert.Equal(problems.Order(StringComparer.Ordinal).Count(), problems.Distinct().Count());
    }

    [Theory]
    [InlineData("name")]
    [InlineData("collaborations")]
    [InlineData("requesters")]
    [InlineData("algorithms")]
    [InlineData("functions")]
    [InlineData("data")]
    [InlineData("recipients")]
    public void ALineThatSaysWhoOrWhat_IsNeverAWildcardWhenLeftOut(string key)
    {
        var lines = Minimal.Split('\n').ToList();
        var at = lines.FindIndex(l => l.TrimStart(' ', '-').StartsWith(key + ":", StringComparison.Ordinal));
        lines.RemoveRange(at, key == "data" ? 2 : 1);
        if (key == "name")
        {
            lines[at] = "  - " + lines[at].TrimStart();
        }

        Assert.Contains(Problems(string.Join('\n', lines)), p => p.Contains($"{key}' is missing", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("process: yes")]
    [InlineData("process: i accept that algorithms run on this machine as ordinary processes without a sandbox.")]
    [InlineData("process: I accept that algorithms run on this machine as ordinary processes without a sandbox")]
    public void AnythingButTheExactSentence_IsNoConsent(string line) =>
        Assert.Contains(Problems($"version: 1\nruntime:\n  {line}\n"), p => p.Contains("stands for a signature", StringComparison.Ordinal));

    [Fact]
    public void TwoRulesOfOneName_AreRefused() =>
        Assert.Contains(
            Problems(Minimal + "\n" + Minimal[(Minimal.IndexOf("accept:", StringComparison.Ordinal) + 7)..].TrimStart('\n', '\r')),
            p => p.Contains("named 'summaries' too", StringComparison.Ordinal));

    [Fact]
    public void AKeyTwice_IsRefused() => Assert.NotEmpty(Problems("version: 1\nversion: 1\n"));

    [Fact]
    public void AnEmptyFile_IsNoPolicy() => Assert.NotEmpty(Problems(""));

    private static IReadOnlyList<string> Problems(string text) =>
        [.. Assert.Throws<SettingsException>(() => PolicyReader.Read("policy.yaml", text)).Problems.Select(p => p.ToString())];
}
