using System.Text;
using Federation.Tests.Processes;

namespace Federation.Tests.Sandboxes;

/// <summary>
/// The rows of rows.csv as three people might send them: one by Windows with a byte order mark, quotes and line breaks in
/// cells; one by a German Excel of old times; one of four rows with a category that no other has.
/// </summary>
internal sealed class AwkwardFiles(string folder)
{
    private static readonly string[][] Rows =
    [
        .. File.ReadAllLines(Path.Combine(Programs.Repository, "tests", "Federation.Tests", "Sandboxes", "rows.csv"))
            .Skip(1).Select(line => line.Split(',')),
    ];

    public string North => Path.Combine(folder, "north.csv");

    public string South => Path.Combine(folder, "south.csv");

    public string West => Path.Combine(folder, "west.csv");

    public static string[] Declared =>
        ["--delimiter", "south=;", "--decimal", "south=,", "--encoding", "south=windows-1252", "--missing", "south=NA,-9"];

    public void Write()
    {
        File.WriteAllText(North, "id,x1,w,group,y,z,one,a note\r\n" + string.Concat(Rows[..60].Select(row =>
            $"{string.Join(',', row[..3])},\"{row[3]}\",{string.Join(',', row[4..])},\"said \"\"so\"\",\r\nand left\"\r\n")),
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        File.WriteAllText(South, "sep=;\r\nz;y;group;w;x1;id;one\r\n" + string.Concat(Rows[60..116].Select(row =>
            string.Join(';', [row[5], row[4], row[3], row[2], row[1] == "NA" ? "-9" : row[1], row[0], row[6]]).Replace('.', ',') + "\r\n")),
            CodePagesEncodingProvider.Instance.GetEncoding(1252)!);
        File.WriteAllText(West, "id,x1,w,group,y,z,one\n\n" + string.Join('\n', Rows[116..].Select(row => string.Join(',', row))));
    }
}
