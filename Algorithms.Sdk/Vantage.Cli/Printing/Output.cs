using System.Text.Json.Serialization.Metadata;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Errors;

namespace Vantage.Cli.Printing;

internal enum OutputMode
{
    Text,
    Json,
    Quiet,
}

/// <summary>
/// The one way out: with <c>--json</c> exactly one line on standard output, with <c>--quiet</c> ids only; what is not
/// the answer itself goes to standard error.
/// </summary>
internal sealed class Output(CliConsole console, OutputMode mode)
{
    public OutputMode Mode => mode;

    public CliConsole Console => console;

    /// <summary>Progress and advice for a person; not shown to programs.</summary>
    public void Say(string line)
    {
        if (mode == OutputMode.Text)
        {
            console.Error.WriteLine(line);
        }
    }

    /// <summary>What a person must see even with <c>--quiet</c> and <c>--json</c>.</summary>
    public void Warn(string line) => console.Error.WriteLine($"warning: {line}");

    /// <summary>The answer of a command.</summary>
    /// <param name="value">What <c>--json</c> prints.</param>
    /// <param name="type">Source-generated JSON of it.</param>
    /// <param name="id">What <c>--quiet</c> prints; null prints nothing.</param>
    /// <param name="text">Writes it for a person.</param>
    public void Result<T>(T value, JsonTypeInfo<T> type, string? id, Action<TextWriter> text)
    {
        switch (mode)
        {
            case OutputMode.Json:
                console.Out.WriteLine(JsonText.Of(value, type));
                break;
            case OutputMode.Quiet when id is not null:
                console.Out.WriteLine(id);
                break;
            case OutputMode.Text:
                text(console.Out);
                break;
        }
    }

    public void Error(VantageException error, int exitCode)
    {
        if (mode == OutputMode.Json)
        {
            var problem = new CliProblem(Problem.TypeOf(error.Code), error.Problem?.Title ?? ExitCodeOf.Name(exitCode),
                error.Problem?.Status, error.Code, error.What, error.Next, exitCode,
                error.Errors.Count == 0 ? null : error.Errors, error.Problem?.TraceId);
            console.Error.WriteLine(JsonText.Of(problem, CliJson.Default.CliProblem));
            return;
        }

        console.Error.WriteLine($"error: {error.What}");
        foreach (var (where, wrong) in error.Errors)
        {
            console.Error.WriteLine($"  {where}: {string.Join(' ', wrong)}");
        }

        if (error.Next is { } next)
        {
            console.Error.WriteLine($"  next: {next}");
        }

        console.Error.WriteLine($"  code: {error.Code}"
            + (error.Problem?.TraceId is { } trace ? $" (trace {trace} in the Coordinator's log)" : ""));
    }
}
