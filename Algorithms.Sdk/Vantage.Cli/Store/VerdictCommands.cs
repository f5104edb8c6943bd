using System.CommandLine;
using Vantage.Cli.Algorithms;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Client.Store;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Reviews;

namespace Vantage.Cli.Store;

/// <summary><c>vantage store approve|reject|revoke</c>: a reviewer's word, signed with their own key.</summary>
internal static class VerdictCommands
{
    private const int DefaultDays = 365;

    public static Command Approve(CliConsole console)
    {
        var comment = Comment(required: false);
        var days = new Option<int>("--valid-days")
        {
            Description = $"How long it holds, 1 to 730. Default: {DefaultDays}.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultDays,
        };
        return new Command("approve", "Say that a submission's code may run. Looks first whether the image is what was submitted.")
            .With(StoreCommands.Which, comment, days).WithRegistry().Does(console, async (call, cancellationToken) =>
            {
                if (call.Value(days) is < 1 or > 730)
                    throw UsageException.Because("--valid-days is from 1 to 730.");
                var found = await call.Client.Store.CheckAsync(StoreCommands.Id(call), cancellationToken);
                await RequireSameAsync(call, found, cancellationToken);
                await SayAsync(call, found, ReviewVerdict.Approved, call.Value(comment) ?? "", call.Value(days), cancellationToken);
            });
    }

    public static Command Reject(CliConsole console) =>
        Against(console, "reject", "Say that a submission's code may not run, and why.", ReviewVerdict.Rejected);

    public static Command Revoke(CliConsole console) =>
        Against(console, "revoke", "Take an approval back, and say why. Nodes that count on you run it no more.", ReviewVerdict.Revoked);

    private static Command Against(CliConsole console, string verb, string description, ReviewVerdict verdict)
    {
        var comment = Comment(required: true);
        return new Command(verb, description).With(StoreCommands.Which, comment).Does(console, async (call, cancellationToken) =>
            await SayAsync(call, await call.Client.Store.CheckAsync(StoreCommands.Id(call), cancellationToken), verdict, call.Value(comment)!, DefaultDays,
                cancellationToken));
    }

    private static Option<string?> Comment(bool required) => new("--comment")
    {
        Description = "What was looked at, what was found.",
        HelpName = "TEXT",
        Required = required,
    };

    private static async Task SayAsync(Invocation call, CheckedSubmission found, ReviewVerdict verdict, string comment, int days,
        CancellationToken cancellationToken)
    {
        var after = await call.Client.Store.ReviewAsync(found, verdict, comment, TimeSpan.FromDays(days), cancellationToken);
        call.Output.Result(after, ProtocolJson.Default.Submission, after.Id.ToString(), text =>
            text.WriteLine($"{after.Id}  {after.Name} {after.Version}: {verdict.ToExactName()}, signed with your key."));
    }

    /// <summary>What is approved is the code; the submitter's words about it have to be the code's own.</summary>
    private static async Task RequireSameAsync(Invocation call, CheckedSubmission found, CancellationToken cancellationToken)
    {
        if (found.Statement is not { } statement)
        {
            throw new VantageException(ClientErrorCodes.StatementUntrusted, $"{found.Submission.Id}: {string.Join(' ', found.Unbelieved)}",
                "Approve only what somebody whose root you pinned has submitted.");
        }

        if (statement.Algorithm.Kind != AlgorithmKind.Oci)
            return;
        var repository = ImageRepository.Parse(statement.Algorithm.Name);
        await call.UseAsync(repository, async content =>
        {
            var image = await ImageDescription.ReadAsync(content, Digest.Parse(statement.Algorithm.Digest), ImagePlatform.OfThisMachine, cancellationToken);
            if (image.Content.Labels.GetValueOrDefault(AlgorithmManifest.ImageLabel) != statement.Description)
            {
                throw new VantageException(ClientErrorCodes.StatementUntrusted,
                    $"{statement.Algorithm} says something else of itself than its submission does.", "Reject it, and say so.");
            }
        });
    }
}
