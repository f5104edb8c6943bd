using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;

namespace Vantage.Tests.NodeAgent.Doubles;

/// <summary>Calls the node's verbs as its program does.</summary>
internal static class Verbs
{
    public static async Task<(int Code, string Out, string Error)> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await VerbLine.RunAsync(NodeVerbs.All, args, output, error, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
