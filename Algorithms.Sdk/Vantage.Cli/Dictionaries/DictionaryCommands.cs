using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Dictionaries;

/// <summary><c>vantage dictionary</c>: what the variables of a collaboration are called and mean.</summary>
internal static class DictionaryCommands
{
    public static void Fill(Command noun, CliConsole console) => noun.With(Publish(console), List(console), Show(console), StatusCommand.Build(console), PreviewCommand.Build(console));

    public static Option<string?> Collaboration() => new("--collaboration") { Description = "Id or name. Default: the profile's." };

    public static async Task<CollaborationId> CollaborationAsync(Invocation call, Option<string?> option, CancellationToken cancellationToken) =>
        await Lookup.CollaborationAsync(call.Client, call.Value(option) ?? call.Home.ReadProfile().Collaboration
            ?? throw UsageException.Because("Of which collaboration? The profile has none by default.", "Add --collaboration NAME; see: vantage collaboration list."), cancellationToken);

    /// <summary>Reads a file, in words for who wrote it.</summary>
    public static async Task<(string Text, DataDictionary Dictionary)> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw UsageException.Because($"There is no dictionary file '{file}'.", "A published one is fetched with: vantage dictionary show NAME@VERSION --out FILE");
        }

        try
        {
            var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
            return (System.Text.Encoding.UTF8.GetString(bytes), DataDictionary.Read(bytes));
        }
        catch (DictionaryException e)
        {
            throw UsageException.Because($"{file} is no dictionary: {e.Message}", "docs/dictionary.md says what one looks like.");
        }
    }

    /// <summary>The published one, verified; says on the way who signed it.</summary>
    public static async Task<SignedDictionary> FetchAsync(Invocation call, CollaborationId collaboration, string named, CancellationToken cancellationToken)
    {
        var (name, version) = named.Split('@', 2) is [var n, var v] && DictionaryRef.IsName(n) && DictionaryRef.IsVersion(v) ? (n, v)
            : throw UsageException.Because($"'{named}' is neither a file that is here nor NAME@VERSION.", "See: vantage dictionary list");
        var signed = await call.Client.Dictionaries.GetAsync(collaboration, name, version, cancellationToken);
        call.Output.Say($"{signed.Dictionary.Ref.Words} ({signed.Dictionary.Ref.Digest}), signed by {Listing.OneLine(signed.Signer.Name)} ({signed.Signer.Organization}) on {signed.Statement.IssuedAt:yyyy-MM-dd}");
        return signed;
    }

    private static Command Publish(CliConsole console)
    {
        var file = new Argument<string>("file") { Description = "A Table Schema with a name and a version; see docs/dictionary.md." };
        var collaboration = Collaboration();
        return new Command("publish", "Sign a dictionary and publish it in a collaboration. A version never changes.").With(file, collaboration)
            .Does(console, async (call, cancellationToken) =>
            {
                var (text, _) = await ReadAsync(call.Required(file), cancellationToken);
                var made = await call.Client.Dictionaries.PublishAsync(await CollaborationAsync(call, collaboration, cancellationToken), text, cancellationToken);
                call.Output.Result(made, ProtocolJson.Default.PublishedDictionary, made.Dictionary.Words, output =>
                    output.WriteLine($"{made.Dictionary.Words} is published: {made.Dictionary.Digest}\nSites take it with: vantage dictionary show {made.Dictionary.Words} --out FILE"));
            });
    }

    private static Command List(CliConsole console)
    {
        var collaboration = Collaboration();
        return new Command("list", "The dictionaries of a collaboration, by the Coordinator's word; 'show' verifies one.").With(collaboration)
            .Does(console, async (call, cancellationToken) =>
            {
                var published = await call.Client.Dictionaries.ListAsync(await CollaborationAsync(call, collaboration, cancellationToken), cancellationToken);
                await call.Output.ListAsync(published.ToAsyncEnumerable(), CliJson.Default.ItemListPublishedDictionary, d => d.Dictionary.Words,
                    ("dictionary", d => d.Dictionary.Words), ("digest", d => d.Dictionary.Digest.ToString()), ("published by", d => d.User.ToString()),
                    ("on", d => $"{d.CreatedAt:yyyy-MM-dd}"));
                if (published.Count == 0)
                {
                    call.Output.Say("No dictionary is published in this collaboration. A data steward or admin publishes one: vantage dictionary publish FILE");
                }
            });
    }

    private static Command Show(CliConsole console)
    {
        var which = new Argument<string>("dictionary") { Description = "NAME@VERSION." };
        var collaboration = Collaboration();
        var output = new Option<string?>("--out") { Description = "Write the dictionary itself into this file, as it was signed.", HelpName = "FILE" };
        return new Command("show", "One dictionary, verified: who signed it, and its variables.").With(which, collaboration, output)
            .Does(console, async (call, cancellationToken) =>
            {
                var signed = await FetchAsync(call, await CollaborationAsync(call, collaboration, cancellationToken), call.Required(which), cancellationToken);
                if (call.Value(output) is { } path)
                {
                    await File.WriteAllTextAsync(path, signed.Statement.Text, cancellationToken);
                }

                call.Output.Result(signed.Statement, SignedJson.Default.DictionaryStatement, signed.Dictionary.Ref.Words, text =>
                {
                    foreach (var variable in signed.Dictionary.Variables)
                    {
                        text.WriteLine($"  {Listing.OneLine(variable.Name)}: {Listing.OneLine(variable.Expected)}{(variable.Required ? ", required" : "")}{(variable.Title is { } title ? $" — {Listing.OneLine(title)}" : "")}");
                    }

                    if (call.Value(output) is { } written)
                    {
                        text.WriteLine($"Written to {written}.");
                    }
                });
            });
    }
}
