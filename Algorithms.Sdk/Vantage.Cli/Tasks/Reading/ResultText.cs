using System.Text;
using System.Text.Json;
using Vantage.Cli.Printing;
using Vantage.Cli.Tasks.Asking;

namespace Vantage.Cli.Tasks.Reading;

/// <summary>A result for a person: tables where it has some, else indented JSON.</summary>
internal static class ResultText
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    public static void Write(Output output, TextWriter text, CentralProgram? program, JsonElement result)
    {
        if (program?.Central.TablesOf(result) is { Count: > 0 } tables)
        {
            TableText.Write(output, text, tables);
            return;
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            result.WriteTo(writer);
        }

        text.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
