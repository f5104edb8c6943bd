using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Hosting.Commands;

/// <summary>A verb as it was called, and where its answer goes: the answer to standard output, all else to standard error.</summary>
internal sealed class VerbCall(IReadOnlyDictionary<string, string> options, IReadOnlyList<string> rest, TextWriter output, TextWriter error)
{
    public IReadOnlyList<string> Rest => rest;

    public TextWriter Out => output;

    public TextWriter Error => error;

    public bool IsJson => options.ContainsKey(VerbOption.Json.Name);

    public NodeHome Home => NodeHome.At(Required(VerbOption.Directory.Name));

    public string? Find(string option) => options.GetValueOrDefault(option);

    /// <summary>What stands between commas; empty without the option.</summary>
    public string[] List(string option) =>
        Find(option)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public string Required(string option) =>
        Find(option) ?? throw CommandFailure.Usage($"{option} is missing.");

    /// <summary>The answer: one line of JSON, or text for a person.</summary>
    public void Answer<T>(T value, JsonTypeInfo<T> type, Action<TextWriter> text)
    {
        if (IsJson)
        {
            output.WriteLine(JsonSerializer.Serialize(value, type));
        }
        else
        {
            text(output);
        }
    }

    public void Fail(CommandFailure failure)
    {
        if (IsJson)
        {
            var name = ExitCodes.Table.First(row => row.Code == failure.ExitCode).Name;
            error.WriteLine(JsonSerializer.Serialize(
                new VerbProblem(Problem.TypeOf(name), name, name, failure.Message, failure.ExitCode), VerbJson.Default.VerbProblem));
        }
        else
        {
            error.WriteLine($"error: {failure.Message}");
        }
    }
}
