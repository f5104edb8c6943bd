using System.Text.Json;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.Runtimes.Catalogue;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Policy.Explaining;

/// <summary>
/// The facts of a request that was handed to this node, from what it keeps in its own folders; as long as it keeps it. The
/// Coordinator is not asked, and nothing is changed.
/// </summary>
/// <param name="Unknown">What could not be found out, so that the verdict lacks it; null if nothing.</param>
internal sealed record SeenQuestion(RunId Run, TaskId Task, PolicyFacts Facts, string? Unknown)
{
    /// <summary>One of several questions of one task, in their order.</summary>
    public bool IsCall { get; init; }

    public static async Task<IReadOnlyList<SeenQuestion>> FindAsync(VerbCall call, string wanted, CancellationToken cancellationToken)
    {
        var home = call.Home;
        if (!Id.TryParse<TaskId>(wanted, out _) && !Id.TryParse<RunId>(wanted, out _))
        {
            throw CommandFailure.Usage($"'{wanted}' is neither a task nor a run: expected 'tsk_' or 'run_' and 32 hexadecimal digits.");
        }

        var claims = Claims(home).Where(claim => claim.Task.ToString() == wanted || claim.Run.ToString() == wanted)
            .GroupBy(claim => claim.Run).Select(handings => handings.MaxBy(claim => claim.Epoch)!).OrderBy(claim => claim.Run.Value).ToList();
        if (claims.Count == 0)
        {
            throw new CommandFailure(ExitCodes.NotFound, $"Nothing of {wanted} lies in {home.Runs}: it never came to this node, or it ended and was"
                + " swept. With the signed manifest: vantage node policy explain --manifest FILE.");
        }

        using var catalogue = new WorkerCatalogue(NodeSettings.Load(home).Worker);
        var questions = new List<SeenQuestion>();
        foreach (var claim in claims)
        {
            questions.AddRange(await ReadAsync(home, claim, catalogue, cancellationToken));
        }

        return questions;
    }

    private static async Task<IReadOnlyList<SeenQuestion>> ReadAsync(
        NodeHome home, ClaimedRun claim, WorkerCatalogue catalogue, CancellationToken cancellationToken)
    {
        var facts = SignedQuestion.Read(claim.Manifest, claim.ParentManifest);
        if (Arguments(home, claim, facts.Collaboration) is not { } arguments)
        {
            return [new(claim.Run, claim.Task, facts, "its arguments are not here, so neither they nor the columns that they name are judged")];
        }

        facts = facts with { Arguments = arguments };
        var questions = new List<SeenQuestion>();
        foreach (var call in SheetQuestion.Calls(facts))
        {
            questions.Add(await ReadAsync(claim, call, catalogue, cancellationToken) with { IsCall = SheetQuestion.IsFor(facts) });
        }

        return questions;
    }

    private static async Task<SeenQuestion> ReadAsync(ClaimedRun claim, PolicyFacts facts, WorkerCatalogue catalogue, CancellationToken cancellationToken) =>
        await catalogue.ResolveAsync(facts.Algorithm, cancellationToken) is AlgorithmResolution.Found { Manifest: var code }
            && code.Functions.FirstOrDefault(function => function.Name == facts.Function) is { } function
            ? new(claim.Run, claim.Task, facts with { Columns = AskedColumns.Of(function, facts.Data, facts.Arguments!.Value) }, null)
            : new(claim.Run, claim.Task, facts, "this node does not have the code, so the columns that its arguments name are not judged");

    /// <summary>Those that came with the claim; longer ones are fetched for a run, and are gone with it.</summary>
    private static byte[]? Arguments(NodeHome home, ClaimedRun claim, CollaborationId collaboration)
    {
        try
        {
            return claim.Input is { } input
                ? Envelope.Open(input, new EnvelopeContext(collaboration, claim.Task, claim.Run, PayloadKind.Input), NodeKeys.Load(home).Encryption)
                : null;
        }
        catch (EnvelopeException)
        {
            return null;
        }
    }

    private static IEnumerable<ClaimedRun> Claims(NodeHome home) =>
        !Directory.Exists(home.Runs) ? [] : Directory.EnumerateFiles(home.Runs, "claim.json", SearchOption.AllDirectories).Select(Read).OfType<ClaimedRun>();

    private static ClaimedRun? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ProtocolJson.Default.ClaimedRun);
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            // The running node sweeps while this looks.
            return null;
        }
    }
}
