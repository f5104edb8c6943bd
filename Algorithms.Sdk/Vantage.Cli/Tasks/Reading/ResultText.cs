using System.Text.Json;
using Vantage.Cli.Printing;
using Vantage.Cli.Tasks.Asking;

namespace Vantage.Cli.Tasks.Reading;

/// <summary>A result for a person: tables where it has some, else indented JSON.</summary>
internal static class ResultText
{
    public static void Write(Output output, TextWriter text, CentralProgram? program, JsonElement result)
    {
        if (program?.Central.TablesOf(result) is { Count: > 0 } tables)
        {
            TableText.Write(output, text, tables);
            return;
        }

        text.WriteLine(JsonText.IndentedOf(result));
    }
}
