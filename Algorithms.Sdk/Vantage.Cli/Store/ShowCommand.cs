using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Store;

/// <summary><c>vantage store show</c>: what was submitted, what it asks for, who said what, and what that comes to for each member.</summary>
internal static class ShowCommand
{
    public static Command Build(CliConsole console) =>
        new Command("show", "One submission: what it says of itself, the reviews, where it stands with each member.").With(StoreCommands.Which)
            .Does(console, async (call, cancellationToken) =>
            {
                var found = await call.Client.Store.CheckAsync(StoreCommands.Id(call), cancellationToken);
                var circle = await call.Client.Collaborations.GetAsync(found.Submission.Collaboration, cancellationToken);
                var rules = await call.Client.Store.RulesAsync(circle.Id, cancellationToken);
                var view = SubmissionDetails.Of(found, rules, circle.Members.ToDictionary(m => m.Organization.ToString(), m => m.Name), call.Console.Time.GetUtcNow());
                call.Output.Result(view, CliJson.Default.SubmissionDetails, found.Submission.Id.ToString(), text =>
                {
                    Details.Write(text, ("id", found.Submission.Id.ToString()), ("name", $"{found.Submission.Name} {found.Submission.Version}"),
                        ("algorithm", found.Submission.Algorithm.Text), ("collaboration", circle.Name),
                        ("submitted by", found.Submitter ?? "nobody whom a pinned root stands behind"), ("note", found.Statement?.Note),
                        ("at", Details.Time(found.Submission.CreatedAt)));
                    foreach (var function in found.Description?.Functions ?? [])
                        text.WriteLine(Listing.OneLine($"  {function.Name} ({function.Kind.ToExactName()}): {function.Description}"));
                    foreach (var review in view.Reviews)
                    {
                        text.WriteLine(Listing.OneLine($"  {review.Verdict}{(review.Holds ? "" : " (ended)")} by {review.Reviewer}, {review.Organization},"
                            + $" {Details.Time(review.IssuedAt)}: {review.Comment}"));
                    }

                    foreach (var standing in view.Standing)
                        text.WriteLine(Listing.OneLine($"  for {standing.Organization}: {standing.State} ({standing.Because})"));
                });
                foreach (var why in found.Unbelieved)
                    call.Output.Warn(Listing.OneLine(why));
            });
}
