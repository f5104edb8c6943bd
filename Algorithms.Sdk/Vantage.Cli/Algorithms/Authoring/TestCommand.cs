using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Programs;

namespace Vantage.Cli.Algorithms.Authoring;

/// <summary>
/// <c>vantage algorithm test</c>: finds and builds the program of a folder, and becomes the node's <c>rehearse</c>, which
/// has the Gateway and the runtime that the program will meet.
/// </summary>
internal static class TestCommand
{
    public static Command Build(CliConsole console)
    {
        var folder = new Argument<string>("folder") { Description = "Where the algorithm is, as 'vantage algorithm new' makes it." };
        var data = new Option<string[]>("--data")
        {
            Description = "A CSV file, which is a site; NAME=FILE names the site. Once for each.",
            HelpName = "FILE",
            Required = true,
        };
        var function = new Option<string?>("--function") { Description = "Which function. Default: the central one.", HelpName = "NAME" };
        var arguments = new Option<string?>("--args") { Description = "The function's arguments, a JSON object. Default: {}.", HelpName = "JSON" };
        var argumentsFile = new Option<string?>("--args-file") { Description = "The same in a file.", HelpName = "FILE" };
        var debugger = new Option<bool>("--wait-for-debugger")
        {
            Description = "Let each function wait for a debugger before it begins; the log says which process, or port.",
        };
        return new Command("test", "Run an algorithm over files as sites on this machine, as nodes would, with its log as it goes.")
            .With(folder, data, function, arguments, argumentsFile, debugger).Answers(console, async (call, cancellationToken) =>
            {
                if (call.Has(arguments) && call.Has(argumentsFile))
                {
                    throw UsageException.Because("The arguments are given twice.", "Give --args or --args-file.");
                }

                var program = await AuthorProgram.FindAsync(call.Required(folder), call.Output, cancellationToken);
                List<string> words = ["rehearse", "--program", program.File];
                Add("--interpreter", program.Interpreter);
                Add("--function", call.Value(function));
                Add("--args", call.Value(arguments));
                Add("--args-file", call.Value(argumentsFile));
                if (call.Value(debugger))
                {
                    words.Add("--wait-for-debugger");
                }

                if (call.Output.Mode == Printing.OutputMode.Json)
                {
                    words.Add("--json");
                }

                return ChildProgram.Become(ProgramFinder.NodeAgent.Find(), [.. words, .. call.Required(data)]);

                void Add(string option, string? value)
                {
                    if (value is not null)
                    {
                        words.AddRange([option, value]);
                    }
                }
            });
    }
}
