using System.Text;
using CsvHelper;
using FsCheck;
using FsCheck.Fluent;
using Vantage.Algorithms.Tables.Csv;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Csv;

namespace Vantage.Tests.NodeAgent.Data;

public sealed class CsvProperties : IDisposable
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(300);
    private static readonly char[] Dialects = [',', ';', '\t', '|'];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-csvprop-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void WhateverIsInTheCells_ComesOutAsItWentIn() =>
        Prop.ForAll(Arb.From(Tables(Cells)), Arb.From(Gen.Elements(Dialects)), (table, delimiter) =>
        {
            var snapshot = Extract(Write(table, delimiter), s => s with { Delimiter = delimiter });
            return snapshot is Extraction.Done done && ReadBack(done.Snapshot.Path).SequenceEqual(table.Select(r => string.Join('\u241F', r)));
        }).Check(Many);

    [Fact]
    public void WhateverTheBytes_ThereIsASnapshotOrARefusal() =>
        Prop.ForAll(Arb.From(Gen.ArrayOf(Gen.Elements("a,b;\"\r\n\t\0\u00FF\u00C3\u00A9 1.".Select(c => (byte)c).ToArray()))),
            Arb.From(Gen.Elements("utf-8", "utf-16", "utf-16BE", "iso-8859-1", "windows-1252")), (bytes, encoding) =>
                Extract(bytes, s => s with { Encoding = SourceEncoding.Find(encoding)! })
                    is Extraction.Done { Snapshot.Rows: >= 0 } or Extraction.Failed { Message.Length: > 0 }).Check(Many);

    /// <summary>The node finds types on the way; the worker would find the same if it had to look.</summary>
    [Fact]
    public void NodeAndWorker_AgreeOnWhatIsANumber() =>
        Prop.ForAll(Arb.From(Tables(Gen.Elements(
            "1", "-1.5", "+2", "1e5", " 3 ", "1,5", "1.234,5", "NA", "", "-", "NaN", "nan", "inf", "-Infinity", "INF", "1e999", "0x1F", "abc", "∞", "1_000"))),
            Arb.From(Gen.Elements('.', ',')), (table, separator) =>
            {
                if (Extract(Write(table, ','), s => s with { Decimal = separator, Missing = ["NA", "-"] }) is not Extraction.Done done)
                {
                    // A column that only the other decimal separator makes numbers of is refused.
                    return true;
                }

                var worker = new CsvTable("t", done.Snapshot.Path, done.Snapshot.Options, null)
                    .ReadSchemaAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
                return worker.SequenceEqual(done.Snapshot.Columns.Select(c => c with { Found = null }));
            }).Check(Many);

    private static Gen<string> Cells => Gen.Elements("", "a", "é", "\"", "\"\"", ",", ";", "\n", "\r\n", " ", "\t", "|", "=1", "日本", "NA")
        .ArrayOf().Select(string.Concat);

    private static Gen<string[][]> Tables(Gen<string> cells) =>
        from columns in Gen.Choose(1, 4)
        from rows in Gen.Choose(1, 6)
        from table in cells.ArrayOf(columns).ArrayOf(rows)
        select table;

    private static byte[] Write(string[][] table, char delimiter)
    {
        using var bytes = new MemoryStream();
        using (var writer = CsvWriter.Create(bytes, new() { Separator = delimiter, Quoting = CsvQuoting.Always }, leaveOpen: true))
        {
            writer.WriteRecord([.. Enumerable.Range(0, table[0].Length).Select(i => $"c{i}")]);
            Array.ForEach(table, row => writer.WriteRecord(row));
        }

        return bytes.ToArray();
    }

    private static List<string> ReadBack(string path)
    {
        using var reader = CsvReader.FromFile(path, new() { Separator = ',', SkipEmptyLines = false, TrimWhitespace = true });
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('\u241F', Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)));
        }

        return rows;
    }

    private Extraction Extract(byte[] content, Func<CsvSourceSettings, CsvSourceSettings> with)
    {
        var settings = new CsvSourceSettings { Id = "patients", Path = Path.Combine(folder.FullName, "p.csv") };
        var snapshot = Path.Combine(folder.FullName, "snapshot");
        File.Delete(snapshot);
        File.WriteAllBytes(settings.Path, content);
        return new CsvSource(with(settings)).ExtractAsync(ColumnChoice.All, snapshot, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
    }
}
