using System.Text.Json;
using Vantage.Cli.CommandLine;

namespace Vantage.Cli.Tasks.Asking;

/// <summary>One question of a file.</summary>
/// <param name="Number">Its place among the questions, from 1.</param>
/// <param name="Name">What the asker calls it; null for nothing.</param>
/// <param name="Algorithm">As it is named there.</param>
/// <param name="Program">Which puts its partials together.</param>
/// <param name="Arguments">One JSON object.</param>
internal sealed record SheetLine(int Number, string? Name, string Algorithm, CentralProgram Program, JsonElement Arguments)
{
    private const int Most = 10_000;
    private const string Example = "Such as: {\"algorithm\":\"summary\",\"arguments\":{\"columns\":[\"age\"]}}";
    private static readonly string[] Members = ["algorithm", "arguments", "name"];

    /// <summary>Empty lines are none.</summary>
    /// <exception cref="UsageException">Nobody is asked anything while one of them can't be read.</exception>
    public static IReadOnlyList<SheetLine> Read(string text)
    {
        var lines = text.Split('\n').Index().Where(line => !string.IsNullOrWhiteSpace(line.Item)).ToList();
        return lines.Count is 0 or > Most
            ? throw UsageException.Because($"There are {lines.Count} questions; between 1 and {Most} can be asked together.", Example)
            : [.. lines.Select((line, index) => Of(line.Item, line.Index + 1, index + 1))];
    }

    private static SheetLine Of(string text, int line, int number)
    {
        JsonElement read;
        try
        {
            read = JsonElement.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw UsageException.Because($"Line {line} is not JSON: {e.Message}", Example);
        }

        if (read.ValueKind != JsonValueKind.Object || read.EnumerateObject().Any(member => !Members.Contains(member.Name)))
        {
            throw UsageException.Because($"Line {line} is no question: it is one JSON object with 'algorithm', 'arguments' and, if you like, 'name'.", Example);
        }

        var algorithm = Text(read, "algorithm", line) ?? throw UsageException.Because($"Line {line} names no algorithm.", Example);
        var program = RunCommand.CentralOf(algorithm) ?? throw UsageException.Because(
            $"Line {line}: '{algorithm}' has no program here that puts the sites' answers together.",
            "Ask it by itself: vantage task run --function NAME.");
        var arguments = read.TryGetProperty("arguments", out var given) ? given : JsonElement.Parse("{}");
        return arguments.ValueKind == JsonValueKind.Object
            ? new SheetLine(number, Text(read, "name", line), algorithm, program, arguments)
            : throw UsageException.Because($"Line {line}: the arguments are no JSON object.", Example);
    }

    private static string? Text(JsonElement read, string member, int line) =>
        !read.TryGetProperty(member, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw UsageException.Because($"Line {line}: '{member}' is no text.", Example);
}
