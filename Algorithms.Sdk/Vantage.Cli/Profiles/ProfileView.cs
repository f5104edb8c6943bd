using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Client.Home;

namespace Vantage.Cli.Profiles;

/// <summary>A profile as it may be shown: without its token.</summary>
/// <param name="InUse">Commands that name none use it.</param>
/// <param name="Url">Null if nobody has logged in with it.</param>
internal sealed record ProfileView(string Name, bool InUse, string Home, Uri? Url, string? User, string? Organization,
    string? Collaboration, IReadOnlyList<string>? Data, string? Disclosure)
{
    public static ProfileView Of(Invocation call, string name)
    {
        var home = call.Profiles.Home(name);
        if (!call.Profiles.Has(name))
        {
            throw new VantageException(ClientErrorCodes.NothingThere, $"There is no profile '{name}' in {call.Profiles.Directory}.",
                "See: vantage profile list");
        }

        return Of(call, name, home);
    }

    /// <summary>The one that this very command uses.</summary>
    public static ProfileView OfHome(Invocation call) => Of(call,
        call.Profiles.Names.FirstOrDefault(name => call.Profiles.Home(name).Directory == call.Home.Directory)
            ?? ProfileBook.Default, call.Home);

    private static ProfileView Of(Invocation call, string name, ClientHome home)
    {
        var inUse = name == call.Profiles.Current;
        return home.HasProfile && home.ReadProfile() is var p
            ? new(name, inUse, home.Directory, p.Url, p.Name, p.Organization?.ToString(), p.Collaboration, p.Data, p.Disclosure)
            : new(name, inUse, home.Directory, null, null, null, null, null, null);
    }
}
