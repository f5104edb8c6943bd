using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.Hosting.Setup;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Policy.Reading;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Policy.Presets;

/// <summary>
/// <c>policy init</c>: a first policy.yaml, with a comment at every line that matters. What it can't know from this
/// directory it asks for by option; it guesses at nobody's rights.
/// </summary>
internal static class InitVerb
{
    public static NodeVerb Verb { get; } = new("policy init", "Write a first policy.yaml, never over one that is there.",
        [
            new("--preset", "NAME", string.Join(" | ", PolicyPreset.All.Select(preset => preset.Name)), Required: true),
            new("--collaboration", "IDS", "The collaborations that may ask, separated by commas."),
            new("--organizations", "IDS", "Whose people may ask and read (when left out: those in pins.jws)."),
            new("--sources", "IDS", "The sources they may ask about (when left out: all in node.yaml)."),
            .. CodeChoice.Options,
            new("--processes", null, "Agree to algorithms as ordinary processes without a sandbox."),
            new("--replace", null, "Replace policy.yaml; the old one is kept as policy.yaml.before."),
        ], RunAsync);

    private static async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var name = call.Required("--preset");
        var preset = PolicyPreset.All.FirstOrDefault(p => p.Name == name)
            ?? throw CommandFailure.Usage($"--preset: '{name}' is none of {string.Join(", ", PolicyPreset.All.Select(p => p.Name))}.");
        var home = call.Home;
        // The one that setup wrote allows nothing and says nothing of anybody's: it may go.
        var replaces = File.Exists(home.Policy) && !SetupFiles.IsUntouchedPolicy(home);
        if (replaces && call.Find("--replace") is null)
        {
            throw new CommandFailure(ExitCodes.Conflict, $"{home.Policy} exists. Look at it first; --replace puts the new one in its place.");
        }

        var text = preset.Text(Choice(call, home, preset));
        var policy = Read(home, text);
        await WriteAsync(home, text, replaces, cancellationToken);
        var done = new InitDone(home.Policy, preset.Name, Digest.OfText(text).ToString(), policy.Accept.Count);
        call.Answer(done, VerbJson.Default.InitDone, output =>
        {
            output.WriteLine($"Wrote {home.Policy}: {preset.Meaning}");
            output.WriteLine("Read it through; it holds from the next request on. 'vantage node policy explain' tries a request.");
        });
        return ExitCodes.Ok;
    }

    /// <summary>What the node would not understand, such as a key file that holds no key, never reaches it.</summary>
    private static NodePolicy Read(NodeHome home, string text)
    {
        try
        {
            return PolicyReader.Read(home.Policy, text);
        }
        catch (SettingsException e)
        {
            throw CommandFailure.Usage($"Nothing was written, since the policy would not hold: {e.Message}");
        }
    }

    private static PresetChoice Choice(VerbCall call, NodeHome home, PolicyPreset preset)
    {
        var sources = File.Exists(home.Settings) ? NodeSettings.Load(home).Sources.Select(source => source.Id).ToList() : [];
        var chosen = call.List("--sources") is { Length: > 0 } named ? named : [.. sources];
        if (chosen.Except(sources).FirstOrDefault() is { } unknown)
        {
            throw CommandFailure.Usage($"--sources: node.yaml declares no source '{unknown}'. It has: {string.Join(", ", sources)}.");
        }

        var choice = new PresetChoice { Collaborations = [], Organizations = [], Sources = chosen, Processes = call.Find("--processes") is not null };
        return preset.AsksFor
            ? choice with
            {
                Collaborations = [.. Ids<CollaborationId>(call, "--collaboration", "the collaboration that may ask; your partners see its id with"
                    + " 'vantage collaboration list'").Select(id => new Named(id.ToString(), null))],
                Organizations = Organizations(call, home),
                Code = preset.NeedsCode ? CodeChoice.Of(call) : null,
            }
            : choice;
    }

    private static List<Named> Organizations(VerbCall call, NodeHome home)
    {
        var pinned = new PinBoard(home, TimeProvider.System, NullLogger<PinBoard>.Instance) { RemembersSerial = false }.Statement?.Roots ?? [];
        var ids = call.Find("--organizations") is not null || pinned.Count == 0
            ? Ids<OrganizationId>(call, "--organizations", "whose people may ask; there is no pins.jws to take them from")
            : [.. pinned.Select(root => root.Organization).Distinct()];
        return [.. ids.Select(id => new Named(id.ToString(), pinned.FirstOrDefault(root => root.Organization == id)?.Name))];
    }

    private static List<T> Ids<T>(VerbCall call, string option, string meaning)
        where T : struct, IId<T>
    {
        var texts = call.List(option);
        if (texts.Length == 0)
        {
            throw CommandFailure.Usage($"{option} is missing: {meaning}.");
        }

        return [.. texts.Select(text => Id.TryParse<T>(text, out var id)
            ? id
            : throw CommandFailure.Usage($"{option}: '{text}' is not an id: expected '{T.Prefix}_' and 32 hexadecimal digits."))];
    }

    private static async Task WriteAsync(NodeHome home, string text, bool replaces, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(home.Root);
        var draft = home.Policy + ".new";
        await using (var file = Durable.CreateFile(draft))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
            file.Flush(flushToDisk: true);
        }

        if (replaces)
        {
            File.Copy(home.Policy, home.Policy + ".before", overwrite: true);
        }

        // The node never reads half of it.
        File.Move(draft, home.Policy, overwrite: true);
        Durable.FlushFolder(home.Root);
    }
}

/// <param name="Policy">The file.</param>
/// <param name="Version">As receipts will name it.</param>
internal sealed record InitDone(string Policy, string Preset, string Version, int Rules);
