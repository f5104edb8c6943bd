using System.Text;
using Vantage.NodeAgent.Audit.Coordinators;
using Vantage.NodeAgent.Audit.Trail;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trails;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Audit.Showing;

/// <summary>
/// <c>audit list|verify|export|heads|accept</c>: read from this node's own disk. Nothing of it goes anywhere unless whoever
/// runs these commands gives it away.
/// </summary>
internal static class AuditVerbs
{
    private static readonly VerbOption Task = new("--task", "TASK", "Only what is about this task; in an export the rest by its hashes.");

    public static IReadOnlyList<NodeVerb> All { get; } =
    [
        new("audit list", "What this node did: who asked what, what was refused, what left.", [Task], ListAsync),
        new("audit verify", "See whether the node's own trail is whole and as it was signed.",
            [new("--heads", "FILE", "Heads of it that were kept elsewhere, one line of JSON each.")], VerifyAsync),
        new("audit export", "Write the trail into a file that 'vantage audit verify --file' verifies.",
            [new("--output", "FILE", "Where to.", Required: true), Task], ExportAsync),
        new("audit heads", "The newest head of the Coordinator's trail that this node believes, and one that it refused.", [], HeadsAsync),
        new("audit accept", "Believe the Coordinator's trail as it is now, after finding out why it went back.", [], AcceptAsync),
    ];

    private static Task<int> ListAsync(VerbCall call, CancellationToken cancellationToken) => Answer(() =>
    {
        var copy = new TrailCopy(new Segments(call.Home.Audit));
        var shows = Shows(call) ?? (_ => true);
        foreach (var entry in copy.Chains.SelectMany(copy.Entries).Where(shows))
        {
            call.Out.WriteLine(call.IsJson
                ? Encoding.UTF8.GetString(TrailJson.Write(new TrailLine(Entry: entry)))
                : $"{entry.Sequence}\t{entry.At:yyyy-MM-dd HH:mm:ss'Z'}\t{entry.Action}\t{entry.Subject}\t"
                    + string.Join(' ', (entry.Details ?? []).Select(detail => $"{detail.Name}={detail.Value}")));
        }
    });

    private static Task<int> VerifyAsync(VerbCall call, CancellationToken cancellationToken) => Answer(() =>
    {
        var copy = new TrailCopy(new Segments(call.Home.Audit));
        var kept = call.Find("--heads") is { } path ? File.ReadLines(path).Select(line => TrailJson.ReadHead(Encoding.UTF8.GetBytes(line))).ToList() : [];
        if (new Segments(call.Home.Audit).ReadHead() is { } own)
        {
            kept.Add(own);
        }

        var key = NodeKeys.Load(call.Home).Signing.KeyId;
        foreach (var chain in copy.Chains)
        {
            var last = chain == copy.Chains[^1];
            var verifier = new TrailVerifier(new TrailExpectation(last ? key : null, [.. kept.Where(head => head.Chain == chain)]));
            foreach (var line in copy.Lines(chain).TakeWhile(line => verifier.Read(TrailJson.Write(line))))
            {
                // Reading is verifying.
            }

            switch (verifier.Complete())
            {
                case TrailVerdict.Whole whole:
                    call.Answer(whole.Head, TrailVerbJson.Default.AuditHead, text => text.WriteLine(
                        $"{chain} is whole: {whole.Shown} entries read, {whole.Hidden} archived; signed {whole.Head.At:u} by {whole.Head.Key}; {whole.Compared} heads compared"));
                    break;
                case TrailVerdict.Broken broken:
                    throw new CommandFailure(ExitCodes.Untrusted, $"{chain}: {broken.Sentence} ({broken.Fault.ToExactName()}"
                        + $"{(broken.Entry is { } entry ? $", first at entry {entry}" : "")}) Keep the folder as it is; see docs/audit.md.");
            }
        }

        if (copy.Chains.Count == 0)
        {
            throw new CommandFailure(ExitCodes.NotFound, $"There is no trail in {call.Home.Audit}: this node never ran.");
        }
    });

    private static Task<int> ExportAsync(VerbCall call, CancellationToken cancellationToken) => Answer(() =>
    {
        var copy = new TrailCopy(new Segments(call.Home.Audit));
        if (copy.Chains.Count == 0)
        {
            throw new CommandFailure(ExitCodes.NotFound, $"There is no trail in {call.Home.Audit}: this node never ran.");
        }

        using var file = new FileStream(call.Required("--output"), FileMode.CreateNew);
        foreach (var line in copy.Lines(copy.Chains[^1], Shows(call)))
        {
            file.Write(TrailJson.Write(line));
            file.WriteByte((byte)'\n');
        }

        call.Error.WriteLine($"{copy.Chains[^1]} is in {file.Name}; verify it with: vantage audit verify --file {file.Name}");
    });

    private static Task<int> HeadsAsync(VerbCall call, CancellationToken cancellationToken) => Answer(() =>
    {
        var file = new HeadFile(call.Home, NodeSettings.Load(call.Home).Coordinator);
        AuditHead[] heads = [.. new[] { file.Read(), file.ReadRefused() }.OfType<AuditHead>()];
        foreach (var head in heads)
        {
            call.Out.WriteLine(Encoding.UTF8.GetString(TrailJson.Write(head)));
        }

        if (heads.Length > 1)
        {
            call.Error.WriteLine("The second one was refused: it does not continue the first. Both are signed.");
        }
    });

    private static Task<int> AcceptAsync(VerbCall call, CancellationToken cancellationToken) => Answer(() =>
    {
        var file = new HeadFile(call.Home, NodeSettings.Load(call.Home).Coordinator);
        file.Forget(TimeProvider.System.GetUtcNow());
        call.Error.WriteLine($"What was believed is set aside in {call.Home.Audit}; the node believes the next head that its Coordinator shows.");
    });

    private static Func<TrailEntry, bool>? Shows(VerbCall call) => call.Find(Task.Name) switch
    {
        null => null,
        var text when Id.TryParse<TaskId>(text, out var task) => entry => (entry.Details ?? []).Any(detail => detail.Name == "task" && detail.Value == task.ToString()),
        var text => throw CommandFailure.Usage($"'{text}' is no task: expected 'tsk_' and 32 hexadecimal digits."),
    };

    private static Task<int> Answer(Action what)
    {
        try
        {
            what();
            return System.Threading.Tasks.Task.FromResult(ExitCodes.Ok);
        }
        catch (JournalException e)
        {
            throw new CommandFailure(ExitCodes.Untrusted, e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Configuration(e.Message, e);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw CommandFailure.Usage($"The file of heads holds something that is no head: {e.Message}");
        }
    }
}
