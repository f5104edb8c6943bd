using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Protocol.Errors;

namespace Vantage.Algorithms.Functions;

/// <summary>
/// Turns a task's JSON into typed arguments. Stricter than the serialiser: a misspelled or doubled argument is refused
/// by name, since taking it for absent would answer another question than was asked.
/// </summary>
public static class ArgumentsReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>A run's arguments, read strictly, their own laws checked.</summary>
    /// <exception cref="RunFailedException">They break the schema or a law; the text names which argument.</exception>
    public static TArgs Read<TArgs>(ReadOnlyMemory<byte> json, JsonTypeInfo<TArgs> type)
    {
        using var document = Parse(json);
        CheckNumbers(document.RootElement);
        if (type.Kind == JsonTypeInfoKind.Object)
            CheckNames(document.RootElement, type);
        var arguments = Deserialize(document, type);
        if (arguments is IArguments withLaws)
            withLaws.Check();
        return arguments;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, Strict);
        }
        catch (JsonException e)
        {
            throw new RunFailedException(
                RunCodes.ArgumentsInvalid, "The arguments are not one JSON value: " + e.Message, e);
        }
    }

    /// <summary>The parser takes 1e999 for infinity, which is no number that could be computed with or written down.</summary>
    private static void CheckNumbers(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number when double.IsInfinity(value.GetDouble()):
                throw new RunFailedException(
                    RunCodes.ArgumentsInvalid, "The arguments are not one JSON value: a number is beyond the range of a double.");
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    CheckNumbers(item);
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    CheckNumbers(member.Value);
                break;
        }
    }

    private static void CheckNames(JsonElement arguments, JsonTypeInfo type)
    {
        if (arguments.ValueKind != JsonValueKind.Object)
        {
            throw new RunFailedException(
                RunCodes.ArgumentsInvalid,
                $"The arguments are a JSON object, such as {{\"name\": …}}; this is {Word(arguments.ValueKind)}.");
        }

        foreach (var given in arguments.EnumerateObject())
        {
            if (!type.Properties.Any(p => p.Name == given.Name))
            {
                throw new ArgumentsInvalidException(
                    given.Name, "this function does not take it. It takes: " + Names(type) + ".");
            }
        }

        foreach (var property in type.Properties)
        {
            if (property.IsRequired && !arguments.TryGetProperty(property.Name, out _))
                throw new ArgumentsInvalidException(property.Name, "required, and not given.");
        }
    }

    private static TArgs Deserialize<TArgs>(JsonDocument document, JsonTypeInfo<TArgs> type)
    {
        try
        {
            return document.Deserialize(type)
                ?? throw new RunFailedException(RunCodes.ArgumentsInvalid, "The arguments are null.");
        }
        catch (JsonException e) when (e.Path is { Length: > 2 } path)
        {
            // Path reads "$.name[0].part": what follows "$." is what the asker wrote.
            throw new ArgumentsInvalidException(path[2..], "not of the type this function takes.");
        }
        catch (JsonException e)
        {
            throw new RunFailedException(RunCodes.ArgumentsInvalid, "The arguments: " + e.Message, e);
        }
    }

    private static string Names(JsonTypeInfo type) =>
        type.Properties.Count == 0 ? "nothing" : string.Join(", ", type.Properties.Select(p => $"'{p.Name}'"));

    private static string Word(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a truth value",
    };
}
