using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Client.Errors;
using Vantage.Client.Store;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Reviews;

namespace Vantage.Cli.Store;

/// <summary><c>vantage store diff</c>: what a submission asks for that the version approved before it did not.</summary>
internal static class DiffCommand
{
    public static Command Build(CliConsole console)
    {
        var against = new Option<string?>("--against") { Description = "Another submission; by default the last one of this name that your organization takes for approved.", HelpName = "sub_…" };
        return new Command("diff", "What changed since the last approved version, as the two say it themselves.").With(StoreCommands.Which, against)
            .Does(console, async (call, cancellationToken) =>
            {
                var after = await call.Client.Store.CheckAsync(StoreCommands.Id(call), cancellationToken);
                var before = call.Value(against) is { } named
                    ? await call.Client.Store.CheckAsync(Parse(named), cancellationToken)
                    : await LastApprovedAsync(call, after.Submission, cancellationToken);
                var changes = AlgorithmComparison.Of(Described(before), Described(after));
                var view = new SubmissionDifference(before.Submission.Id.ToString(), after.Submission.Id.ToString(), changes);
                call.Output.Result(view, CliJson.Default.SubmissionDifference, null, text =>
                {
                    text.WriteLine($"from {before.Submission.Version} ({before.Submission.Id})");
                    foreach (var change in changes)
                        text.WriteLine(Listing.OneLine($"{(change.Weighs ? "!" : " ")} {change.Where}: {change.Before ?? "(nothing)"} → {change.After ?? "(nothing)"}"));
                });
                call.Output.Say("'!' marks what asks for more than before. The code itself can differ in more than it says: its digest is another.");
            });
    }

    private static async Task<CheckedSubmission> LastApprovedAsync(Invocation call, Submission after, CancellationToken cancellationToken)
    {
        var own = (await call.Client.MeAsync(cancellationToken)).Organization;
        var rule = (await call.Client.Store.RulesAsync(after.Collaboration, cancellationToken)).FirstOrDefault(r => r.Organization == own);
        CheckedSubmission? last = null;
        await foreach (var other in call.Client.Store.ListAsync(after.Collaboration, cancellationToken))
        {
            if (other.Name != after.Name || other.Id.Value.CompareTo(after.Id.Value) >= 0 || rule is null)
                continue;
            var found = await call.Client.Store.CheckAsync(other.Id, cancellationToken);
            last = found.By(rule, call.Console.Time.GetUtcNow()) is ReviewOutcome.Approved ? found : last;
        }

        return last ?? throw new VantageException(ErrorCodes.NotFound, $"No earlier version of '{after.Name}' is approved for your organization.",
            "Name one to compare with: --against sub_…");
    }

    private static Vantage.Protocol.Algorithms.AlgorithmManifest Described(CheckedSubmission found) => found.Description
        ?? throw new VantageException(ClientErrorCodes.StatementUntrusted, $"{found.Submission.Id}: {string.Join(' ', found.Unbelieved)}", null);

    private static SubmissionId Parse(string text) => Id.TryParse(text, out SubmissionId id)
        ? id
        : throw UsageException.Because($"'{text}' is no submission's id.", "See: vantage store list");
}

internal sealed record SubmissionDifference(string Before, string After, IReadOnlyList<AlgorithmChange> Changes);
