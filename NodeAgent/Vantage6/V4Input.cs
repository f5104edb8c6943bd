using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Vantage6;

/// <summary>
/// The input in vantage6's form and in ours. In ours arguments have names, by which policies speak of them; the sidecar
/// lists the names in the order of the function's parameters, so that what an image gives by place gets its name.
/// </summary>
internal static class V4Input
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static byte[] Write(string function, ReadOnlyMemory<byte> arguments)
    {
        var kwargs = JsonNode.Parse(arguments.Span, documentOptions: Strict) as JsonObject ?? [];
        return Encoding.UTF8.GetBytes(new JsonObject { ["method"] = function, ["args"] = new JsonArray(), ["kwargs"] = kwargs }.ToJsonString());
    }

    /// <summary>What the newest of the tools can read instead of the environment; nothing in it is not there too.</summary>
    public static byte[] WriteContext(V4Folder folder, string function, ReadOnlyMemory<byte> arguments, IReadOnlyList<RunData> files) =>
        Encoding.UTF8.GetBytes(new JsonObject
        {
            ["schema_version"] = "0.1",
            ["entrypoint"] = new JsonObject { ["name"] = function },
            ["arguments"] = new JsonObject
            {
                ["positional"] = new JsonArray(),
                ["named"] = JsonNode.Parse(arguments.Span, documentOptions: Strict),
            },
            ["inputs"] = new JsonArray([.. files.Select(file => new JsonObject
            {
                ["id"] = file.Label,
                ["uri"] = folder.Seen(file.Path),
                ["type"] = file.Format,
                ["arguments"] = new JsonObject(),
            })]),
            ["outputs"] = new JsonArray(new JsonObject { ["id"] = "result", ["uri"] = folder.OutputSeen }),
            ["x-vantage6"] = new JsonObject
            {
                ["run_id"] = V4World.Run,
                ["task_id"] = V4World.Task,
                ["collaboration_id"] = V4World.Collaboration,
                ["token_file"] = folder.Seen(folder.Token),
                ["api_proxy"] = $"http://{V4Environment.ProxyHost}:{V4Environment.ProxyPort}",
                ["temporary_directory"] = V4Folder.ScratchAt,
            },
        }.ToJsonString());

    /// <summary>Reads what an image wants a site to do.</summary>
    /// <exception cref="FormatException">It can't be said in our form; the message is for the image's author.</exception>
    public static (string Function, byte[] Arguments) Read(byte[] input, AlgorithmManifest algorithm)
    {
        try
        {
            using var read = JsonDocument.Parse(input, Strict);
            var root = read.RootElement;
            var method = root.GetProperty("method").GetString() ?? throw new FormatException("The input's 'method' is not a text.");
            return (method, Named(method, root, algorithm));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("The input is not JSON with 'method', and 'args' and 'kwargs' if there are any.", e);
        }
    }

    private static byte[] Named(string method, JsonElement root, AlgorithmManifest algorithm)
    {
        var named = Member(root, "kwargs") is { } kwargs ? JsonObject.Create(kwargs) ?? [] : [];
        var places = Member(root, "args") is { } args ? args.EnumerateArray().ToList() : [];
        var names = places.Count == 0 ? [] : Parameters(method, algorithm);
        if (places.Count > names.Count)
        {
            throw new FormatException($"'{method}' is given {places.Count} arguments by place, and the image's sidecar names {names.Count}"
                + " (the properties of its 'arguments', in the order of the parameters). Give them by name, or have the sidecar list them.");
        }

        foreach (var (name, value) in names.Zip(places))
        {
            if (named.ContainsKey(name))
            {
                throw new FormatException($"'{method}' is given '{name}' twice, by place and by name.");
            }

            named[name] = JsonNode.Parse(value.GetRawText());
        }

        return Encoding.UTF8.GetBytes(named.ToJsonString());
    }

    private static List<string> Parameters(string method, AlgorithmManifest algorithm) =>
        algorithm.Functions.FirstOrDefault(f => f.Name == method) is { Arguments.ValueKind: JsonValueKind.Object } function
            && Member(function.Arguments, "properties") is { ValueKind: JsonValueKind.Object } properties
            ? [.. properties.EnumerateObject().Select(property => property.Name)] : [];

    private static JsonElement? Member(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
}
