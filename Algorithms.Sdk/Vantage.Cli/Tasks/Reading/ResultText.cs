using System.Text.Json;
using Vantage.Algorithms.Results;
using Vantage.Cli.Printing;

namespace Vantage.Cli.Tasks.Reading;

/// <summary>A result for a person: tables where it has some, else indented JSON.</summary>
internal static class ResultText
{
    /// <param name="output">Where it is going.</param>
    /// <param name="text">Of it.</param>
    /// <param name="tablesOf">Null where nobody knows which it has.</param>
    /// <param name="result">As the site or the program wrote it.</param>
    public static void Write(Output output, TextWriter text, Func<JsonElement, IReadOnlyList<ResultTable>>? tablesOf, JsonElement result)
    {
        if (tablesOf?.Invoke(result) is { Count: > 0 } tables)
        {
            TableText.Write(output, text, tables);
            return;
        }

        text.WriteLine(JsonText.IndentedOf(result));
    }
}
