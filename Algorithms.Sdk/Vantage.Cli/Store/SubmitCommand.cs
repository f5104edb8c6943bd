using System.CommandLine;
using Vantage.Cli.Algorithms;
using Vantage.Cli.CommandLine;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Images;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;

namespace Vantage.Cli.Store;

/// <summary><c>vantage store submit</c>: reads what an image says of itself, and puts it before the reviewers under the person's signature.</summary>
internal static class SubmitCommand
{
    public static Command Build(CliConsole console)
    {
        var target = new Argument<string>("image") { Description = "HOST/REPOSITORY with a tag or, better, a digest." };
        var collaboration = new Option<string>("--collaboration") { Description = "Whose reviewers: id or name.", Required = true };
        var note = new Option<string>("--note")
        {
            Description = "For the reviewers: where the sources are, what is new.",
            HelpName = "TEXT",
            Required = true,
        };
        return new Command("submit", "Put an image before a collaboration's reviewers.")
            .With(target, collaboration, note).WithRegistry().Does(console, async (call, cancellationToken) =>
            {
                var reference = RegistryOptions.Reference(call.Required(target));
                var circle = await Lookup.CollaborationAsync(call.Client, call.Required(collaboration), cancellationToken);
                await call.UseAsync(reference.Repository, async content =>
                {
                    var digest = await VerifyCommand.DigestAsync(content, reference, cancellationToken);
                    var found = await ImageDescription.ReadAsync(content, digest, ImagePlatform.OfThisMachine, cancellationToken);
                    _ = found.Content.Describe();
                    var made = await call.Client.Store.SubmitAsync(circle, AlgorithmRef.Parse($"oci:{reference.Repository}@{digest}"),
                        found.Content.Labels[AlgorithmManifest.ImageLabel], call.Required(note), cancellationToken);
                    call.Output.Result(made, ProtocolJson.Default.Submission, made.Id.ToString(), text =>
                        text.WriteLine($"{made.Id}  {made.Name} {made.Version}  {made.Algorithm}"));
                    call.Output.Say($"Reviewers look at it with 'vantage store show {made.Id}' and say what they think with 'vantage store approve' or 'reject'.");
                });
            });
    }
}
