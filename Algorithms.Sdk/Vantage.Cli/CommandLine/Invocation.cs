using System.CommandLine;
using Vantage.Cli.Keys.Protecting;
using Vantage.Cli.Printing;
using Vantage.Client;
using Vantage.Client.Home;

namespace Vantage.Cli.CommandLine;

/// <summary>One command being carried out: its values, its home, its way out.</summary>
internal sealed class Invocation(ParseResult parsed, CliConsole console) : IDisposable
{
    private VantageClient? client;
    private ClientHome? home;

    public Output Output { get; } = new(console, ModeOf(parsed));

    /// <summary>The profiles of the home that was named, else of the person's own.</summary>
    public ProfileBook Profiles { get; } = new(parsed.GetValue(GlobalOptions.Home) ?? ClientHome.DefaultDirectory);

    public ClientHome Home
    {
        get
        {
            if (home is null)
            {
                home = ProfileName is { } name ? Profiles.Home(name) : Profiles.CurrentHome();
                home.Passphrase = () => OwnPassphrase.Ask(this);
            }

            return home;
        }
    }

    /// <summary>
    /// Whose name was given for this one command. A home on the command line was meant as a whole: the environment's
    /// profile is of the person's own home.
    /// </summary>
    private string? ProfileName => parsed.GetValue(GlobalOptions.Profile)
        ?? (parsed.GetValue(GlobalOptions.Home) is null ? ProfileBook.Chosen : null);

    public bool AsksNothing => parsed.GetValue(GlobalOptions.Yes) || !console.InIsTerminal;

    public CliConsole Console => console;

    /// <summary>The Coordinator of the home's profile.</summary>
    public VantageClient Client =>
        client ??= new VantageClient(Home.ReadProfile().ToOptions() with { Time = Console.Time }, Home);

    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    public T? Value<T>(Argument<T> argument) => parsed.GetValue(argument);

    public T Required<T>(Option<T> option) => parsed.GetRequiredValue(option);

    public T Required<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);

    /// <summary>Whether it stands on the command line, with a value or without.</summary>
    public bool Has(Option option) => parsed.GetResult(option) is { Implicit: false };

    public void Dispose() => client?.Dispose();

    internal static OutputMode ModeOf(ParseResult parsed) =>
        parsed.GetValue(GlobalOptions.Json) ? OutputMode.Json
        : parsed.GetValue(GlobalOptions.Quiet) ? OutputMode.Quiet
        : OutputMode.Text;
}
