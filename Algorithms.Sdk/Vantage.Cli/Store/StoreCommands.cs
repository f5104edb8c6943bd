using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Store;

/// <summary><c>vantage store</c>: code before a collaboration's reviewers.</summary>
internal static class StoreCommands
{
    public static readonly Argument<string> Which = new("submission") { Description = "Its id, sub_…" };

    public static void Fill(Command noun, CliConsole console) => noun.With(
        SubmitCommand.Build(console),
        List(console),
        ShowCommand.Build(console),
        DiffCommand.Build(console),
        VerdictCommands.Approve(console),
        VerdictCommands.Reject(console),
        VerdictCommands.Revoke(console),
        Withdraw(console),
        RuleCommands.Rules(console),
        RuleCommands.SetRule(console));

    public static SubmissionId Id(Invocation call) => Protocol.Ids.Id.TryParse(call.Required(Which), out SubmissionId id)
        ? id
        : throw UsageException.Because($"'{call.Required(Which)}' is no submission's id.", "See: vantage store list");

    private static Command List(CliConsole console)
    {
        var collaboration = new Option<string?>("--collaboration") { Description = "Of this one only: id or name." };
        return new Command("list", "What is before reviewers.").With(collaboration)
            .Does(console, async (call, cancellationToken) => await call.Output.ListAsync(
                call.Client.Store.ListAsync(
                    call.Value(collaboration) is { } name ? await Lookup.CollaborationAsync(call.Client, name, cancellationToken) : null, cancellationToken),
                CliJson.Default.ItemListSubmission, s => s.Id.ToString(),
                ("id", s => s.Id.ToString()), ("name", s => s.Name), ("version", s => s.Version), ("algorithm", s => s.Algorithm.Text),
                ("reviews", s => $"{s.Reviews.Count}")));
    }

    private static Command Withdraw(CliConsole console) =>
        new Command("withdraw", "Take your organization's submission off the list. What reviewers said of the code stays said.").With(Which)
            .Does(console, async (call, cancellationToken) =>
            {
                var id = Id(call);
                await call.Client.Store.WithdrawAsync(id, cancellationToken);
                call.Output.Result(id.ToString(), CliJson.Default.String, id.ToString(), text => text.WriteLine($"{id} is off the list."));
            });
}
