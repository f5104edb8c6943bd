using System.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;

namespace Vantage.Cli.CommandLine;

/// <summary>How commands are put together and how each of them ends.</summary>
internal static class CommandExtensions
{
    public static Command With(this Command command, params ReadOnlySpan<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Option option:
                    command.Options.Add(option);
                    break;
                case Argument argument:
                    command.Arguments.Add(argument);
                    break;
                case Command subcommand:
                    command.Subcommands.Add(subcommand);
                    break;
            }
        }

        return command;
    }

    public static Command Does(this Command command, CliConsole console, Func<Invocation, CancellationToken,
        Task> action) =>
        command.Answers(console, async (call, cancellationToken) =>
        {
            await action(call, cancellationToken);
            return ExitCodes.Ok;
        });

    /// <summary>For commands whose end is more than "done or not".</summary>
    public static Command Answers(this Command command, CliConsole console,
        Func<Invocation, CancellationToken, Task<int>> action)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var call = new Invocation(parsed, console);
            try
            {
                return await action(call, cancellationToken);
            }
            catch (VantageException e)
            {
                var code = ExitCodeOf.Error(e);
                call.Output.Error(e, code);
                return code;
            }
            catch (KeyFileException e)
            {
                call.Output.Error(new VantageException(ClientErrorCodes.KeyUnusable, e.Message),
                    ExitCodes.Configuration);
                return ExitCodes.Configuration;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                call.Output.Error(new VantageException(ClientErrorCodes.HomeInvalid, e.Message,
                    "Check the path, its permissions and the free space."), ExitCodes.Configuration);
                return ExitCodes.Configuration;
            }
        });
        return command;
    }
}
