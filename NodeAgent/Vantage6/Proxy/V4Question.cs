using System.Text.Json;

namespace Vantage.NodeAgent.Vantage6.Proxy;

/// <summary>
/// What a run wants to have asked, taken from the body of its call and held against what it may: its own image, its own
/// collaboration, its own data, sites of its delegation. Which functions, the desk behind it decides.
/// </summary>
/// <param name="Inputs">Who is told what, by the place of the site.</param>
internal sealed record V4Question(string Name, string Description, IReadOnlyList<(int Site, byte[] Input)> Inputs)
{
    private const int LongestText = 1000;

    public static V4Question Read(JsonElement body, V4World world)
    {
        Require(body.ValueKind == JsonValueKind.Object, "A task is a JSON object.");
        Require(Text(body, "image") is { } image && Bare(image) == world.Image, StatusCodes.Status403Forbidden,
            $"A run asks for its own image and no other: {world.Image}.");
        Require(Is(body, "collaboration_id", V4World.Collaboration) && Is(body, "study_id", world.HasStudy ? V4World.Study : null)
            && Is(body, "store_id", null), StatusCodes.Status403Forbidden, "A run asks within its own collaboration and study.");
        foreach (var label in Labels(body))
        {
            Require(world.Labels.Contains(label), StatusCodes.Status403Forbidden,
                $"The data '{Short(label)}' were not delegated. There are: {string.Join(", ", world.Labels)}.");
        }

        return new(Short(Text(body, "name") ?? "subtask"), Short(Text(body, "description") ?? ""), Sites(body, world));
    }

    private static List<(int, byte[])> Sites(JsonElement body, V4World world)
    {
        Require(Member(body, "organizations") is { ValueKind: JsonValueKind.Array } listed && listed.GetArrayLength() > 0,
            "'organizations' lists whom to ask, as {\"id\", \"input\"}.");
        var sites = new List<(int Site, byte[] Input)>();
        foreach (var one in Member(body, "organizations")!.Value.EnumerateArray())
        {
            Require(one.ValueKind == JsonValueKind.Object && Member(one, "id") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out _),
                "Each of 'organizations' has an 'id' that is a whole number.");
            var id = one.GetProperty("id").GetInt32();
            Require(id >= 1 && id <= world.Sites.Count, StatusCodes.Status403Forbidden,
                $"Organization {id} is not among those that the task delegates to this run: 1 to {world.Sites.Count}.");
            Require(sites.TrueForAll(other => other.Site != id - 1), $"Organization {id} is listed twice.");
            Require(Text(one, "input") is not null, "Each of 'organizations' has an 'input' in base64.");
            sites.Add((id - 1, Decode(Text(one, "input")!)));
        }

        return sites;
    }

    private static byte[] Decode(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw new V4Refusal(StatusCodes.Status400BadRequest, "An 'input' is not base64.");
        }
    }

    private static IEnumerable<string> Labels(JsonElement body) => Member(body, "databases") switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(one => one.ValueKind switch
        {
            JsonValueKind.String => one.GetString()!,
            JsonValueKind.Object when Text(one, "label") is { } label => label,
            _ => throw new V4Refusal(StatusCodes.Status400BadRequest, "'databases' lists labels."),
        }),
        _ => throw new V4Refusal(StatusCodes.Status400BadRequest, "'databases' is a list."),
    };

    /// <summary>What is not given is not otherwise than it should be.</summary>
    private static bool Is(JsonElement body, string name, int? expected) => Member(body, name) is not { } value
        || (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number == expected);

    private static string? Text(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    private static string Bare(string image) => image.StartsWith("oci:", StringComparison.Ordinal) ? image[4..] : image;

    private static string Short(string text) => text.Length <= LongestText ? text : text[..LongestText];

    private static void Require(bool holds, string otherwise) => Require(holds, StatusCodes.Status400BadRequest, otherwise);

    private static void Require(bool holds, int status, string otherwise)
    {
        if (!holds)
        {
            throw new V4Refusal(status, otherwise);
        }
    }
}
