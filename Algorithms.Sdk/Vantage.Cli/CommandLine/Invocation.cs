using System.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Client;
using Vantage.Client.Home;

namespace Vantage.Cli.CommandLine;

/// <summary>One command being carried out: its values, its home, its way out.</summary>
internal sealed class Invocation(ParseResult parsed, CliConsole console) : IDisposable
{
    private VantageClient? client;

    public Output Output { get; } = new(console, ModeOf(parsed));

    public ClientHome Home { get; } = new(parsed.GetValue(GlobalOptions.Home) ?? ClientHome.DefaultDirectory);

    public bool AsksNothing => parsed.GetValue(GlobalOptions.Yes) || !console.InIsTerminal;

    public CliConsole Console => console;

    /// <summary>The Coordinator of the home's profile.</summary>
    public VantageClient Client =>
        client ??= new VantageClient(Home.ReadProfile().ToOptions() with { Time = Console.Time }, Home);

    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    public T? Value<T>(Argument<T> argument) => parsed.GetValue(argument);

    public T Required<T>(Option<T> option) => parsed.GetRequiredValue(option);

    public T Required<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);

    public void Dispose() => client?.Dispose();

    internal static OutputMode ModeOf(ParseResult parsed) =>
        parsed.GetValue(GlobalOptions.Json) ? OutputMode.Json
        : parsed.GetValue(GlobalOptions.Quiet) ? OutputMode.Quiet
        : OutputMode.Text;
}
