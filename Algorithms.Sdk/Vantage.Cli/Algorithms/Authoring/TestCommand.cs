using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Engines;
using Vantage.Cli.Programs;

namespace Vantage.Cli.Algorithms.Authoring;

/// <summary>
/// <c>vantage algorithm test</c>: finds and builds the program of a folder, or takes an image of the engine on this machine,
/// and becomes the node's <c>rehearse</c>, which has the Gateway, the runtimes and the policy that it will meet.
/// </summary>
internal static class TestCommand
{
    private static readonly Option<string?> Arguments = new("--args")
    {
        Description = "The function's arguments, a JSON object. Default: {}.",
        HelpName = "JSON",
    };

    private static readonly Option<string?> ArgumentsFile = new("--args-file") { Description = "The same in a file.", HelpName = "FILE" };

    /// <summary>What goes on to the node's verb as it is.</summary>
    private static readonly Option<string?>[] Passed =
    [
        new("--function") { Description = "Which function. Default: the central one.", HelpName = "NAME" },
        Arguments,
        ArgumentsFile,
        new("--policy") { Description = "A site's policy.yaml, to be held to it as at that site.", HelpName = "FILE" },
        new("--as")
        {
            Description = "What the policy is to take it for: oci:HOST/REPOSITORY, or builtin:NAME@VERSION. Default: the image's own name.",
            HelpName = "REF",
        },
        new("--source") { Description = "The policy's source that each file stands for. Default: the only one that it names.", HelpName = "ID" },
    ];

    public static Command Build(CliConsole console)
    {
        var code = new Argument<string>("folder|image")
        {
            Description = "Where the algorithm is, as 'vantage algorithm new' makes it; or an image, as the engine on this machine calls it.",
        };
        var data = new Option<string[]>("--data")
        {
            Description = "A CSV file, which is a site; NAME=FILE names the site. Once for each.",
            HelpName = "FILE",
            Required = true,
        };
        var debugger = new Option<bool>("--wait-for-debugger")
        {
            Description = "Let each function of a folder wait for a debugger before it begins; the log says which process, or port.",
        };
        return new Command("test", "Run an algorithm over files as sites on this machine, as nodes would, with its log as it goes.")
            .With([code, data, .. Passed, debugger]).Answers(console, async (call, cancellationToken) =>
            {
                if (call.Has(Arguments) && call.Has(ArgumentsFile))
                {
                    throw UsageException.Because("The arguments are given twice.", "Give --args or --args-file.");
                }

                List<string> words = ["rehearse", .. await CodeAsync(call, call.Required(code), cancellationToken)];
                foreach (var option in Passed)
                {
                    Add(option.Name, call.Value(option));
                }

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

    /// <summary>A folder where there is one, and where only a folder can be meant; else an image.</summary>
    private static async Task<IReadOnlyList<string>> CodeAsync(Invocation call, string name, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(name) && name is not (['.' or '/' or '~', ..] or "") && !name.Contains('\\', StringComparison.Ordinal))
        {
            return ["--image", name, "--engine", EngineSocket.Address()];
        }

        var program = await AuthorProgram.FindAsync(name, call.Output, cancellationToken);
        return program.Interpreter is { } interpreter ? ["--program", program.File, "--interpreter", interpreter] : ["--program", program.File];
    }
}
