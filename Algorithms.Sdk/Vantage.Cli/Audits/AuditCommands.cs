using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Audits.Trails;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Audits;

/// <summary><c>vantage audit</c>: the Coordinator's trail, for its admins and those of organizations.</summary>
internal static class AuditCommands
{
    public static void Fill(Command noun, CliConsole console) =>
        noun.With(List(console), VerifyCommand.Create(console), Export(console), Forget(console));

    private static Command List(CliConsole console)
    {
        var after = new Option<long>("--after") { Description = "Begin after this entry.", HelpName = "NUMBER" };
        return new Command("list", "Who did what, as far as you may read it.").With(after)
            .Does(console, (call, cancellationToken) => call.Output.ListAsync(
                call.Client.Audit.ListAsync(call.Value(after), cancellationToken), CliJson.Default.ItemListAuditEntry,
                e => $"{e.Sequence}",
                ("entry", e => $"{e.Sequence}"), ("at", e => Details.Time(e.At)),
                ("who", e => e.ActorName ?? e.Actor), ("did", e => e.Action),
                ("to what", e => e.SubjectName ?? e.Subject), ("organization", e => e.Organization?.ToString()),
                ("collaboration", e => e.Collaboration?.ToString())));
    }

    private static Command Forget(CliConsole console)
    {
        var who = new Argument<string>("user") { Description = "Id or name of the person." };
        return new Command("forget", "Erase for good whom a person's pseudonym in the trail stands for. The trail stays whole.").With(who)
            .Does(console, async (call, cancellationToken) =>
            {
                var person = await Lookup.UserAsync(call.Client, call.Required(who), cancellationToken);
                await call.Client.Audit.ForgetAsync(person, cancellationToken);
                call.Output.Result(new ForgottenPerson(person), CliJson.Default.ForgottenPerson, person.ToString(),
                    text => text.WriteLine($"Nobody can tell any more what {person} did until now; what they do from now on is under another pseudonym."));
            });
    }

    private static Command Export(CliConsole console)
    {
        var output = new Option<string>("--output", "-o")
        {
            Description = "File to write: one line of JSON an entry, others' entries as hashes only, and signed heads.",
            HelpName = "FILE",
            Required = true,
        };
        return new Command("export", "Write the trail into a file that 'audit verify --file' verifies without a Coordinator.")
            .With(output, HeadFiles.Option).Does(console, async (call, cancellationToken) =>
            {
                var kept = HeadFiles.Read(call);
                var (lines, size) = (0L, 0L);
                await using (var file = new FileStream(call.Required(output), FileMode.CreateNew))
                {
                    await foreach (var line in call.Client.Audit.ExportAsync([.. kept.Select(head => head.Size)], cancellationToken))
                    {
                        await file.WriteAsync(TrailJson.Write(line), cancellationToken);
                        file.WriteByte((byte)'\n');
                        (lines, size) = (lines + 1, line.Trail?.Size ?? size);
                    }
                }

                var done = new ExportedTrail(call.Required(output), size, lines);
                call.Output.Result(done, CliJson.Default.ExportedTrail, done.File, text =>
                    text.WriteLine($"{size} entries in {lines} lines of {done.File}. Verify it: vantage audit verify --file {done.File}"));
            });
    }
}

internal sealed record ForgottenPerson(UserId Forgotten);

internal sealed record ExportedTrail(string File, long Size, long Lines);
