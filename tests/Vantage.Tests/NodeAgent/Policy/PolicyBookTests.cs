using Microsoft.Extensions.Logging;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Cryptography;

namespace Vantage.Tests.NodeAgent.Policy;

public sealed class PolicyBookTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-policy-");
    private readonly RecordedLog<PolicyBook> log = new();
    private readonly string path;
    private readonly PolicyGate gate;

    public PolicyBookTests()
    {
        path = Path.Combine(folder.FullName, "policy.yaml");
        gate = new PolicyGate(new PolicyBook(path, log));
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void WithoutAFile_NothingIsAccepted()
    {
        Assert.IsType<PolicyDecision.Refused>(Decide());
        Assert.Contains("There is no such file", Assert.Single(log.At(LogLevel.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public void AChange_HoldsFromTheNextDecisionOn()
    {
        Write(Accepting);
        var before = Decide();
        Write("version: 1\n");

        var after = Decide();

        Assert.IsType<PolicyDecision.Allowed>(before);
        Assert.Equal(Digest.OfText(Accepting).ToString(), before.Policy);
        Assert.IsType<PolicyDecision.Refused>(after);
        Assert.Equal(Digest.OfText("version: 1\n").ToString(), after.Policy);
    }

    [Fact]
    public void ABrokenFile_RefusesEverythingNewUntilItIsMended()
    {
        Write(Accepting);
        Assert.IsType<PolicyDecision.Allowed>(Decide());
        Write(Accepting.Replace("minimumRows", "minRows", StringComparison.Ordinal));

        var refused = Assert.IsType<PolicyDecision.Refused>(Decide());
        Decide();
        Write(Accepting);

        Assert.Equal(PolicyGate.UnreadableRule, refused.Rule);
        Assert.DoesNotContain("minRows", refused.Message, StringComparison.Ordinal);
        Assert.Contains("minRows", Assert.Single(log.At(LogLevel.Error)), StringComparison.Ordinal);
        Assert.IsType<PolicyDecision.Allowed>(Decide());
    }

    [Fact]
    public void AFileThatIsNotText_IsBroken()
    {
        File.WriteAllBytes(path, [0xff, 0xfe, 0x00]);

        Assert.Equal(PolicyGate.UnreadableRule, Decide().Rule);
    }

    private string Accepting { get; } = $"""
        version: 1
        accept:
          - name: summaries
            collaborations: [{PolicyWorld.Facts.Collaboration}]
            requesters:
              organizations: [{PolicyWorld.Facts.Organization}]
            algorithms: ["builtin:summary@*"]
            functions: [partial]
            data:
              - source: patients
            recipients:
              organizations: [{PolicyWorld.Facts.Organization}]
            minimumRows: 12
        """;

    private void Write(string text) => File.WriteAllText(path, text);

    private PolicyDecision Decide() => gate.Judge(PolicyWorld.Facts).Decision;
}
