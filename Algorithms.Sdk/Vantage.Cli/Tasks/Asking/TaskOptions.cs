using System.CommandLine;
using System.Text.Json;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Cli.Tasks.Asking;

/// <summary>What a question is made of, as options of <c>vantage task run</c>.</summary>
internal sealed class TaskOptions
{
    public Option<string> Algorithm { get; } = new("--algorithm")
    {
        Description = "Name in your organization's catalogue, such as summary or summary@1.0.0; or a whole reference.",
        Required = true,
    };

    public Option<string?> Function { get; } = new("--function")
    {
        Description = "One function, whose results are given per site. Default: the algorithm's whole program, "
            + "combined here.",
    };

    public Option<string?> Collaboration { get; } = new("--collaboration")
    {
        Description = "Id or name. Default: the profile's.",
    };

    public Option<string?> Study { get; } = new("--study")
    {
        Description = "Ask the study's organizations only: id or name.",
    };

    public Option<string[]> Organizations { get; } = new("--organization")
    {
        Description = "Ask these only, id or name; default: every member with a certified node.",
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<string[]> Data { get; } = new("--data")
    {
        Description = "Which data, as the nodes name it: ID, or LABEL=ID where the algorithm takes several. "
            + "Default: the profile's.",
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<string?> Session { get; } = new("--session")
    {
        Description = "The session whose frames --frame names.",
        HelpName = "NAME",
    };

    public Option<string[]> Frames { get; } = new("--frame")
    {
        Description = "A frame of the session in place of --data: NAME, or LABEL=NAME; NAME@RECIPE pins what was prepared.",
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<string[]> Dictionary { get; } = new("--dictionary")
    {
        Description = "The dictionary whose variables the data are read as: a file of it, or NAME@VERSION as published in the collaboration; "
            + "LABEL=… for one of several data. A site that maps to another refuses.",
        HelpName = "DICTIONARY",
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<string?> Arguments { get; } = new("--args")
    {
        Description = "The arguments, one JSON object.",
        HelpName = "JSON",
    };

    public Option<string?> ArgumentsFile { get; } = new("--args-file")
    {
        Description = "File with the arguments.",
        HelpName = "FILE",
    };

    public Option<string?> Purpose { get; } = new("--purpose")
    {
        Description = "Why you ask, for the sites' policies and people.",
    };

    public Option<string?> Project { get; } = new("--project")
    {
        Description = "A project code, for the sites' policies.",
    };

    public Option<LostNodePolicy> LostNode { get; } = new("--lost-node")
    {
        Description = "What becomes of a run whose node goes silent: wait, retry or fail.",
        DefaultValueFactory = _ => LostNodePolicy.Wait,
    };

    public Option<double> Lifetime { get; } = new("--lifetime")
    {
        Description = "Hours after which nothing of it runs any more.", HelpName = "HOURS",
        DefaultValueFactory = _ => 24,
    };

    public Option<int> Time { get; } = new("--time")
    {
        Description = "Seconds that the algorithm may take at a site.", HelpName = "SECONDS", DefaultValueFactory = _ =>
            3600,
    };

    public Option<int> Memory { get; } = new("--memory")
    {
        Description = "Memory that it may take at a site, in MiB.", HelpName = "MIB", DefaultValueFactory = _ => 1024,
    };

    public Option[] All => [Algorithm, Function, Collaboration, Study, Organizations, Data, Session, Frames, Dictionary, Arguments, ArgumentsFile,
        Purpose,
        Project, LostNode, Lifetime, Time, Memory];

    /// <summary>The arguments as they are sealed: exactly one JSON object.</summary>
    public async Task<byte[]> ReadArgumentsAsync(Invocation call, CancellationToken cancellationToken)
    {
        if (call.Value(Arguments) is not null && call.Value(ArgumentsFile) is not null)
        {
            throw UsageException.Because("Give the arguments by --args or by --args-file, not by both.");
        }

        var text = call.Value(ArgumentsFile) is { } file
            ? await File.ReadAllTextAsync(file, cancellationToken) : call.Value(Arguments) ?? "{}";
        try
        {
            using var parsed = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return parsed.RootElement.ValueKind == JsonValueKind.Object
                ? JsonSerializer.SerializeToUtf8Bytes(parsed.RootElement, CliJson.Default.JsonElement)
                : throw UsageException.Because("The arguments are no JSON object.",
                "Such as: --args '{\"columns\":[\"age\"]}'");
        }
        catch (JsonException e)
        {
            throw UsageException.Because($"The arguments are not JSON: {e.Message}",
                "Such as: --args '{\"columns\":[\"age\"]}'");
        }
    }

    public string ReadCollaboration(Invocation call) => call.Value(Collaboration)
        ?? call.Home.ReadProfile().Collaboration
        ?? throw UsageException.Because("Whom is the question for? The profile has no collaboration by default.",
            "Add --collaboration NAME; see: vantage collaboration list.");

    /// <summary>Without a label the first is what algorithms call <c>table</c>.</summary>
    public Task<IReadOnlyList<DataRef>> ReadDataAsync(Invocation call, CancellationToken cancellationToken) => ReadDataAsync(call, call.Value(Session), cancellationToken);

    /// <param name="session">Where frames are looked for.</param>
    public async Task<IReadOnlyList<DataRef>> ReadDataAsync(Invocation call, string? session, CancellationToken cancellationToken)
    {
        var frames = call.Value(Frames) ?? [];
        if (frames.Length > 0 && session is null)
        {
            throw UsageException.Because("Frames are of a session.", "Add --session NAME.");
        }

        var sources = call.Value(Data) is { Length: > 0 } named ? named : frames.Length > 0 ? [] : call.Home.ReadProfile().Data ?? [];
        return await AskedDictionaries.BindAsync(call, call.Value(Dictionary) ?? [], ReadCollaboration,
            [.. frames.Select(text => (Text: text, Kind: DataKind.Frame)).Concat(sources.Select(text => (Text: text, Kind: DataKind.Source)))
                .Select((item, index) => Named(item.Text, item.Kind, index))], cancellationToken);
    }

    private static DataRef Named(string text, DataKind kind, int index)
    {
        var option = kind == DataKind.Frame ? "--frame" : "--data";
        var parts = text.Split('=', 2);
        var (label, id) = parts is [var l, var i] ? (l, i) : (index == 0 ? "table" : $"table{index + 1}", text);
        var (name, version) = kind == DataKind.Frame && id.Split('@', 2) is [var n, var v] ? (n, v) : (id, null);
        return name.Length > 0 && label.Length > 0 && version is not ""
            ? new DataRef { Label = label, Kind = kind, Id = name, Version = version }
            : throw UsageException.Because($"{option} {text} names no data.", $"Write {option} ID, or {option} LABEL=ID.");
    }

    public ResourceRequest ReadResources(Invocation call) =>
        new() { TimeSeconds = call.Value(Time), MemoryMiB = call.Value(Memory) };

    public TimeSpan ReadLifetime(Invocation call) => call.Value(Lifetime) is var hours and > 0 and <= 400 * 24
        ? TimeSpan.FromHours(hours)
        : throw UsageException.Because($"--lifetime {call.Value(Lifetime)} is not between 0 hours and 400 days.");

    public async Task<IReadOnlyList<OrganizationId>?> ReadOrganizationsAsync(Invocation call,
        CollaborationId collaboration,
        CancellationToken cancellationToken)
    {
        if (call.Value(Organizations) is not { Length: > 0 } named)
        {
            return null;
        }

        // Researchers see their partners as members of the collaboration, whatever else they may list.
        var members = (await call.Client.Collaborations.GetAsync(collaboration, cancellationToken)).Members;
        return named.Select(text => members.Where(m => m.Name == text || m.Organization.ToString() == text).ToList()
            is [var one]
            ? one.Organization
            : throw new VantageException(ClientErrorCodes.NoTargets,
            $"'{text}' is not one member of the collaboration.",
                $"Its members: {string.Join(", ", members.Select(m => m.Name))}.")).ToList();
    }
}
