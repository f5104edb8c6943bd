using System.Text.Json;
using Vantage.NodeAgent.Audit.Trail;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Errors;
using Vantage.Tests.NodeAgent.Doubles;

namespace Vantage.Tests.NodeAgent.Disclosure.Memory;

/// <summary>The site's admin sees what is remembered, and takes it on themselves to have it forgotten.</summary>
public sealed class MemoryVerbTests
{
    private readonly Alliance alliance = new();

    [Fact]
    public async Task TheAdmin_SeesWhatIsRemembered_AndHasItForgotten_WhichTheTrailTells()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        await node.EventuallyAsync(() => File.Exists(node.Home.ControlSocket), "the node listens");
        var memory = node.Get<AnswerMemory>();
        memory.Take(MemoryBookTests.Ask(MemoryBookTests.Rows(1, 100)), MemoryRules.Acro with { AnswersPerDay = 5 });

        var (listed, text, _) = await AskAsync(node, "list");
        var (_, json, _) = await AskAsync(node, "list", "--json");
        var (forgotten, said, _) = await AskAsync(node, "forget", "patients");
        var (unknown, _, error) = await AskAsync(node, "forget", "patients");
        var left = memory.Take(MemoryBookTests.Ask(MemoryBookTests.Rows(1, 99)), MemoryRules.Acro);
        await node.StopAsync();

        Assert.Equal((ExitCodes.Ok, ExitCodes.Ok, ExitCodes.NotFound), (listed, forgotten, unknown));
        Assert.Contains("patients: 1 set of rows", text, StringComparison.Ordinal);
        Assert.Contains("1 answers, 100 bytes", text, StringComparison.Ordinal);
        Assert.Equal(1, JsonDocument.Parse(json).RootElement.GetProperty("datasets")[0].GetProperty("sets").GetInt32());
        Assert.Contains("Forgotten: 1 sets of rows of 'patients'", said, StringComparison.Ordinal);
        Assert.Contains("No answer about 'patients' is remembered", error, StringComparison.Ordinal);
        Assert.IsType<MemoryVerdict.Goes>(left);
        var told = new Segments(node.Home.Audit).Read(1).SelectMany(frame => frame.Entries ?? []).Single(entry => entry.Action == "memory.forget");
        Assert.Equal("patients", told.Subject);
        Assert.Contains(Environment.UserName, JsonSerializer.Serialize(told.Details), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMemoryThatWasChanged_StopsTheNodeBeforeItDoesAnything()
    {
        await using var node = new TestNode(alliance, new Uri("http://127.0.0.1:9/"));
        AnswerMemory.Open(LocalVolume.Instance, node.Home.AnswerMemory, TimeProvider.System).Dispose();
        var bytes = File.ReadAllBytes(node.Home.AnswerMemory);
        bytes[25] ^= 1;
        File.WriteAllBytes(node.Home.AnswerMemory, bytes);

        var (code, _, error) = await Verbs.RunAsync("run", "--dir", node.Home.Root);

        Assert.Equal(ExitCodes.Configuration, code);
        Assert.Contains(node.Home.AnswerMemory, error, StringComparison.Ordinal);
    }

    private static Task<(int Code, string Out, string Error)> AskAsync(TestNode node, string verb, params string[] more) =>
        Verbs.RunAsync(["memory", verb, .. more, "--dir", node.Home.Root]);
}
