using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Protocol.Sessions;

namespace Vantage.Cli.Sessions;

/// <summary><c>vantage session list|show|end</c>.</summary>
internal static class FrameCommands
{
    public static Command List(CliConsole console)
    {
        var (task, session) = (new SessionTask(), SessionTask.Session());
        return new Command("list", "The frames of a session at each site.").With([session, .. task.All(takesData: false)])
            .Answers(console, (call, cancellationToken) => task.AskAsync(call, call.Required(session), SessionFunctions.List, new ListArguments(),
                SessionsJson.Default.ListArguments, [], SessionText.OfList, cancellationToken));
    }

    public static Command Show(CliConsole console)
    {
        var (task, session) = (new SessionTask(), SessionTask.Session());
        var frame = new Argument<string>("frame") { Description = "Its name." };
        return new Command("show", "One frame at each site: columns, types, version, until when it is kept.").With([session, frame, .. task.All(takesData: false)])
            .Answers(console, (call, cancellationToken) => task.AskAsync(call, call.Required(session), SessionFunctions.List,
                new ListArguments(call.Required(frame)), SessionsJson.Default.ListArguments, [], SessionText.OfShown, cancellationToken));
    }

    public static Command End(CliConsole console)
    {
        var (task, session) = (new SessionTask(), SessionTask.Session());
        var frame = new Option<string?>("--only") { Description = "Delete this frame only.", HelpName = "FRAME" };
        return new Command("end", "Have the sites delete a session's frames.").With([session, frame, .. task.All(takesData: false)])
            .Answers(console, (call, cancellationToken) => task.AskAsync(call, call.Required(session), SessionFunctions.End,
                new EndArguments(call.Value(frame)), SessionsJson.Default.EndArguments, [], SessionText.OfEnd, cancellationToken));
    }
}
