using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Sandboxes.Data;
using Vantage.Client.Errors;
using Vantage.Client.Home;

namespace Vantage.Cli.Sandboxes;

/// <summary><c>vantage sandbox</c>: a whole federation of one's own, over anyone's files, on this machine.</summary>
internal static class SandboxCommands
{
    /// <summary>There is one already, or one is being made or ended.</summary>
    public const string Exists = "sandbox-exists";

    public const string Off = "off";

    private static readonly string[] Disclosures = ["acro", "datashield", Off];

    public const string Process = "process";

    public const string Docker = "docker";

    public static void Fill(Command noun, CliConsole console) => noun.With(Up(console), Status(console), Down(console));

    private static Command Up(CliConsole console)
    {
        var data = new DataOptions();
        var disclosure = new Option<string?>("--disclosure")
        {
            Description = "Disclosure control of the nodes: acro, datashield, or off. Required, so that nobody takes a sandbox's results for"
                + " protected ones; every result says it.",
            HelpName = "NAME",
        };
        var runtime = new Option<string>("--runtime")
        {
            Description = "How algorithms run: as ordinary processes (process, the default), or in sealed containers (docker).",
            HelpName = "NAME",
            DefaultValueFactory = _ => Process,
        };
        runtime.AcceptOnlyFromAmong(Process, Docker);
        var own = new Option<string[]>("--algorithm")
        {
            Description = "An image of your own besides, for --runtime docker: as the engine on this machine calls it, or a file; pulled if it is not there. Once for each.",
            HelpName = "IMAGE",
            AllowMultipleArgumentsPerToken = true,
        };
        var port = new Option<int>("--port") { Description = "The Coordinator's port on this machine. Default: a free one.", HelpName = "PORT" };
        return new Command("up", "Start a federation: a Coordinator, and a site for each file. Your profile is 'sandbox' from then on.")
            .With([.. data.All, disclosure, runtime, own, port]).Does(console, async (call, cancellationToken) =>
            {
                var control = RequireDisclosure(call.Value(disclosure));
                var sites = FirstLook.At(data.Read(call));
                using var means = await SandboxMeans.OfAsync(call.Value(runtime) == Docker, call.Value(own) ?? [], cancellationToken);
                var (state, seconds) = await new SandboxUp(call, Home(call), sites, call.Value(port), cancellationToken)
                {
                    Disclosure = control,
                    Engine = means.Engine,
                    Own = means.Own,
                }.MakeAsync();
                var outcome = SandboxView.Of(state) with { Seconds = seconds };
                call.Output.Result(outcome, CliJson.Default.SandboxView, SandboxHome.Profile, text =>
                {
                    outcome.Write(call.Output, text);
                    text.WriteLine(control == Off
                        ? "\nDisclosure control is off: results may show single people. Ask, for example:"
                        : $"\nThe nodes hold back what {control} rules forbid. Ask, for example:");
                    text.WriteLine(means.Example);
                    text.WriteLine("and take it all away again with: vantage sandbox down");
                });
            });
    }

    private static Command Status(CliConsole console) =>
        new Command("status", "What runs, over which files, and what is wrong with it (exit code 1).").Answers(console, async (call, cancellationToken) =>
        {
            var state = Home(call).Read() ?? throw new VantageException(ClientErrorCodes.NothingThere,
                $"There is no sandbox in {call.Profiles.Directory}.", "Make one: vantage sandbox up --data FILE --disclosure off");
            var view = await SandboxCheck.LookAsync(state, cancellationToken);
            call.Output.Result(view, CliJson.Default.SandboxView, view.State, text => view.Write(call.Output, text));
            return view.Problems.Count == 0 ? Protocol.Errors.ExitCodes.Ok : Protocol.Errors.ExitCodes.Failed;
        });

    private static Command Down(CliConsole console) =>
        new Command("down", "End every process of the sandbox, remove every file of it, and go back to the profile before it.")
            .Does(console, async (call, _) =>
            {
                var home = Home(call);
                var ended = new SandboxEnded(false, [], call.Profiles.Current);
                if (home.Read() is not null)
                {
                    using var only = home.Lock();
                    ended = home.Read() is { } state
                        ? new SandboxEnded(true, await SandboxEnd.EndAsync(home, state), call.Profiles.Current)
                        : ended;
                }

                call.Output.Result(ended, CliJson.Default.SandboxEnded, null, text => text.WriteLine(ended.WasThere
                    ? $"The sandbox is gone: {ended.Ended.Count} processes ended, its files removed. Profile in use: {ended.Profile}."
                    : $"There is no sandbox in {call.Profiles.Directory}; nothing to do."));
            });

    private static SandboxHome Home(Invocation call) => new(new ProfileBook(call.Profiles.Directory));

    private static string RequireDisclosure(string? disclosure) => disclosure switch
    {
        null => throw UsageException.Because("Say which disclosure control the sites are to have.",
            "Add --disclosure acro or datashield for what partners' nodes hold back, or --disclosure off for files of your own: results may"
            + " then show single people, and say so."),
        _ when Disclosures.Contains(disclosure) => disclosure,
        _ => throw UsageException.Because($"There is no disclosure control '{disclosure}'.", $"Say one of: {string.Join(", ", Disclosures)}."),
    };
}

/// <param name="WasThere">There was one, whole or broken.</param>
/// <param name="Ended">The processes that had to be ended.</param>
/// <param name="Profile">The profile in use now.</param>
internal sealed record SandboxEnded(bool WasThere, IReadOnlyList<EndedProgram> Ended, string Profile);
