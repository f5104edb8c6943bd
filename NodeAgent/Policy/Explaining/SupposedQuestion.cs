using System.Globalization;
using System.Text;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Policy.Explaining;

/// <summary>The facts of a request that nobody made yet, from options: for trying a rule out.</summary>
internal static class SupposedQuestion
{
    public static IReadOnlyList<VerbOption> Options { get; } =
    [
        new("--collaboration", "ID", "Suppose a request within this collaboration."),
        new("--organization", "ID", "By somebody of this organization,"),
        new("--user", "ID", "by this person (any, when left out),"),
        new("--delegate", "ID", "asked by a node of this organization in their name."),
        new("--delegates", null, "As a central function that runs here and asks other nodes."),
        new("--algorithm", "REF", "For this algorithm: builtin:name@version is enough,"),
        new("--function", "NAME", "and this function of it."),
        new("--data", "IDS", "About these sources, separated by commas."),
        new("--columns", "NAMES", "With arguments that name these columns, separated by commas."),
        new("--arguments", "JSON", "With these arguments."),
        new("--egress", "NAMES", "By code that asks for these places outside, separated by commas."),
        new("--recipients", "IDS", "For people of these organizations (the asker's, when left out)."),
        new("--purpose", "TEXT", "Stating this purpose,"),
        new("--project-code", "TEXT", "and this project code."),
        new("--memory-mib", "N", "Asking for this much memory."),
        new("--time-seconds", "N", "Asking for this much time."),
    ];

    public static PolicyFacts Read(VerbCall call)
    {
        var organization = Id<OrganizationId>(call.Required("--organization"), "--organization");
        var data = call.List("--data").Select(id => new DataRef { Label = id, Kind = DataKind.Source, Id = id }).ToList();
        var resources = new ResourceRequest();
        return new PolicyFacts
        {
            Type = TaskType.Analysis,
            Collaboration = Id<CollaborationId>(call.Required("--collaboration"), "--collaboration"),
            Organization = organization,
            User = call.Find("--user") is { } user ? Id<UserId>(user, "--user") : default,
            Delegate = call.Find("--delegate") is { } asker ? Id<OrganizationId>(asker, "--delegate") : null,
            Delegates = call.Find("--delegates") is not null,
            Algorithm = Algorithm(call.Required("--algorithm")),
            Function = call.Required("--function"),
            Data = data,
            Columns = call.Find("--columns") is null
                ? new Dictionary<string, IReadOnlyList<string>>()
                : data.ToDictionary(d => d.Label, IReadOnlyList<string> (_) => call.List("--columns")),
            Arguments = call.Find("--arguments") is { } arguments ? Encoding.UTF8.GetBytes(arguments) : null,
            Egress = call.Find("--egress") is null ? [] : [.. call.List("--egress")],
            Recipients = call.Find("--recipients") is null
                ? [organization]
                : [.. call.List("--recipients").Select(r => Id<OrganizationId>(r, "--recipients"))],
            Purpose = call.Find("--purpose"),
            ProjectCode = call.Find("--project-code"),
            Resources = resources with
            {
                MemoryMiB = Number(call, "--memory-mib", resources.MemoryMiB),
                TimeSeconds = Number(call, "--time-seconds", resources.TimeSeconds),
            },
        };
    }

    /// <summary>Without a digest a made-up one stands in: rules for built-in code leave it to the installation.</summary>
    private static AlgorithmRef Algorithm(string text) =>
        AlgorithmRef.TryParse(text, out var reference) || AlgorithmRef.TryParse($"{text}+sha256:{new string('0', 64)}", out reference)
            ? reference
            : throw CommandFailure.Usage($"--algorithm: '{text}' is neither an exact reference nor builtin:name@version.");

    private static int Number(VerbCall call, string option, int otherwise) => call.Find(option) switch
    {
        null => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw CommandFailure.Usage($"{option}: '{text}' is not a whole number."),
    };

    private static T Id<T>(string text, string option)
        where T : struct, IId<T> =>
        Protocol.Ids.Id.TryParse<T>(text, out var id)
            ? id
            : throw CommandFailure.Usage($"{option}: '{text}' is not an id: expected '{T.Prefix}_' and 32 hexadecimal digits.");
}
