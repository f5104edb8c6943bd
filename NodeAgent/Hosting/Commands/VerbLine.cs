using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Hosting.Commands;

/// <summary>Reads the command line: <c>VERB [--option VALUE | --switch]…</c>, nothing cleverer.</summary>
internal static class VerbLine
{
    public static async Task<int> RunAsync(
        IReadOnlyList<NodeVerb> verbs, string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (args is [] or ["--help" or "-h" or "help", ..])
        {
            VerbHelp.Write(verbs, args is [] ? error : output);
            return args is [] ? ExitCodes.Usage : ExitCodes.Ok;
        }

        var verb = verbs.FirstOrDefault(v => args.Take(v.Name.Split(' ').Length).SequenceEqual(v.Name.Split(' ')));
        if (verb is null)
        {
            return await NoneAsync(verbs, args, output, error);
        }

        return await RunAsync(verb, args[verb.Name.Split(' ').Length..], output, error, cancellationToken);
    }

    /// <summary>A noun alone lists its verbs; what is no verb is told with what was meant.</summary>
    private static async Task<int> NoneAsync(IReadOnlyList<NodeVerb> verbs, string[] args, TextWriter output, TextWriter error)
    {
        var ofNoun = verbs.Where(v => v.Name.StartsWith($"{args[0]} ", StringComparison.Ordinal)).ToList();
        if (ofNoun.Count > 0 && args is [_] or [_, "--help" or "-h" or "help", ..])
        {
            VerbHelp.Write(ofNoun, args is [_] ? error : output, args[0]);
            return args is [_] ? ExitCodes.Usage : ExitCodes.Ok;
        }

        var written = string.Join(' ', args.Take(ofNoun.Count > 0 ? 2 : 1));
        var near = NearestName.Find(written, ofNoun.Count > 0 ? ofNoun.Select(v => v.Name) : verbs.Select(v => v.Name.Split(' ')[0]));
        await error.WriteLineAsync($"error: There is no verb '{written}'.{(near is null ? "" : $" Did you mean '{near}'?")} --help lists all.");
        return ExitCodes.Usage;
    }

    private static async Task<int> RunAsync(
        NodeVerb verb, string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var wantsJson = args.Contains(VerbOption.Json.Name);
        var call = new VerbCall(wantsJson ? new Dictionary<string, string> { [VerbOption.Json.Name] = "" } : [], [], output, error);
        try
        {
            if (args.Contains(VerbOption.Help.Name))
            {
                VerbHelp.Write(verb, output);
                return ExitCodes.Ok;
            }

            call = Parse(verb, args, output, error);
            return await verb.RunAsync(call, cancellationToken);
        }
        catch (CommandFailure e)
        {
            call.Fail(e);
            return e.ExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            call.Fail(new CommandFailure(ExitCodes.Interrupted, $"'{verb.Name}' was interrupted."));
            return ExitCodes.Interrupted;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            call.Fail(CommandFailure.Configuration($"{e.Message} Check the path, its permissions and the free space.", e));
            return ExitCodes.Configuration;
        }
    }

    private static VerbCall Parse(NodeVerb verb, string[] args, TextWriter output, TextWriter error)
    {
        var known = VerbHelp.OptionsOf(verb).ToDictionary(option => option.Name, StringComparer.Ordinal);
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (verb.Word is { } word && !args[i].StartsWith('-') && given.TryAdd(word.Name, args[i]))
            {
                continue;
            }

            if (!known.TryGetValue(args[i], out var option))
            {
                if (!verb.TakesRest)
                {
                    throw Unknown(verb, args[i], known.Keys);
                }

                rest.Add(args[i]);
            }
            else if (given.ContainsKey(option.Name))
            {
                throw CommandFailure.Usage($"{option.Name} is given twice.");
            }
            else
            {
                given[option.Name] = option.Value is null ? ""
                    : ++i < args.Length ? args[i]
                    : throw CommandFailure.Usage($"{option.Name} wants a value: {option.Name} {option.Value}.");
            }
        }

        if (verb.Word is { Required: true } lacking && !given.ContainsKey(lacking.Name))
        {
            throw CommandFailure.Usage($"'{verb.Name}' wants {lacking.Name}: {lacking.Meaning}");
        }

        return known.Values.FirstOrDefault(option => option.Required && !given.ContainsKey(option.Name)) is { } missing
            ? throw CommandFailure.Usage($"'{verb.Name}' wants {missing.Name} {missing.Value}: {missing.Meaning}")
            : new VerbCall(given, rest, output, error);
    }

    private static CommandFailure Unknown(NodeVerb verb, string word, IEnumerable<string> known)
    {
        var near = NearestName.Find(word, known) is { } name ? $" Did you mean {name}?" : "";
        return CommandFailure.Usage($"'{verb.Name}' does not know {word}.{near} --help lists its options.");
    }
}
