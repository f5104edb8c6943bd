using System.Text.Json;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Docker;
using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.NodeAgent.Runtimes.Docker.Sandbox;
using Vantage.Protocol.Cryptography;
using Vantage.Tests.Architecture;

namespace Vantage.Tests.Advisories;

/// <summary>
/// GitHub's runner wrote values into the command line of <c>docker</c>, and a value that was written well enough became an
/// option. Here no container is ever made by a command line.
/// </summary>
public sealed class Cve_2022_39321_TheEngineIsSpokenToInJsonTests
{
    /// <summary>The node starts its worker, asks it, and, for an author, a folder's program. That is all that it ever starts.</summary>
    [Fact]
    public void TheNode_StartsProgramsInThreePlaces_NoneOfThemAContainer()
    {
        var starts = Checkout.Files(".cs").Where(path => path.StartsWith("NodeAgent/", StringComparison.Ordinal)
            && Checkout.Read(path).Contains("ProcessStartInfo(", StringComparison.Ordinal));

        Assert.Equal(["NodeAgent/Rehearsals/RehearsalProgram.cs", "NodeAgent/Runtimes/Catalogue/WorkerQuestion.cs", "NodeAgent/Runtimes/Processes/ProcessRuntime.cs"], starts);
    }

    [Theory]
    [InlineData("a\" --privileged -v /:/host \"")]
    [InlineData("a\n--privileged")]
    [InlineData("$(id)`id`")]
    [InlineData("\\\",\"HostConfig\":{\"Privileged\":true},\"a\":\"")]
    [InlineData("\u0000 -e X=1")]
    public void AValue_StaysOneValue(string hostile)
    {
        var job = new RuntimeJob(new RuntimeCode.Image("registry.example.org/a", Digest.OfText("m"), Digest.OfText("c")), "run_1-1", "/run/1", "/run/1/shown",
            "/run/1/shown/run.json", "", new RuntimeLimits(1, 64, 64, TimeSpan.FromMinutes(1)), _ => { })
        {
            Variables = new Dictionary<string, string> { ["HTTP_PROXY"] = hostile },
        };

        var sent = JsonSerializer.Serialize(SandboxPlan.Of(job, "sha256:c", new ContainerMark("nod_1"), null, "/run/1/shown"), EngineJson.Default.ContainerSpec);

        using var read = JsonDocument.Parse(sent, new JsonDocumentOptions { AllowDuplicateProperties = false });
        Assert.Equal(["VANTAGE_RUN=/vantage/run.json", $"HTTP_PROXY={hostile}"], read.RootElement.GetProperty("Env").EnumerateArray().Select(line => line.GetString()));
        Assert.False(read.RootElement.GetProperty("HostConfig").GetProperty("Privileged").GetBoolean());
        Assert.False(read.RootElement.GetProperty("HostConfig").TryGetProperty("Binds", out _));
    }
}
