using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;

namespace Vantage.Cli.Profiles;

/// <summary><c>vantage profile</c>: which Coordinator, as whom, with which questions in mind.</summary>
internal static class ProfileCommands
{
    public static void Fill(Command noun, CliConsole console) =>
        noun.With(List(console), Use(console), Show(console), Remove(console));

    private static Command List(CliConsole console) =>
        new Command("list", "The profiles of this home.").Does(console, async (call, _) =>
            await call.Output.ListAsync(call.Profiles.Names.Select(name => ProfileView.Of(call, name)).ToAsyncEnumerable(),
                CliJson.Default.ItemListProfileView, p => p.Name,
                ("", p => p.InUse ? "*" : ""), ("name", p => p.Name), ("coordinator", p => p.Url?.ToString()),
                ("user", p => p.User), ("collaboration", p => p.Collaboration),
                ("data", p => p.Data is null ? "" : string.Join(", ", p.Data))));

    private static Command Use(CliConsole console)
    {
        var name = Name("Which; 'default' is the home itself.");
        return new Command("use", "Let commands use this profile from now on.").With(name).Does(console, (call, _) =>
        {
            call.Profiles.Use(call.Required(name));
            Print(call, ProfileView.Of(call, call.Required(name)));
            return Task.CompletedTask;
        });
    }

    private static Command Show(CliConsole console)
    {
        var name = new Argument<string?>("name")
        {
            Description = "Which; by default the one in use.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return new Command("show", "One profile, without its token.").With(name).Does(console, (call, _) =>
        {
            Print(call, call.Value(name) is { } named ? ProfileView.Of(call, named) : ProfileView.OfHome(call));
            return Task.CompletedTask;
        });
    }

    private static Command Remove(CliConsole console)
    {
        var name = Name("Which.");
        return new Command("remove", "Delete a profile with everything in it, its keys too.").With(name).Does(console, (call, _) =>
        {
            var gone = ProfileView.Of(call, call.Required(name));
            call.Profiles.Remove(gone.Name);
            call.Output.Result(new RemovedProfile(gone.Name, call.Profiles.Current), CliJson.Default.RemovedProfile, gone.Name,
                text => text.WriteLine($"{gone.Name} is removed; in use: {call.Profiles.Current}."));
            return Task.CompletedTask;
        });
    }

    private static Argument<string> Name(string description) => new("name") { Description = description };

    private static void Print(Invocation call, ProfileView profile) =>
        call.Output.Result(profile, CliJson.Default.ProfileView, profile.Name, text => Details.Write(text,
            ("profile", profile.Name + (profile.InUse ? " (in use)" : "")), ("home", profile.Home),
            ("coordinator", profile.Url?.ToString()), ("user", profile.User), ("organization", profile.Organization),
            ("collaboration", profile.Collaboration),
            ("data", profile.Data is null ? null : string.Join(", ", profile.Data)), ("disclosure", profile.Disclosure)));
}

internal sealed record RemovedProfile(string Removed, string InUse);
