using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Hosting;

/// <summary>Ends the process when going on would do harm, and says with which exit code.</summary>
internal sealed partial class NodeFate(IHostApplicationLifetime lifetime, ILogger<NodeFate> logger)
{
    public int ExitCode { get; private set; } = ExitCodes.Ok;

    public void FailIfFatal(Exception e)
    {
        var code = e switch
        {
            JournalException => ExitCodes.Configuration,
            CommandFailure failure => failure.ExitCode,
            _ => ExitCodes.Ok,
        };
        if (code != ExitCodes.Ok && ExitCode == ExitCodes.Ok)
        {
            ExitCode = code;
            LogFatal(e.Message);
            lifetime.StopApplication();
        }
    }

    public void Finish() => lifetime.StopApplication();

    [LoggerMessage(Level = LogLevel.Critical, Message = "The node stops: {Why}")]
    private partial void LogFatal(string why);
}
